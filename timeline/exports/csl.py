"""CSL-JSON, what reference managers and citation processors read; BibTeX and RIS start here too.

An event or an actor is cited as an entry in this record, dated when the entry was last
corrected; when the event happened is a field of its own. An agreement is cited as the treaty,
by the day of its signing, and a source as the document it is.
"""

from django.utils.translation import gettext as _
from django.utils.translation import override

from timeline.dates import DateRange, PartialDate
from timeline.exports.json import dumps
from timeline.exports.texts import heading, without_controls

LABEL = "CSL-JSON"
CONTENT_TYPE = "application/vnd.citationstyles.csl+json"
KINDS = SINGLE = {"events", "actors", "agreements", "sources"}
NEEDS_DAYS = False
FOR_CITING = True

_LETTERS = {"events": "e", "actors": "p", "agreements": "t", "sources": "s", "views": "v"}
_DOCUMENTS = {"treaty-text": "treaty", "press": "article-newspaper", "scholarly": "document"}


def render(records, about):
    yield "["
    for number, record in enumerate(records):
        yield (",\n" if number else "\n") + dumps(item(record, about))
    yield "\n]\n"


def item(record: dict, about) -> dict:
    """The record as one item of CSL-JSON; what is not known is not there."""
    title, language = heading(record, about.language)
    said = {
        "id": f"jtt-{_LETTERS[about.kind]}{record['id']}",
        "title": _line(title),
        "language": language,
        "URL": record["url"],
    }
    with override(about.language):
        said |= _ITEMS[about.kind](record, about)
    return {name: value for name, value in said.items() if value not in (None, "", [])}


def _entry(record: dict, about) -> dict:
    date = record.get("date")
    return {
        "type": "entry-encyclopedia",
        "container-title": about.publisher,
        "issued": variable(DateRange.parse(record["updated"])),
        "event-date": date and variable(DateRange.parse(date["edtf"])),
        "note": date and _("Date of the event: %(date)s") % {"date": date["edtf"]},
        **_as_read(record, about),
    }


def _treaty(record: dict, about) -> dict:
    dates = sorted(record["dates"], key=lambda one: one["kind"] != "signed")
    words = [f"{one['kind']} {one['date']['edtf']}" for one in record["dates"]]
    return {
        "type": "treaty",
        "source": about.publisher,
        "genre": record["kind"],
        "issued": dates and variable(DateRange.parse(dates[0]["date"]["edtf"])),
        "note": "; ".join(words),
        **_as_read(record, about),
    }


def _document(record: dict, about) -> dict:
    url = record["document_url"] or record["copy_url"] or record["archived_url"]
    kind = _DOCUMENTS.get(record["kind"], "webpage" if url else "document")
    publisher = "container-title" if kind == "article-newspaper" else "publisher"
    date, accessed = record["date"], record["accessed"]
    return {
        "type": "document" if record["archive_location"] else kind,
        "author": record["author"] and [{"literal": _line(record["author"])}],
        publisher: record["publisher"] and _line(record["publisher"]),
        "issued": date and variable(DateRange.parse(date["edtf"])),
        "accessed": accessed and variable(DateRange.parse(accessed)),
        "archive_location": record["archive_location"] and _line(record["archive_location"]),
        "URL": url,
    }


def _view(record: dict, about) -> dict:
    """A list of records as a question found them on a day, kept at an address of its own."""
    return {
        "type": "webpage",
        "container-title": about.publisher,
        "issued": variable(DateRange.parse(record["updated"])),
        "version": about.release,
        "note": f"SHA-256: {record['checksum']}",
        "accessed": _today(about),
    }


_ITEMS = {
    "events": _entry,
    "actors": _entry,
    "agreements": _treaty,
    "sources": _document,
    "views": _view,
}


def _as_read(record: dict, about) -> dict:
    """In which state the record was read, and when."""
    return {
        "version": about.release if about.holds(record) else None,
        "accessed": _today(about),
    }


def _today(about) -> dict | None:
    day = about.day
    return day and variable(DateRange(PartialDate(day.year, day.month, day.day)))


def variable(date: DateRange) -> dict:
    """A date variable of CSL: no part that is not known, `circa` for an approximate one."""
    ends = [[int(part) for part in str(end).split("-")] for end in (date.start, date.end) if end]
    return {"date-parts": ends} | ({"circa": True} if date.approximate else {})


def _line(text: str) -> str:
    return " ".join(without_controls(text).split())
