"""From checked entries to drafts in the database: all of them, or none."""

from collections.abc import Iterator

from django.db import transaction

from timeline import checks, curation, history
from timeline.choices import Action
from timeline.models import Citation, Source
from timeline.pictures import KIND_OF, MODELS
from timeline.seeding.loading import Writer
from timeline.spreadsheets.checking import STEP, Check
from timeline.spreadsheets.present import TARGETS


class Refused(Exception):
    """Since the preview something has changed: `check` says what is wrong now."""

    def __init__(self, check: Check):
        super().__init__("the table cannot be saved as it is")
        self.check = check


def save(check: Check, *, by=None, reason: str = "") -> Iterator[int]:
    """Save what is new as drafts, and yield now and then how many steps of `work(check)` are done.

    The drafts are those of whoever brings them in, and their history gives the reason; so does
    that of the drafts to which citations are added.

    All happens in one transaction: closing the iterator before its end undoes it. The check is
    made again first, for the database may have changed since; raises `Refused`.
    """
    with transaction.atomic():
        for _done in check.steps():
            pass
        if check.problems:
            raise Refused(check)
        save_all = _save_citations if check.kind == "citations" else _save_records
        yield from save_all(check, by, reason)


def work(check: Check) -> int:
    """In how many steps a check is saved."""
    return max(1, len(check.new) * (1 if check.kind == "citations" else 3))


def _save_records(check: Check, by, reason: str) -> Iterator[int]:
    def bring_in(kind: str, entries: list) -> None:
        records = MODELS[kind].objects.filter(slug__in=[entry.slug for entry in entries])
        curation.bring_in(records, by=by, reason=reason)

    # Records first: any of them may be named by another, whatever the order of the rows.
    writer, done = Writer(), 0
    entries = [new.entry for new in check.new]
    for write in (writer.write_records, writer.write_parts, bring_in):
        for part in _parts(entries):
            write(check.kind, part)
            done += len(part)
            yield done


def _save_citations(check: Check, by, reason: str) -> Iterator[int]:
    entries = [new.entry for new in check.new]
    cited = _hold(check)
    for kind, numbers in cited.items():
        history.keep(kind, numbers)
    yield from _write_citations(entries)
    for kind, numbers in cited.items():
        history.note(kind, numbers, Action.CHANGED, by=by, reason=reason)
        records = MODELS[kind].objects.filter(pk__in=numbers)
        checks.refresh(MODELS[kind], records.values_list("slug", flat=True))


def _hold(check: Check) -> dict[str, list[int]]:
    """Let nobody else write the drafts that are cited for, by kind and number.

    Until they were held, they may have been published, or handed to somebody else.
    """
    held = {}
    for name, model in TARGETS.items():
        slugs = {getattr(new.entry, name) for new in check.new} - {None}
        numbers = model.objects.filter(slug__in=slugs).order_by("pk").values_list("pk", flat=True)
        if numbers:
            held[KIND_OF[model]] = sorted(history.lock(KIND_OF[model], list(numbers)))
    if check.refuse_targets():
        raise Refused(check)
    return held


def _write_citations(entries: list) -> Iterator[int]:
    numbers = {
        name: dict(model.objects.values_list("slug", "pk"))
        for name, model in (TARGETS | {"source": Source}).items()
    }
    done = 0
    for part in _parts(entries):
        Citation.objects.bulk_create(
            Citation(
                source_id=numbers["source"][entry.source],
                event_id=numbers["event"].get(entry.event),
                agreement_id=numbers["agreement"].get(entry.agreement),
                part=entry.part,
                stance=entry.stance,
                locator=entry.locator or "",
                note=entry.note or "",
            )
            for entry in part
        )
        done += len(part)
        yield done


def _parts(entries: list) -> Iterator[list]:
    for first in range(0, len(entries), STEP):
        yield entries[first : first + STEP]
