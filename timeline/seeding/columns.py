"""What an entry says of the columns of its record."""

from datetime import date

from django.utils.timezone import localdate

from timeline.choices import Status
from timeline.dates import DateRange, PartialDate
from timeline.models.base import TARGET_LANGUAGES
from timeline.seeding.parts import DisputeEntry, Names, Texts
from timeline.seeding.schema import RecordEntry, SeedEntry, TranslatedEntry


def question_of(question: DisputeEntry) -> dict:
    return texts_of("question", question.question) | texts_of("reason", question.reason)


def texts_of(field: str, texts: Texts | Names | None) -> dict[str, str]:
    written = texts.model_dump() if texts else dict.fromkeys(Texts.model_fields)
    return {f"{field}_{code}": text or "" for code, text in written.items()}


def translations_of(entry: TranslatedEntry) -> dict:
    columns = {}
    for language in TARGET_LANGUAGES:
        said = entry.translations and getattr(entry.translations, language)
        state, mark = said.split() if said else ("", "")
        columns |= {f"{language}_of": mark, f"{language}_reviewed": state == "reviewed"}
    return columns


def day_of(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def added_of(entry: RecordEntry) -> date | None:
    """When the record became public: the day it says, or that of this load."""
    is_public = entry.status in (Status.PUBLISHED, Status.WITHDRAWN)
    return day_of(entry.added) or (localdate() if is_public else None)


def partial_of(text: str | None) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


def when_of(edtf: str | None) -> dict:
    when = DateRange.parse(edtf) if edtf else None
    return {
        "start": when and when.start,
        "end": when and when.end,
        "approximate": bool(when and when.approximate),
    }


_PLAIN = {
    "sectors": ["position"],
    "places": ["country", "latitude", "longitude"],
    "sources": [
        *("title", "language", "author", "publisher", "kind", "side", "url", "copy_url"),
        *("archived_url", "archive_location", "note"),
    ],
    "actors": ["kind", "country", "wikidata", "note"],
    "agreements": ["kind", "standing", "note"],
    "events": ["kind", "importance", "background", "note"],
    "stories": ["note"],
    "coverage": ["research", "judged_by", "judged_on"],
}
_NULLABLE = {"latitude", "longitude"}


def columns_of(kind: str, entry: SeedEntry) -> dict:
    columns = {}
    for name in _PLAIN.get(kind, []):
        value = getattr(entry, name)
        columns[name] = "" if value is None and name not in _NULLABLE else value
    if hasattr(entry, "aliases"):
        columns["aliases"] = "\n".join(entry.aliases)
    if hasattr(entry, "name"):
        columns |= texts_of("name", entry.name)
    if isinstance(entry, TranslatedEntry):
        columns |= translations_of(entry)
    if kind in ("agreements", "events"):
        columns |= texts_of("title", entry.title) | texts_of("summary", entry.summary)
    if kind == "stories":
        columns |= texts_of("title", entry.title) | texts_of("standfirst", entry.standfirst)
    if kind == "events":
        columns |= when_of(entry.date)
    if kind == "coverage":
        years = DateRange.parse(entry.years)
        columns |= {"first_year": years.start.year, "last_year": years.last.year}
        columns |= texts_of("note", entry.note)
    if kind == "sources":
        columns |= {"date": partial_of(entry.date), "accessed": partial_of(entry.accessed)}
    return columns
