"""The data files and the database, kept in step: check, load, dump."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection, transaction

from timeline import history
from timeline.choices import Action
from timeline.seeding import comparisons
from timeline.seeding.checking import check
from timeline.seeding.dumping import MODELS, entries
from timeline.seeding.files import Dataset, SeedErrors, read, write
from timeline.seeding.loading import STAGES, Writer, digest
from timeline.seeding.returning import write_back
from timeline.seeding.schema import KINDS, RecordEntry, SeedEntry

__all__ = ["LoadReport", "SeedErrors", "dump", "export", "load", "write_back"]


@dataclass
class LoadReport:
    """What a load did, as “kind/slug” of the records; `kept` are those staff had changed."""

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    unchanged: int = 0


class _DryRun(Exception):
    pass


def load(directory: Path, *, overwrite: bool = False, dry_run: bool = False) -> LoadReport:
    """Bring the database in step with the data files, all or nothing, and say what was done.

    Records are matched by slug and none is deleted. A record that staff changed since it was
    loaded is kept as it is, unless `overwrite`. With `dry_run` nothing is written.
    Raises `SeedErrors` with every error in the files.
    """
    data = read(directory)
    errors = [*data.errors, *check(data, _is_known), *_number_errors(data)]
    if errors:
        raise SeedErrors(errors)
    report = LoadReport()
    try:
        with transaction.atomic():
            _write(data, report, overwrite)
            if dry_run:
                raise _DryRun
    except _DryRun:
        return report
    if report.created:
        _measure()
    return report


def _measure() -> None:
    """Let the database look at what it holds now, or it would plan as for empty tables."""
    if not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def export(directory: Path) -> dict[str, int]:
    """Write what `dump` writes, and change nothing in the database."""
    return write(directory, {kind: list(entries(kind).values()) for kind in KINDS})


def dump(directory: Path) -> dict[str, int]:
    """Write the database back to the data files, and return how many entries stand in each.

    From then on the files say what the database says: a later change in them is taken over.
    """
    dumped = {kind: entries(kind) for kind in KINDS}
    counts = write(directory, {kind: list(of_kind.values()) for kind, of_kind in dumped.items()})
    for kind, of_kind in dumped.items():
        records = list(MODELS[kind].objects.all())
        for record in records:
            record.loaded = digest(of_kind[record.slug])
        MODELS[kind].objects.bulk_update(records, ["loaded"], batch_size=200)
    return counts


def _is_known(kind: str, slug: str) -> bool:
    return MODELS[kind].objects.filter(slug=slug).exists()


def _number_errors(data: Dataset) -> Iterator[str]:
    """The `id` of a record is its permanent address: it neither changes nor changes hands."""
    for kind, items in data.items.items():
        numbers = dict(MODELS[kind].objects.values_list("slug", "pk"))
        slugs = {number: slug for slug, number in numbers.items()}
        for item in items:
            slug, number = item.entry.slug, getattr(item.entry, "id", None)
            if number is None:
                continue
            if numbers.get(slug, number) != number:
                yield item.error("id", f"the record has the number {numbers[slug]} already.")
            elif slugs.get(number, slug) != slug:
                yield item.error("id", f"{number} is the number of “{slugs[number]}”.")


def _write(data: Dataset, report: LoadReport, overwrite: bool) -> None:
    for model in MODELS.values():
        # What is compared below must not be changed by anybody before it is written.
        list(model.objects.select_for_update().values_list("pk"))
    work = {kind: _work(kind, data, report, overwrite) for kind in KINDS}
    changed = _changed(work)
    for kind, records in changed.items():
        history.keep(kind, records)
    writer = Writer()
    for kind, todo in work.items():
        writer.write_records(kind, todo)
    for kind, todo in work.items():
        writer.write_parts(kind, todo)
        if kind in comparisons.OWNERS:
            comparisons.write(kind, todo, writer.numbers)
    for kinds in STAGES:
        if errors := list(_publication_errors(kinds, work, data)):
            raise SeedErrors(errors)
        for kind in kinds:
            writer.complete(kind, work[kind])
            if issubclass(KINDS[kind], RecordEntry):
                MODELS[kind].objects.refold()
    for kind, records in changed.items():
        history.note(kind, records, Action.LOADED, corrects=False)


def _changed(work: dict[str, list[SeedEntry]]) -> dict[str, list[int]]:
    """The numbers of the records that are there and will be written."""
    return {
        kind: list(
            MODELS[kind]
            .objects.filter(slug__in=[entry.slug for entry in todo])
            .values_list("pk", flat=True)
        )
        for kind, todo in work.items()
    }


def _work(kind: str, data: Dataset, report: LoadReport, overwrite: bool) -> list[SeedEntry]:
    """The entries to be written, after comparing each with its record."""
    present = entries(kind)
    loaded = dict(MODELS[kind].objects.values_list("slug", "loaded"))
    todo = []
    for item in data.items[kind]:
        entry, name = item.entry, f"{kind}/{item.entry.slug}"
        current = present.get(entry.slug)
        if current is None:
            report.created.append(name)
            todo.append(entry)
            continue
        if isinstance(entry, RecordEntry):
            entry.id = entry.id or current.id
            entry.added = entry.added or current.added
            entry.changed = entry.changed or current.changed
        if entry == current:
            report.unchanged += 1
            if loaded[entry.slug] != digest(entry):
                MODELS[kind].objects.filter(slug=entry.slug).update(loaded=digest(entry))
        elif overwrite or loaded[entry.slug] == digest(current):
            report.changed.append(name)
            todo.append(entry)
        else:
            report.kept.append(name)
    return todo


def _publication_errors(
    kinds: list[str], work: dict[str, list[SeedEntry]], data: Dataset
) -> Iterator[str]:
    for kind in kinds:
        written = {
            entry.slug for entry in work[kind] if getattr(entry, "status", "") == "published"
        }
        files = {item.entry.slug: item for item in data.items[kind]}
        records = MODELS[kind].objects.for_publication() if written else []
        for record in (record for record in records if record.slug in written):
            for lack in record.missing():
                yield files[record.slug].error("status", f"cannot be published: {lack}")
