"""What staff decide on a record: every change of its status.

Each function takes a queryset of one kind of record, changes all of them or none, and returns
how many it changed. It raises `ValidationError` with one message for each record that stands in
the way; `params` of a message hold the `record` and, where it lacks something, its `lacks`.
Who may call it is asked before, in `roles`.
"""

from collections.abc import Iterable
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate as today
from django.utils.translation import gettext as _

from timeline import checks, history, pictures, seeding
from timeline.choices import Action, Status, Translation
from timeline.models import Agreement, Event, Revision, Source
from timeline.models.base import Record
from timeline.pictures import KIND_OF

REASON_LENGTH = 300
# What became of a record is no part of what it says.
NOT_REVERTED = ["id", "slug", "status", "reason", "merged_into", "added", "changed"]


@transaction.atomic
def bring_in(records, *, by, reason: str) -> None:
    """Make new drafts that came by another way than a form those of whoever brought them in."""
    records.update(created_by=by)
    records.refold()
    numbers = list(records.values_list("pk", flat=True))
    history.note(KIND_OF[records.model], numbers, Action.CREATED, by=by, reason=reason)


@transaction.atomic
def submit(records, *, by=None, reason: str = "") -> int:
    """Hand drafts to an editor. They need not be complete: an editor may know what is missing."""
    todo = _those(records, [Status.DRAFT], _("“%(record)s” is not a draft."))
    return _move(todo, Status.IN_REVIEW, Action.SUBMITTED, by, reason, returned="")


@transaction.atomic
def give_back(records, *, by=None, reason: str) -> int:
    """Return submitted drafts to those who entered them, with a note what is asked for."""
    require_reason(reason, _("Say what is asked for: the note goes to whoever entered the draft."))
    todo = _those(records, [Status.IN_REVIEW], _("“%(record)s” is not in review."))
    return _move(todo, Status.DRAFT, Action.RETURNED, by, reason, returned=reason)


@transaction.atomic
def publish(records, *, by=None, reason: str = "") -> int:
    """Make the records public, and return how many were not yet."""
    todo = _those(
        records.exclude(status=Status.PUBLISHED),
        [Status.DRAFT, Status.IN_REVIEW],
        _("“%(record)s” was withdrawn or merged into another."),
    )
    _refuse_unfinished(todo)
    return _make_public(todo, Action.PUBLISHED, by, reason)


@transaction.atomic
def withdraw(records, *, by=None, reason: str) -> int:
    """Take published records back. Their addresses go on answering, with the reason."""
    require_reason(reason, _("A withdrawn record gives the reason; readers see it at its address."))
    todo = _those(records, [Status.PUBLISHED], _("“%(record)s” is not published."))
    count = _move(todo, Status.WITHDRAWN, Action.WITHDRAWN, by, reason, reason=reason)
    refuse_groundless([record for record in todo if isinstance(record, Source)])
    return count


@transaction.atomic
def restore(records, *, by=None, reason: str = "") -> int:
    """Publish withdrawn records again."""
    todo = _those(records, [Status.WITHDRAWN], _("“%(record)s” is not withdrawn."))
    _refuse_unfinished(todo)
    return _make_public(todo, Action.RESTORED, by, reason, reason="")


@transaction.atomic
def review_translation(records, language: str, *, by=None) -> int:
    """Note that the translations into "tr" or "ja" were compared with the English, and are right.

    Returns how many were not yet.
    """
    todo = [
        record
        for record in records.select_for_update()
        if record.translation(language) != Translation.REVIEWED
    ]
    _refuse(
        (record, _("“%(record)s” is not translated."))
        for record in todo
        if record.translation(language) == Translation.MISSING
    )
    with _noted(todo, Action.REVIEWED, by):
        for record in todo:
            record.note_translation(language, reviewed=True)
            record.save(update_fields=[f"{language}_of", f"{language}_reviewed", "updated"])
    return len(todo)


