"""What the database holds already, as rows of a sheet."""

from collections.abc import Callable, Iterator
from functools import cache

from django.utils.translation import gettext as _

from timeline import pictures
from timeline.choices import Status
from timeline.models import Agreement, Citation, Event
from timeline.pictures import MODELS
from timeline.spreadsheets.columns import SHEETS, CitationRow

_AT_ONCE = 500
TARGETS = {"event": Event, "agreement": Agreement}


class Known:
    """Whether the database has a record of that kind and slug; asks once for each kind."""

    def __init__(self):
        self._slugs = {}

    def __call__(self, kind: str, slug: str) -> bool:
        if kind not in self._slugs:
            self._slugs[kind] = set(MODELS[kind].objects.values_list("slug", flat=True))
        return slug in self._slugs[kind]


def key(entry) -> tuple | str:
    """By what a row and a record are the same."""
    if isinstance(entry, CitationRow):
        target = ("event", entry.event) if entry.event else ("agreement", entry.agreement)
        return (*target, entry.source, entry.part, entry.locator or "")
    return entry.slug


def rows(kind: str, entries: list) -> dict:
    """The rows of those records that are there, by their keys: what each column says."""
    sheet, found = SHEETS[kind], {}
    for part in _parts(entries):
        if kind == "citations":
            said = {_key_of(one): one for one in _citations(part)}
        else:
            slugs = [entry.slug for entry in part]
            said = {one["slug"]: one for one in pictures.of_all(kind, slug__in=slugs).values()}
        for name, one in said.items():
            found[name] = dict(zip(sheet.names, sheet.row(one), strict=True))
    return found


def all_rows(kind: str) -> Iterator[list[str]]:
    """Every record of a kind as a row, in the order of the data files."""
    said = _citations() if kind == "citations" else pictures.of_all(kind).values()
    return (SHEETS[kind].row(one) for one in said)


def _parts(entries: list) -> Iterator[list]:
    for first in range(0, len(entries), _AT_ONCE):
        yield entries[first : first + _AT_ONCE]


def _citations(entries: list[CitationRow] | None = None) -> Iterator[dict]:
    """Citations of events and of agreements themselves, as an entry says them."""
    for name in TARGETS:
        cited = Citation.objects.exclude(**{name: None}).select_related(name, "source")
        if entries is not None:
            cited = cited.filter(
                **{f"{name}__slug__in": {getattr(entry, name) for entry in entries} - {None}}
            )
        for one in cited.order_by(f"{name}__slug", "pk"):
            yield {
                name: getattr(one, name).slug,
                "source": one.source.slug,
                **{field: getattr(one, field) for field in ("part", "stance", "locator", "note")},
            }


def _key_of(said: dict) -> tuple:
    name = next(name for name in TARGETS if name in said)
    return (name, said[name], said["source"], said["part"], said["locator"])


class Targets:
    """Whether a citation may be added to the record it names: only to a draft."""

    def __init__(self, may_change: Callable[[object], bool]):
        self.may_change = cache(may_change)
        self._records = {}

    def refusal(self, entry: CitationRow) -> tuple[str, str] | None:
        """The column and the reason why not, or None."""
        name = "event" if entry.event else "agreement"
        record = self._record(name, getattr(entry, name))
        if record is None:
            return None  # It is told already that there is none.
        if record.status != Status.DRAFT:
            message = _("“%s” is not a draft: add the citation in its form.")
            return name, message % record.slug
        if not self.may_change(record):
            return name, _("“%s” is not yours to change.") % record.slug
        return None

    def _record(self, name: str, slug: str):
        if name not in self._records:
            records = TARGETS[name].objects.only("slug", "status", "created_by")
            self._records[name] = {record.slug: record for record in records}
        return self._records[name].get(slug)
