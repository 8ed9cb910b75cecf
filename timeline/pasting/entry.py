"""One pasted source, and how values of any of the formats become values of ours."""

import re
from dataclasses import dataclass, field

from babel import Locale

from timeline.reading_dates import UnreadableDate, read


class PasteError(ValueError):
    """Why a text was not read, a reason each."""

    def __init__(self, *reasons: str):
        super().__init__("\n".join(reasons))
        self.reasons = list(reasons)


@dataclass
class Pasted:
    """What one entry says, by the fields of a source; `left` is what fits none of them."""

    fields: dict[str, str] = field(default_factory=dict)
    left: dict[str, str] = field(default_factory=dict)

    def say(self, name: str, value: str | None) -> None:
        """Take a value over, unless the field has one already."""
        value = " ".join((value or "").split())
        if value and name not in self.fields:
            self.fields[name] = value

    def say_date(self, name: str, value: str | None) -> None:
        """Take a date over when it can be read; otherwise it is left for the curator to see."""
        value = " ".join((value or "").split())
        if not value or name in self.fields:
            return
        try:
            reading = read(value)
        except UnreadableDate:
            self.left[name] = value
            return
        if reading.approximate:
            self.left[name] = value
        else:
            self.fields[name] = str(reading.date)

    def say_language(self, value: str | None) -> None:
        value = (value or "").strip()
        if code := language_code(value):
            self.say("language", code)
        elif value:
            self.left["language"] = value


_LANGUAGES = {
    name.casefold(): code
    for locale in ("en", "tr", "ja", "de", "fr")
    for code, name in Locale.parse(locale).languages.items()
    if re.fullmatch("[a-z]{2,3}", code)
} | {"ngerman": "de", "american": "en", "british": "en", "jpn": "ja", "tur": "tr", "eng": "en"}


def language_code(text: str) -> str:
    """The ISO 639 code of a language given by code, tag or name; empty when it is not known."""
    text = text.casefold()
    tag = re.split("[-_]", text)[0]
    if text in _LANGUAGES:
        return _LANGUAGES[text]
    if re.fullmatch("[a-z]{2,3}", tag) and tag in _LANGUAGES.values():
        return tag
    return _LANGUAGES.get(tag, "")


def person(family: str, given: str = "") -> str:
    """A name in its natural order: the family name comes first in Chinese characters."""
    if re.search(r"[\u3040-\u30ff\u3400-\u9fff]", family):
        return family + given
    return f"{given} {family}".strip()


def inverted(name: str) -> str:
    """“Family, Given” in its natural order; a name without a comma stays as it is."""
    family, comma, given = name.partition(",")
    return person(family.strip(), given.strip()) if comma else name.strip()