@transaction.atomic
def revert(record, revision: Revision, *, by=None, reason: str) -> None:
    """Bring back what the record said in an earlier version, with all that hangs on it.

    Its status stays what it is, and its address: those change in ways of their own.
    """
    kind = history.kind_of(record)
    require_reason(reason, _("Say why the earlier version is brought back."))
    history.keep(kind, [record.pk])
    present = pictures.of_all(kind, pk=record.pk)[record.pk]
    kept = {name: present[name] for name in NOT_REVERTED if name in present}
    earlier = {name: said for name, said in revision.entry.items() if name not in NOT_REVERTED}
    write_back_or_refuse({kind: {record.pk: earlier | kept}})
    refuse_broken(type(record).objects.filter(pk=record.pk))
    history.note(kind, [record.pk], Action.REVERTED, by=by, reason=reason)


def write_back_or_refuse(changed: dict[str, dict[int, dict]]) -> None:
    try:
        seeding.write_back(changed)
    except seeding.SeedErrors as broken:
        raise ValidationError(broken.errors) from broken
    for kind, of_kind in changed.items():
        if (model := pictures.MODELS[kind]) in checks.KINDS:
            written = model.objects.filter(pk__in=of_kind)
            checks.refresh(model, written.values_list("slug", flat=True))


def refuse_broken(records) -> None:
    """Refuse what would leave a published record without what publication needs."""
    if issubclass(records.model, Record):
        _refuse_unfinished(list(records.published().for_publication()))


def refuse_groundless(sources) -> None:
    """Refuse what leaves a published record without what publication needs.

    To be called when these sources have just ceased to be public.
    """
    cited = Q(citations__source__in=sources)
    of_dates = Q(dates__citations__source__in=sources)
    resting = [
        *Event.objects.published().filter(cited).for_publication().distinct(),
        *Agreement.objects.published().filter(cited | of_dates).for_publication().distinct(),
    ]
    _refuse(
        (record, _("“%(record)s” is published and rests on nothing else."))
        for record in resting
        if record.missing()
    )


def _those(records, statuses: list[Status], refusal: str) -> list:
    """The records, locked, with what `missing()` reads; refused when one has another status."""
    history.lock(KIND_OF[records.model], list(records.values_list("pk", flat=True)))
    todo = list(records.for_publication())
    _refuse((record, refusal) for record in todo if record.status not in statuses)
    return todo


def _refuse(refusals: Iterable[tuple[Record, str]]) -> None:
    errors = [
        ValidationError(text, code="refused", params={"record": record})
        for record, text in refusals
    ]
    if errors:
        raise ValidationError(errors)


def _refuse_unfinished(records: list) -> None:
    errors = [
        ValidationError(
            _("“%(record)s” still needs %(needed)s."),
            code="unfinished",
            params={"record": record, "needed": ", ".join(map(str, lacks)), "lacks": lacks},
        )
        for record in records
        if (lacks := record.missing())
    ]
    if errors:
        raise ValidationError(errors)


def require_reason(reason: str, refusal: str) -> None:
    if not reason.strip():
        raise ValidationError(refusal, code="required")
    if len(reason) > REASON_LENGTH:
        raise ValidationError(
            _("The reason has %(length)d characters; at most %(most)d are kept."),
            code="too-long",
            params={"length": len(reason), "most": REASON_LENGTH},
        )


def _make_public(todo: list, action: Action, by, why: str, **columns) -> int:
    for record in todo:
        record.added = record.added or today()
    return _move(todo, Status.PUBLISHED, action, by, why, returned="", **columns)


def _move(todo: list, status: Status, action: Action, by, why: str, **columns) -> int:
    with _noted(todo, action, by, why):
        for record in todo:
            record.status = status
            for name, value in columns.items():
                setattr(record, name, value)
            record.save(update_fields=["status", "added", *columns, "updated"])
    return len(todo)


@contextmanager
def _noted(todo: list, action: Action, by, reason: str = ""):
    """What is done to the records here stands in their history."""
    for kind, numbers in history.by_kind(todo).items():
        history.keep(kind, numbers)
    yield
    for kind, numbers in history.by_kind(todo).items():
        history.note(kind, numbers, action, by=by, reason=reason)
