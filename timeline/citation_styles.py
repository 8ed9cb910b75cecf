"""How a record, a view or a document is written in a list of works: Chicago, APA, MLA.

Each in the language of the page. A pattern says what comes in which order: `{…}` is a part,
`[…]` is left out when a part in it is not known, `*…*` is the title of a whole work.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from babel.dates import get_month_names

from timeline.dates import PartialDate


class Style(StrEnum):
    CHICAGO = "Chicago"
    APA = "APA"
    MLA = "MLA"


@dataclass(frozen=True, slots=True)
class Reference:
    """What is cited. With a container it is an entry in a larger work, else a document."""

    title: str
    language: str
    """Of the title; "" when not known."""
    url: str
    container: str = ""
    author: str = ""
    publisher: str = ""
    issued: PartialDate | None = None
    release: str = ""
    accessed: PartialDate | None = None


class Piece(NamedTuple):
    text: str
    is_work: bool = False
    """Whether it is the title of a whole work, which is set in italics."""
    language: str = ""
    """Where it is not the language of the citation."""


def cited(reference: Reference, style: Style, language: str) -> list[Piece]:
    """The reference as that style writes it in "en", "tr" or "ja"."""
    pattern = (_ENTRIES if reference.container else _DOCUMENTS)[style][language]
    pieces: list[Piece] = []
    for piece in _pieces(pattern, _parts(reference, style, language)):
        if pieces and piece.text[0] in ".。":
            piece = _after(pieces, piece)
        pieces.append(piece)
    return [piece for piece in pieces if piece.text]


def _after(pieces: list[Piece], stop: Piece) -> Piece:
    """What begins with a full stop, where the piece before it may end with a mark of its own."""
    last = pieces[-1]
    if last.text[-1] in ",、":
        pieces[-1] = last._replace(text=last.text[:-1])
    ends = re.search(r"[.?!…。？！][’”]?\Z", last.text)
    return stop._replace(text=stop.text[1:]) if ends else stop


def plain(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


_ENTRIES = {
    Style.CHICAGO: {
        "en": "“{title}.” *{container}*.[ Release {release}.][ Last modified {issued}.]"
        "[ Accessed {accessed}.] {url}.",
        "tr": "“{title}.” *{container}*.[ Sürüm {release}.][ Son güncelleme {issued}.]"
        "[ Erişim tarihi {accessed}.] {url}.",
        "ja": "「{title}」『*{container}*』[リリース{release}、][{issued}更新、]{url}"
        "[（{accessed}閲覧）]。",
    },
    Style.APA: {
        "en": "{title}. ({issued}). In *{container}*[ (Release {release})]."
        "[ Retrieved {accessed}, from] {url}",
        "tr": "{title}. ({issued}). *{container}* içinde[ (Sürüm {release})]."
        "[ Erişim tarihi: {accessed},] {url}",
        "ja": "{title} ({issued}). 『*{container}*』[ (リリース{release})]. {url}"
        "[ ({accessed}閲覧)]",
    },
    Style.MLA: {
        "en": "“{title}.” *{container}*,[ release {release},][ {issued},] {url}."
        "[ Accessed {accessed}.]",
        "tr": "“{title}.” *{container}*,[ sürüm {release},][ {issued},] {url}."
        "[ Erişim tarihi {accessed}.]",
        "ja": "「{title}」『*{container}*』[リリース{release}、][{issued}、]{url}"
        "[ {accessed}閲覧]。",
    },
}
_DOCUMENTS = {
    Style.CHICAGO: {
        "en": "[{author}. ]“{title}.”[ {publisher}.][ {issued}.][ Accessed {accessed}.][ {url}.]",
        "tr": "[{author}. ]“{title}.”[ {publisher}.][ {issued}.][ Erişim tarihi {accessed}.]"
        "[ {url}.]",
        "ja": "[{author}]「{title}」[{publisher}、][{issued}、][{url}][（{accessed}閲覧）]。",
    },
    Style.APA: {
        "en": "[{author}. ({issued}). ]*{title}*.[ ({undated_issued}).][ {publisher}.]"
        "[ Retrieved {accessed}, from][ {url}]",
        "tr": "[{author}. ({issued}). ]*{title}*.[ ({undated_issued}).][ {publisher}.]"
        "[ Erişim tarihi: {accessed},][ {url}]",
        "ja": "[{author} ({issued}). ]『*{title}*』[ ({undated_issued})].[ {publisher}.]"
        "[ {url}][ ({accessed}閲覧)]",
    },
    Style.MLA: {
        "en": "[{author}. ]“{title}.”[ *{publisher}*,][ {issued},][ {url}].[ Accessed {accessed}.]",
        "tr": "[{author}. ]“{title}.”[ *{publisher}*,][ {issued},][ {url}]."
        "[ Erişim tarihi {accessed}.]",
        "ja": "[{author}]「{title}」[『*{publisher}*』、][{issued}、][{url}][ {accessed}閲覧]。",
    },
}

# Year, month and day. APA turns round what it puts in brackets.
_DAYS = {
    "en": ("{year}", "{month} {year}", "{month} {day}, {year}"),
    "tr": ("{year}", "{month} {year}", "{day} {month} {year}"),
    "ja": ("{year}年", "{year}年{number}月", "{year}年{number}月{day}日"),
}
_BRITISH_DAYS = ("{year}", "{month} {year}", "{day} {month} {year}")
_YEAR_FIRST = {
    "en": ("{year}", "{year}, {month}", "{year}, {month} {day}"),
    "tr": ("{year}", "{year}, {month}", "{year}, {day} {month}"),
    "ja": _DAYS["ja"],
}
_UNDATED = {"en": "n.d.", "tr": "t.y.", "ja": "日付不明"}
_MLA_MONTHS = [
    "Jan.",
    "Feb.",
    "Mar.",
    "Apr.",
    "May",
    "June",
    "July",
    "Aug.",
    "Sept.",
    "Oct.",
    "Nov.",
    "Dec.",
]


def _parts(reference: Reference, style: Style, language: str) -> dict[str, Piece]:
    issued = reference.issued and _date(reference.issued, style, language, is_bracketed=True)
    if style is Style.APA:
        issued = issued or _UNDATED[language]
    own = reference.language if reference.language != language else ""
    return {
        "title": Piece(_inside_quotes(reference, style, language), language=own),
        "container": Piece(reference.container),
        "author": Piece(reference.author),
        "publisher": Piece(reference.publisher),
        "issued": Piece(issued or ""),
        # Without an author APA puts the date after the title.
        "undated_issued": Piece("" if reference.author else issued or ""),
        "release": Piece(reference.release),
        "accessed": Piece(_date(reference.accessed, style, language) if reference.accessed else ""),
        "url": Piece(reference.url),
    }


def _date(date: PartialDate, style: Style, language: str, *, is_bracketed: bool = False) -> str:
    forms = (_YEAR_FIRST if is_bracketed and style is Style.APA else _DAYS)[language]
    months = dict(get_month_names("wide", locale=language))
    if (style, language) == (Style.MLA, "en"):
        forms, months = _BRITISH_DAYS, dict(enumerate(_MLA_MONTHS, 1))
    form = forms[0 if date.month is None else 1 if date.day is None else 2]
    return form.format(
        year=date.year, number=date.month, day=date.day, month=months[date.month or 1]
    )


def _inside_quotes(reference: Reference, style: Style, language: str) -> str:
    """The title, with quotation marks of its own changed to those used within quotation marks."""
    if style is Style.APA:
        return reference.title
    marks = ("「」", "『』") if language == "ja" else ("“”", "‘’")
    return reference.title.translate(str.maketrans(*marks))


def _pieces(pattern: str, parts: dict[str, Piece]) -> Iterator[Piece]:
    is_work = False
    for optional, always in re.findall(r"\[([^]]*)\]|([^[]+)", pattern):
        names = re.findall(r"{(\w+)}", optional)
        if optional and not all(parts[name].text for name in names):
            continue
        for name, star, words in re.findall(r"{(\w+)}|(\*)|([^{*]+)", optional or always):
            piece = parts[name] if name else Piece(words)
            if star:
                is_work = not is_work
            elif piece.text:
                yield piece._replace(is_work=is_work)
