"""The columns of each kind of sheet, and how a cell becomes a value of an entry and back.

The entries are those of the data files (see `seeding.schema`), so every rule for a value is
said there and only there.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from pydantic import model_validator

from timeline.dates import DateRange, PartialDate
from timeline.reading_dates import UnreadableDate, read
from timeline.seeding.parts import CitationEntry
from timeline.seeding.schema import KINDS as SEEDED
from timeline.seeding.values import perhaps_to
from timeline.spreadsheets.cells import one_form


class CitationRow(CitationEntry):
    """A citation with the record that it stands in."""

    event: perhaps_to("events") = None
    agreement: perhaps_to("agreements") = None

    @model_validator(mode="after")
    def one_target(self):
        if (self.event is None) == (self.agreement is None):
            raise ValueError(_("A citation names either an event or an agreement."))
        return self


class Text:
    """A text in one language, a word of a vocabulary, a slug."""

    is_date = False

    def read(self, text: str) -> Any:
        return text

    def write(self, value: Any) -> str:
        return one_form(str(value)) if value else ""


class Truth(Text):
    def read(self, text):
        return text.casefold()

    def write(self, value):
        return "true" if value in (True, "true") else ""


class Day(Text):
    """A partial date, or with `interval` what an event has; written in whatever way."""

    is_date = True

    def __init__(self, *, interval: bool = False):
        self.interval = interval

    def read(self, text):
        try:
            return str((DateRange if self.interval else PartialDate).parse(text))
        except ValueError:
            pass
        try:
            reading = read(text)
        except UnreadableDate as error:
            raise ValueError(self._refusal(text)) from error
        if reading.approximate and not self.interval:
            raise ValueError(_("This date cannot be called approximate."))
        return str(DateRange(reading.date, approximate=reading.approximate))

    def _refusal(self, text: str) -> str:
        if text.isdigit() or text.replace(".", "", 1).isdigit():
            return (
                _(
                    "“%s” is a number: the spreadsheet program has changed the date. Format the "
                    "column as text and write it again."
                )
                % text[:40]
            )
        forms = "1924, 1924-08, 1924-08-06, 6 August 1924, 1927~, 1931-01-13/1931-01-18"
        return _("“%(text)s” is not read as a date. What is read: %(forms)s.") % {
            "text": text[:40],
            "forms": forms,
        }


class Several(Text):
    """Slugs, separated by semicolons."""

    def __init__(self, *, ordered: bool = False):
        self.ordered = ordered

    def read(self, text):
        parts = text.replace("\n", ";").replace(",", ";").split(";")
        return [part.strip() for part in parts if part.strip()]

    def write(self, value):
        return "; ".join(value or [] if self.ordered else sorted(value or []))


class Lines(Text):
    """Texts, one to a line."""

    def read(self, text):
        return [line.strip() for line in text.split("\n") if line.strip()]

    def write(self, value):
        return "\n".join(one_form(one) for one in value or [])


@dataclass
class Pairs(Text):
    """Links, separated by semicolons, each “slug: relation”."""

    first: str
    second: str
    is_date = False

    def read(self, text):
        found = []
        for part in text.replace("\n", ";").split(";"):
            if part.strip():
                first, _colon, second = (piece.strip() for piece in part.partition(":"))
                found.append({self.first: first} | ({self.second: second} if second else {}))
        return found

    def write(self, value):
        return "; ".join(f"{one[self.first]}: {one[self.second]}" for one in value or [])


class Dated(Text):
    """The typed dates of an agreement, separated by semicolons: “signed: 1930-10-11, ankara”."""

    def read(self, text):
        found = []
        for part in text.replace("\n", ";").split(";"):
            if part.strip():
                kind, _colon, rest = part.partition(":")
                date, _comma, place = rest.partition(",")
                said = {"kind": kind.strip(), "date": Day(interval=True).read(date.strip())}
                found.append(said | ({"place": place.strip()} if place.strip() else {}))
        return found

    def write(self, value):
        lines = []
        for one in sorted(value or [], key=lambda one: (one["date"], one["kind"])):
            place = f", {one['place']}" if one.get("place") else ""
            lines.append(f"{one['kind']}: {one['date']}{place}")
        return "; ".join(lines)


@dataclass
class Column:
    """A column: its name, where in an entry its value stands, and how it is written."""

    name: str
    path: str
    form: Text

    def put(self, raw: dict, value: Any) -> None:
        *outer, last = self.path.split(".")
        for key in outer:
            raw = raw.setdefault(key, {})
        raw[last] = value

    def cell(self, said: dict) -> str:
        """What stands in the cell for an entry, given as a dictionary."""
        value: Any = said
        for key in self.path.split("."):
            value = value.get(key) if isinstance(value, dict) else None
        return self.form.write(value)


class Sheet:
    """One kind of sheet: its columns, and the form of its entries."""

    def __init__(self, entry, needed: str, columns: list[Column]):
        self.entry, self.columns, self.needed = entry, columns, needed.split()

    @cached_property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    def column_of(self, path: str) -> str:
        """The name of the column in which a value of an entry stands; empty when in none."""
        for column in self.columns:
            if path == column.path or path.startswith(f"{column.path}."):
                return column.name
        return next((one.name for one in self.columns if one.path.startswith(f"{path}.")), "")

    def row(self, said: dict) -> list[str]:
        return [column.cell(said) for column in self.columns]


def _texts(*fields: str) -> list[Column]:
    return [
        Column(f"{field}_{code}", f"{field}.{code}", Text())
        for field in fields
        for code in ("en", "tr", "ja")
    ]


def _plain(names: str) -> list[Column]:
    return [Column(name, name, Text()) for name in names.split()]


def _column(name: str, form: Text) -> Column:
    return Column(name, name, form)


SHEETS = {
    "events": Sheet(
        SEEDED["events"],
        "slug title_en date kind",
        [
            *_plain("slug"),
            *_texts("title", "summary"),
            _column("date", Day(interval=True)),
            *_plain("kind"),
            _column("sectors", Several(ordered=True)),
            *_plain("importance"),
            _column("background", Truth()),
            *_plain("place"),
            _column("participants", Pairs("actor", "role")),
            _column("agreements", Pairs("agreement", "relation")),
            _column("related", Pairs("event", "relation")),
            *_plain("note"),
        ],
    ),
    "actors": Sheet(
        SEEDED["actors"],
        "slug name_en kind",
        [
            *_plain("slug"),
            *_texts("name"),
            *_plain("kind"),
            _column("aliases", Lines()),
            *_plain("country wikidata note"),
        ],
    ),
    "agreements": Sheet(
        SEEDED["agreements"],
        "slug title_en kind",
        [
            *_plain("slug"),
            *_texts("title", "summary"),
            *_plain("kind standing"),
            _column("sectors", Several()),
            _column("parties", Several()),
            _column("dates", Dated()),
            *_plain("note"),
        ],
    ),
    "sources": Sheet(
        SEEDED["sources"],
        "slug title language kind side",
        [
            *_plain("slug title language author publisher"),
            _column("date", Day()),
            *_plain("kind side url copy_url archived_url"),
            _column("accessed", Day()),
            *_plain("archive_location note"),
        ],
    ),
    "citations": Sheet(
        CitationRow, "source", _plain("event agreement source part stance locator note")
    ),
}
