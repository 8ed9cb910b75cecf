"""What became of a record: every version of it, who made it, when and why.

Whatever changes a record, or anything that hangs on it, does so in a transaction that calls
`lock()` and `keep()` before the change and `note()` after it.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.db import models
from django.utils.timezone import localdate, now

from timeline import pictures
from timeline.choices import Action, Status
from timeline.models import Revision
from timeline.models.base import Record
from timeline.pictures import KIND_OF, MODELS

# Readers see neither, and no correction follows from them alone.
NOT_PUBLIC = {"note", "translations", "added", "changed", "id"}


class Stale(Exception):
    """The record was changed since it was read, so that writing it would undo the change."""


def kind_of(record: models.Model) -> str:
    return KIND_OF[type(record)]


def by_kind(records: Iterable[models.Model]) -> dict[str, list[int]]:
    """The numbers of records of several kinds, in one order: whoever locks them waits in turn."""
    numbers = defaultdict(set)
    for record in records:
        numbers[kind_of(record)].add(record.pk)
    return {kind: sorted(numbers[kind]) for kind in MODELS if kind in numbers}


def lock(kind: str, numbers: Iterable[int]) -> dict[int, int]:
    """Let nobody else write the records until the transaction ends; their versions by number."""
    records = MODELS[kind].objects.select_for_update().filter(pk__in=numbers).order_by("pk")
    return dict(records.values_list("pk", "version"))


def keep(kind: str, numbers: Iterable[int]) -> None:
    """See that the versions which are about to change stand in history.

    Most do. Those of records that were loaded and never changed since do not yet.
    """
    versions = lock(kind, numbers)
    last = _last_versions(kind, versions)
    for number, version in last.items():
        # Its history is older than this copy of the record: it goes on counting from there.
        if version > versions[number]:
            versions[number] = version + 1
            MODELS[kind].objects.filter(pk=number).update(version=version + 1)
    missing = [number for number, version in versions.items() if version != last.get(number)]
    if not missing:
        return
    updated = {}
    if issubclass(MODELS[kind], Record):
        updated = dict(MODELS[kind].objects.filter(pk__in=missing).values_list("pk", "updated"))
    Revision.objects.bulk_create(
        Revision(
            kind=kind,
            number=number,
            version=versions[number],
            entry=picture,
            action=Action.FOUND,
            at=updated.get(number) or now(),
        )
        for number, picture in pictures.of_all(kind, pk__in=missing).items()
    )


def note(
    kind: str,
    numbers: Iterable[int],
    action: Action,
    *,
    by=None,
    reason: str = "",
    part_of: Revision | None = None,
    corrects: bool = True,
) -> list[Revision]:
    """Count and keep the new versions of the records that are not what they were.

    A public record that says something else than before is corrected today, unless whoever
    changed it has said when (not `corrects`).
    """
    numbers = list(numbers)
    last = _latest(kind, numbers)
    noted = []
    for number, picture in pictures.of_all(kind, pk__in=numbers).items():
        before = last.get(number)
        if before and before.entry == picture:
            continue
        is_correction = before is not None and _is_correction(before.entry, picture)
        if is_correction and corrects:
            picture = _corrected_today(kind, number, picture)
        noted.append(
            Revision(
                kind=kind,
                number=number,
                version=_count(kind, number, before, action),
                entry=picture,
                action=action,
                reason=reason[:300],
                by=by,
                at=now(),
                is_correction=is_correction,
                part_of=part_of,
            )
        )
    return Revision.objects.bulk_create(noted)


def note_deletion(kind: str, number: int, *, by=None) -> None:
    """Keep that a draft was deleted, and what it said; to be called before it is."""
    keep(kind, [number])
    last = _latest(kind, [number])[number]
    Revision.objects.create(
        kind=kind,
        number=number,
        version=last.version + 1,
        entry=last.entry,
        action=Action.DELETED,
        by=by,
        at=now(),
    )


def _last_versions(kind: str, numbers: Iterable[int]) -> dict[int, int]:
    revisions = Revision.objects.filter(kind=kind, number__in=numbers).order_by()
    return dict(
        revisions.values("number")
        .annotate(last=models.Max("version"))
        .values_list("number", "last")
    )


def _latest(kind: str, numbers: list[int]) -> dict[int, Revision]:
    revisions = Revision.objects.filter(kind=kind, number__in=numbers).order_by("version")
    newest = revisions.filter(
        version=models.Subquery(
            Revision.objects.filter(kind=kind, number=models.OuterRef("number"))
            .order_by("-version")
            .values("version")[:1]
        )
    )
    return {revision.number: revision for revision in newest}


def _count(kind: str, number: int, before: Revision | None, action: Action) -> int:
    """The number of the new version, written to the record as well."""
    records = MODELS[kind].objects.filter(pk=number)
    version = before.version if before else records.values_list("version", flat=True).get()
    if action == Action.CREATED and not before:
        return version
    # One that was deleted and entered again under its number goes on counting.
    present = records if action == Action.CREATED else records.filter(version=version)
    if not present.update(version=version + 1):
        raise Stale
    return version + 1


def _corrected_today(kind: str, number: int, picture: dict) -> dict:
    MODELS[kind].objects.filter(pk=number).update(changed=localdate())
    return picture | {"changed": localdate().isoformat()}


def public_part(picture: dict) -> dict:
    return {name: said for name, said in picture.items() if name not in NOT_PUBLIC}


def _is_correction(before: dict, after: dict) -> bool:
    """Whether readers who saw the one now see the other, or a word why not."""
    was_seen = before.get("status") in (Status.PUBLISHED, Status.WITHDRAWN, Status.MERGED)
    return was_seen and "added" in before and public_part(before) != public_part(after)
