"""BibTeX and BibLaTeX, as catalogues and Zotero write them."""

import logging
import re

import bibtexparser
from django.utils.translation import gettext as _
from pylatexenc.latex2text import LatexNodes2Text

from timeline.choices import SourceKind
from timeline.pasting.entry import Pasted, PasteError, inverted

OPENING = re.compile(r"@\s*[A-Za-z]+\s*[{(]")
# What is wrong with a paste is told to whoever pasted it.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)

_LATEX = LatexNodes2Text(keep_comments=True)
_KINDS = {
    "inproceedings": SourceKind.SCHOLARLY,
    "phdthesis": SourceKind.SCHOLARLY,
    "mastersthesis": SourceKind.SCHOLARLY,
    "thesis": SourceKind.SCHOLARLY,
    "inreference": SourceKind.REFERENCE,
    "reference": SourceKind.REFERENCE,
}
_PUBLISHERS = ["publisher", "journaltitle", "journal", "institution", "organization", "school"]


def read(text: str) -> list[Pasted]:
    library = bibtexparser.parse_string(text)
    entries, broken = list(library.entries), []
    for block in library.failed_blocks:
        kept = getattr(block, "ignore_error_block", None)
        if kept is not None and hasattr(kept, "fields_dict"):
            entries.append(kept)  # Two sources under one key are two sources.
        else:
            broken.append(block.start_line + 1)
    if broken:
        reason = _("The BibTeX entry that begins on line %(line)d is not complete.")
        raise PasteError(*(reason % {"line": line} for line in sorted(broken)))
    return [_pasted(one) for one in sorted(entries, key=lambda entry: entry.start_line)]


def _pasted(entry) -> Pasted:
    said = {field.key.lower(): _plain(field.key, str(field.value)) for field in entry.fields}
    pasted = Pasted()
    pasted.say("title", ": ".join(said[name] for name in ("title", "subtitle") if said.get(name)))
    authors = re.split(r"\s+and\s+", said.get("author", ""))
    pasted.say("author", ", ".join(inverted(name) for name in authors if name))
    for name in _PUBLISHERS:
        pasted.say("publisher", said.get(name))
    pasted.say("url", said.get("url"))
    pasted.say("kind", _KINDS.get(entry.entry_type.lower()))
    pasted.say_language(said.get("langid") or said.get("language"))
    pasted.say_date("date", said.get("date") or _date(said))
    pasted.say_date("accessed", said.get("urldate"))
    return pasted


def _date(said: dict[str, str]) -> str:
    """Year, month and day, the month as a number, a name or an abbreviation."""
    year, month, day = (said.get(name, "").strip(". ") for name in ("year", "month", "day"))
    if not month:
        return year
    if month.isdigit():
        return "-".join([year, *(part.zfill(2) for part in (month, day) if part)])
    return " ".join(part for part in (day, month, year) if part)


def _plain(name: str, value: str) -> str:
    """What a value means: LaTeX in texts, and in addresses no more than escaped signs."""
    if "url" in name.lower():
        return re.sub(r"\\([_&%#~$])", r"\1", value)
    # A bare % or & means itself in what people paste, not a comment or the end of a cell.
    value = re.sub(r"(?<!\\)([%&])", r"\\\1", value)
    return re.sub(r"[{}]", "", _LATEX.latex_to_text(value)).replace("\u00a0", " ")
