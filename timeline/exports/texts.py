"""Texts of a record for formats that speak one language."""

from timeline import wording
from timeline.dates import DateRange


def said(texts: dict, language: str) -> tuple[str, str]:
    """The text in that language or, where there is none, in English; and which it is."""
    for code in (language, "en", *texts):
        if texts.get(code):
            return texts[code], code
    return "", language


def heading(record: dict, language: str) -> tuple[str, str]:
    """The title or the name of a record of any kind, and its language."""
    title = record.get("title") or record.get("name")
    return said(title, language) if isinstance(title, dict) else (title, record["language"])


def date_in_words(record: dict) -> str:
    """The date in the active language, no more exact than it is known."""
    return wording.date_range(DateRange.parse(record["date"]["edtf"]))


def without_controls(text: str) -> str:
    """The text without the characters that XML, and most readers, cannot hold."""
    return "".join(
        letter
        for letter in text
        if letter in "\t\n\r" or (letter >= " " and letter not in "\ufffe\uffff\x7f")
    )
