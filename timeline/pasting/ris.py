"""RIS, as databases and Zotero write it."""

import re

import rispy
from django.utils.translation import gettext as _

from timeline.choices import SourceKind
from timeline.pasting.entry import Pasted, PasteError, inverted

OPENING = re.compile(r"^\s*TY\s+-", re.MULTILINE)
_TAG = re.compile(r"^\s*([A-Z][A-Z0-9])\s+-[ \t]?", re.MULTILINE)
_KINDS = {
    "NEWS": SourceKind.PRESS,
    "JOUR": SourceKind.SCHOLARLY,
    "CONF": SourceKind.SCHOLARLY,
    "CPAPER": SourceKind.SCHOLARLY,
    "THES": SourceKind.SCHOLARLY,
    "ENCYC": SourceKind.REFERENCE,
    "DICT": SourceKind.REFERENCE,
}
_TITLES = ["title", "primary_title"]
_PUBLISHERS = ["publisher", "secondary_title", "journal_name", "alternate_title3"]
_DATES = ["date", "year", "publication_year"]


def read(text: str) -> list[Pasted]:
    # What was copied often lacks a space or its last line; without those nothing is found.
    text = _TAG.sub(r"\1  - ", text.replace("\r\n", "\n").replace("\r", "\n"))
    begun = len(OPENING.findall(text))
    if len(re.findall(r"^ER  - ", text, re.MULTILINE)) < begun:
        text += "\nER  - "
    try:
        entries = rispy.loads(text, skip_unknown_tags=True)
    except (ValueError, OSError, KeyError, TypeError) as error:
        raise PasteError(_("The RIS text cannot be read: %(error)s") % {"error": error}) from error
    if len(entries) != begun:
        raise PasteError(
            _(
                "%(begun)d sources begin with “TY  -”, but %(ended)d end with “ER  -”: one of "
                "them is not complete."
            )
            % {"begun": begun, "ended": len(entries)}
        )
    return [_pasted(entry) for entry in entries]


def _pasted(entry: dict) -> Pasted:
    pasted = Pasted()
    for name in _TITLES:
        pasted.say("title", entry.get(name))
    authors = entry.get("authors") or entry.get("first_authors") or []
    pasted.say("author", ", ".join(map(inverted, authors)))
    for name in _PUBLISHERS:
        pasted.say("publisher", entry.get(name))
    pasted.say("url", next(iter(entry.get("urls", [])), ""))
    pasted.say("archive_location", entry.get("call_number"))
    pasted.say("kind", _KINDS.get(entry["type_of_reference"].strip()))
    pasted.say_language(entry.get("language"))
    for name in _DATES:
        pasted.say_date("date", _date(entry.get(name)))
    pasted.say_date("accessed", _date(entry.get("access_date")))
    return pasted


def _date(text: str | None) -> str:
    """1924/08/06/ as RIS writes it; any other text stays as it is."""
    found = re.fullmatch(r"(\d{4})(?:/(\d\d)?(?:/(\d\d)?)?)?/?", (text or "").strip())
    return "-".join(part for part in found.groups() if part) if found else text or ""
