"""BibLaTeX in UTF-8: dates as EDTF, and the signs of TeX as TeX says them."""

import re

from timeline.exports import csl

LABEL = "BibTeX"
CONTENT_TYPE = "application/x-bibtex; charset=utf-8"
KINDS, SINGLE, NEEDS_DAYS = csl.KINDS, csl.SINGLE, csl.NEEDS_DAYS
FOR_CITING = True

_TYPES = {
    "entry-encyclopedia": "inreference",
    "treaty": "legal",
    "article-newspaper": "article",
    "webpage": "online",
    "document": "misc",
}
_CONTAINERS = {"article-newspaper": "journaltitle", "webpage": "organization"}
_LANGUAGES = {
    "en": "english",
    "tr": "turkish",
    "ja": "japanese",
    "ar": "arabic",
    "de": "german",
    "fr": "french",
    "it": "italian",
    "ru": "russian",
}
_SIGNS = str.maketrans(
    {sign: f"\\{sign}" for sign in "&%$#_{}"}
    | {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
# Braces that do not match would end the field for BibTeX, backslash or not.
_LONE_BRACES = {r"\{": r"\textbraceleft{}", r"\}": r"\textbraceright{}"}
# What TeX draws as one sign: dashes, double quotation marks.
_LIGATURES = re.compile(r"(?<=-)(?=-)|(?<=')(?=')|(?<=`)(?=`)|(?<=[?!])(?=`)")
_ADDRESS = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"})


def render(records, about):
    for record in records:
        yield _entry(csl.item(record, about))


def _entry(item: dict) -> str:
    container = _CONTAINERS.get(item["type"], "booktitle")
    language = item["language"]
    fields = {
        # Twice in braces: no style may change its capitals.
        "title": f"{{{_text(item['title'])}}}",
        container: _text(item.get("container-title")),
        "author": "author" in item and f"{{{_text(item['author'][0]['literal'])}}}",
        "publisher": _text(item.get("publisher")),
        "addendum": _text(item.get("source")),
        "type": _text(item.get("genre")),
        "date": _date(item.get("issued")),
        "eventdate": _date(item.get("event-date")),
        "version": _text(item.get("version")),
        "note": _text(item.get("note")),
        "library": _text(item.get("archive_location")),
        "url": item.get("URL", "").translate(_ADDRESS),
        "urldate": _date(item.get("accessed")),
        "langid" if language in _LANGUAGES else "language": _LANGUAGES.get(language, language),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@{_TYPES[item['type']]}{{{item['id']},\n" + ",\n".join(lines) + "\n}\n\n"


def _text(text: str | None) -> str:
    said = _LIGATURES.sub("{}", (text or "").translate(_SIGNS))
    if text and not _is_balanced(text):
        for brace, spelt in _LONE_BRACES.items():
            said = said.replace(brace, spelt)
    return said


def _is_balanced(text: str) -> bool:
    depth = 0
    for sign in text:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth < 0:
            return False
    return depth == 0


def _date(variable: dict | None) -> str:
    if not variable:
        return ""
    mark = "~" if variable.get("circa") else ""
    ends = ("-".join(f"{part:02}" for part in end) for end in variable["date-parts"])
    return "/".join(f"{end.zfill(4)}{mark}" for end in ends)
