"""Dates as curators write them: in three languages, in Japanese eras, with dots or in words.

What comes out is a `PartialDate` and whether it was called approximate. Only forms are read:
public parameters and data files know the strict ones alone (see `dates`). What could mean two
days, such as 8/6/1924, is refused and not guessed at.
"""

import datetime
import re
import unicodedata
from enum import StrEnum
from typing import NamedTuple

from timeline.dates import PartialDate

LONGEST = 60
"""No date is written in more characters than this."""


class Doubt(StrEnum):
    """Why a text was not read."""

    UNKNOWN = "unknown"  # no form that is known
    AMBIGUOUS = "ambiguous"  # two days could be meant
    MISSING = "missing"  # the form is known, but the calendar has no such day
    OUT_OF_ERA = "out of era"  # the era had no such day


class UnreadableDate(ValueError):
    """A text that is not read as a date; `doubt` says why."""

    def __init__(self, text: str, doubt: Doubt):
        super().__init__(f"“{text[:LONGEST]}”: {doubt}")
        self.doubt = doubt


class Reading(NamedTuple):
    """What a text says: a date, and whether it is only about then."""

    date: PartialDate
    approximate: bool = False


class _Era(NamedTuple):
    first_year: int
    first: datetime.date
    last: datetime.date


# The days on which an emperor died are written in either era. Before 1873 Japan counted months
# and days by another calendar, so the first years of Meiji are not read.
_ERAS = {
    "明治": _Era(1868, datetime.date(1873, 1, 1), datetime.date(1912, 7, 30)),
    "大正": _Era(1912, datetime.date(1912, 7, 30), datetime.date(1926, 12, 25)),
    "昭和": _Era(1926, datetime.date(1926, 12, 25), datetime.date(1989, 1, 7)),
    "平成": _Era(1989, datetime.date(1989, 1, 8), datetime.date(2019, 4, 30)),
    "令和": _Era(2019, datetime.date(2019, 5, 1), datetime.date(9999, 12, 31)),
}

# fmt: off
_ENGLISH = [
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
]
_TURKISH = [
    "ocak", "subat", "mart", "nisan", "mayis", "haziran",
    "temmuz", "agustos", "eylul", "ekim", "kasim", "aralik",
]
# fmt: on
_MONTHS = {name: number for names in (_ENGLISH, _TURKISH) for number, name in enumerate(names, 1)}
# The short forms of both languages: “mar” is March in either, no two of them differ.
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}

_BEFORE = r"c\.|ca\.|circa\b|c\b|ca\b|about\b|around\b|approximately\b|yaklasik\b|yakl\.|約|およそ"
_AFTER = r"頃|ごろ|年頃|civari\b|civarinda\b|dolaylari\b|~"
_ABOUT = re.compile(rf"(?:(?:{_BEFORE})\s*(?P<first>.+)|(?P<last>.+?)\s*(?:{_AFTER}))")

_YEAR, _NAME = "(?P<year>[0-9]{4})", r"(?P<name>[a-z]+)\.?"
_MONTH, _DAY = "(?P<month>[0-9]{1,2})", "(?P<day>[0-9]{1,2})"
_IN_JAPANESE = f"(?:{_MONTH}月(?:{_DAY}日)?)?"
_FORMS = [
    re.compile(form)
    for form in (
        _YEAR,
        _YEAR + "-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?",
        f"{_MONTH}[/.]{_YEAR}",
        rf"{_DAY}\.\s?{_MONTH}\.\s?{_YEAR}",
        rf"(?:{_DAY}(?:st|nd|rd|th|\.)?\s)?{_NAME},?\s{_YEAR}",
        rf"{_NAME}\s{_DAY}(?:st|nd|rd|th)?,?\s{_YEAR}",
        f"{_YEAR}年{_IN_JAPANESE}",
        f"(?P<era>{'|'.join(_ERAS)})(?P<year>[0-9]{{1,2}}|元)年{_IN_JAPANESE}",
    )
]
_SLASHED = re.compile("[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}")


def read(text: str) -> Reading:
    """What the text says, or `UnreadableDate`.

    Days come before months in figures with dots (6.8.1924). With slashes both orders are in
    use, so 8/6/1924 is refused; 25/6/1924 and 6/25/1924 can mean one day only, and are too,
    for a form that is read on some days and not on others teaches nobody.
    """
    plain = _plain(text)
    about = _ABOUT.fullmatch(plain)
    if about:
        plain = (about["first"] or about["last"]).strip()
    return Reading(_date(plain, text), about is not None)


def _plain(text: str) -> str:
    """One width and one case, Turkish letters without their marks, one space between words."""
    if len(text) > LONGEST:
        raise UnreadableDate(text, Doubt.UNKNOWN)
    wide = unicodedata.normalize("NFKC", text).replace("İ", "i").replace("ı", "i").casefold()
    letters = (one for one in unicodedata.normalize("NFD", wide) if not _is_mark(one))
    plain = unicodedata.normalize("NFC", "".join(letters))
    plain = re.sub(r"\s*([年月日])\s*", r"\1", plain.replace("–", "-"))
    return " ".join(plain.split())


def _is_mark(letter: str) -> bool:
    # The voicing marks of kana make other letters: ころ is not ごろ.
    return bool(unicodedata.combining(letter)) and letter not in "\u3099\u309a"


def _date(plain: str, text: str) -> PartialDate:
    if _SLASHED.fullmatch(plain):
        raise UnreadableDate(text, Doubt.AMBIGUOUS)
    for form in _FORMS:
        if found := form.fullmatch(plain):
            return _in_the_calendar(found.groupdict(), text)
    raise UnreadableDate(text, Doubt.UNKNOWN)


def _in_the_calendar(parts: dict[str, str | None], text: str) -> PartialDate:
    month, day = _number(parts.get("month")), _number(parts.get("day"))
    if name := parts.get("name"):
        month = _MONTHS.get(name)
        if month is None:
            raise UnreadableDate(text, Doubt.UNKNOWN)
    era = _ERAS[parts["era"] or ""] if "era" in parts else None
    year = _number(parts["year"]) or 0
    if era:
        year += era.first_year - 1
    try:
        date = PartialDate(year, month, day)
    except ValueError:
        raise UnreadableDate(text, Doubt.MISSING) from None
    if era and not (era.first <= date.latest and date.earliest <= era.last):
        raise UnreadableDate(text, Doubt.OUT_OF_ERA)
    return date


def _number(text: str | None) -> int | None:
    if text is None:
        return None
    return 1 if text == "元" else int(text)
