"""From pictures back to the database: an earlier version, or what a merger makes of records."""

import pydantic

from timeline.pictures import MODELS, references
from timeline.seeding.files import SeedErrors
from timeline.seeding.loading import STAGES, Writer
from timeline.seeding.parts import UNFINISHED
from timeline.seeding.schema import KINDS, RecordEntry, SeedEntry


def write_back(pictures: dict[str, dict[int, dict]]) -> None:
    """Make records what their pictures say, by kind and number; their slugs stay as they are.

    The caller holds the records and notes the change. Raises `SeedErrors` with a line for
    everything that stands in the way.
    """
    entries = {kind: _entries(kind, of_kind) for kind, of_kind in pictures.items()}
    if errors := [error for kind, of_kind in entries.items() for error in _nowhere(kind, of_kind)]:
        raise SeedErrors(errors)
    loaded = {
        kind: dict(MODELS[kind].objects.filter(pk__in=of_kind).values_list("pk", "loaded"))
        for kind, of_kind in pictures.items()
    }
    writer = Writer()
    in_order = {kind: entries[kind] for kind in KINDS if kind in entries}
    for step in (writer.write_records, writer.write_parts):
        for kind, of_kind in in_order.items():
            step(kind, of_kind)
    for kinds in STAGES:
        stage = {kind: in_order[kind] for kind in kinds if kind in in_order}
        if errors := [line for kind, of_kind in stage.items() for line in _lacking(kind, of_kind)]:
            raise SeedErrors(errors)
        for kind, of_kind in stage.items():
            writer.complete(kind, of_kind)
    for kind, marks in loaded.items():
        # What the data files last said is another matter.
        for number, mark in marks.items():
            MODELS[kind].objects.filter(pk=number).update(loaded=mark)
        if issubclass(KINDS[kind], RecordEntry):
            MODELS[kind].objects.filter(pk__in=marks).refold()


def _entries(kind: str, of_kind: dict[int, dict]) -> list[SeedEntry]:
    slugs = dict(MODELS[kind].objects.filter(pk__in=of_kind).values_list("pk", "slug"))
    read = []
    for number, picture in of_kind.items():
        said = picture | {"slug": slugs[number]}
        try:
            read.append(KINDS[kind].model_validate(said, context=UNFINISHED))
        except pydantic.ValidationError as error:
            lines = [
                f"{slugs[number]}: {'.'.join(map(str, one['loc']))}: {one['msg']}"
                for one in error.errors(include_url=False)
            ]
            raise SeedErrors(lines) from error
    return read


def _lacking(kind: str, entries: list[SeedEntry]):
    """A line for everything that a record lacks which the picture says is public."""
    public = [one.slug for one in entries if getattr(one, "status", "") == "published"]
    if not public:
        return
    for record in MODELS[kind].objects.filter(slug__in=public).for_publication():
        for lack in record.missing():
            yield f"{record.slug}: cannot be published: {lack}"


def _nowhere(kind: str, entries: list[SeedEntry]):
    """A line for every record that an entry names and that is not there."""
    for entry in entries:
        for target, slug in references(kind, entry.model_dump(exclude_defaults=True)):
            if not MODELS[target].objects.filter(slug=slug).exists():
                yield f"{entry.slug}: there is no “{slug}” among the {target}."
