"""Two records that are one: what hangs on either comes together, and can be taken apart again.

A merger is made of pictures. That of the record that stays takes over the fields chosen and
every line of the other; each record that names the other names it instead. What was written is
noted together, so that undoing it means writing back what the records said before.
"""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from timeline import curation, history, pictures
from timeline.choices import Action, Status
from timeline.models import (
    Actor,
    Agreement,
    AgreementDate,
    Citation,
    Event,
    Place,
    Revision,
    Source,
    Story,
    Tenure,
)
from timeline.pictures import KIND_OF, MODELS
from timeline.uniting import UNITED, renamed, united

MERGEABLE = (Event, Actor, Agreement, Source, Place)


def touched(record) -> dict[str, list[int]]:
    """The records that name this one, by kind; it and what was merged into it are among them."""
    cited = Citation.objects.filter(source=record.pk) if isinstance(record, Source) else None
    naming = {
        Source: lambda: [citation.record for citation in cited.select_related(*_TARGETS)],
        Actor: lambda: [
            *Event.objects.filter(participants__actor=record),
            *Agreement.objects.filter(parties=record),
            *Actor.objects.filter(pk__in=Tenure.objects.filter(institution=record).values("actor")),
        ],
        Agreement: lambda: Event.objects.filter(agreement_links__agreement=record),
        Event: lambda: [
            *Event.objects.filter(related__target=record),
            *Story.objects.telling_of(record),
        ],
        Place: lambda: [
            *Event.objects.filter(place=record),
            *Agreement.objects.filter(
                pk__in=AgreementDate.objects.filter(place=record).values("agreement")
            ),
        ],
    }[type(record)]()
    return history.by_kind([record, *naming, *type(record).objects.filter(merged_into=record)])


_TARGETS = [
    *("event", "agreement", "agreement_date__agreement", "tenure__actor"),
    *("claim__dispute__event", "claim__dispute__agreement", "story_step__story"),
]


@transaction.atomic
def merge(given_up, kept, fields: Iterable[str] = (), *, by=None, reason: str) -> Revision:
    """Let one record go up in another, with the fields of it that were chosen.

    Relations and citations move, old addresses lead on. Returns the version to undo it by.
    """
    kind = KIND_OF[type(given_up)]
    curation.require_reason(reason, _("Say why the two are one."))
    history.lock(kind, [given_up.pk, kept.pk])
    given_up.refresh_from_db()
    kept.refresh_from_db()
    _refuse_unlike(given_up, kept)
    numbers = touched(given_up)
    numbers[kind] = sorted({*numbers[kind], kept.pk})
    numbers = {name: numbers[name] for name in MODELS if name in numbers}
    before = {name: _kept_pictures(name, of_kind) for name, of_kind in numbers.items()}
    after = {
        name: {
            number: renamed(name, picture, kind, given_up.slug, kept.slug)
            for number, picture in of_kind.items()
        }
        for name, of_kind in before.items()
    }
    after[kind][kept.pk] = united(kind, before[kind][kept.pk], before[kind][given_up.pk], fields)
    after[kind][given_up.pk] = _led_on(kind, before[kind][given_up.pk], kept.slug)
    curation.write_back_or_refuse(after)
    _refold(numbers)
    _refuse_broken(numbers)
    return _note(numbers, Action.MERGED, by, reason, kind, given_up.pk)


@transaction.atomic
def undo(merger: Revision, *, by=None, reason: str) -> None:
    """Take a merger apart: every record says again what it said before.

    Refused when one of them was changed since: the change would be lost.
    """
    curation.require_reason(reason, _("Say why the merging is undone."))
    parts = [merger, *merger.parts.all()]
    before: dict[str, dict[int, dict]] = {}
    refusals = []
    for part in parts:
        versions = history.lock(part.kind, [part.number])
        if versions.get(part.number) != part.version:
            refusals.append(
                ValidationError(
                    _("“%(record)s” was changed since: the merging can no longer be undone."),
                    code="changed",
                    params={"record": _record(part)},
                )
            )
        earlier = Revision.objects.of(part.kind, part.number).get(version=part.version - 1)
        before.setdefault(part.kind, {})[part.number] = earlier.entry
    if refusals:
        raise ValidationError(refusals)
    numbers = {kind: sorted(before[kind]) for kind in MODELS if kind in before}
    curation.write_back_or_refuse({kind: before[kind] for kind in numbers})
    _refold(numbers)
    _note(numbers, Action.UNMERGED, by, reason, merger.kind, merger.number)


def undoable(record) -> Revision | None:
    """The merger by which the record went up in another, while it stands."""
    last = Revision.objects.of(KIND_OF[type(record)], record.pk).first()
    is_merger = last and last.action == Action.MERGED and record.merged_into_id
    return last if is_merger and last.part_of_id is None else None


def _record(part: Revision):
    return MODELS[part.kind].objects.filter(pk=part.number).first() or part.entry["slug"]


def _kept_pictures(kind: str, numbers: list[int]) -> dict[int, dict]:
    history.keep(kind, numbers)
    return pictures.of_all(kind, pk__in=numbers)


def _led_on(kind: str, picture: dict, slug: str) -> dict:
    """What is left of a record that went up in another: what it was called, and the way on."""
    left = {name: said for name, said in picture.items() if name not in UNITED}
    left |= {"merged_into": slug}
    if kind != "places":
        left |= {"status": Status.MERGED.value}
        left.pop("reason", None)
    return left


def _refuse_unlike(given_up, kept) -> None:
    if type(given_up) is not type(kept) or not isinstance(given_up, MERGEABLE):
        raise ValidationError(_("Only two records of one kind can be merged."))
    if given_up.pk == kept.pk:
        raise ValidationError(_("A record cannot be merged into itself."))
    for record in (given_up, kept):
        if record.merged_into_id:
            raise ValidationError(
                _("“%(record)s” was merged into another already."), params={"record": record}
            )
    if getattr(given_up, "has_address", False) and not kept.is_published:
        raise ValidationError(
            _("Readers know the address of “%(record)s”, so it can only lead to a public record."),
            params={"record": given_up},
        )


def _refold(numbers: dict[str, list[int]]) -> None:
    """Events are found by the names of actors and places."""
    names = Q()
    if "actors" in numbers:
        names |= Q(participants__actor__in=numbers["actors"])
    if "places" in numbers:
        names |= Q(place__in=numbers["places"])
    if names:
        Event.objects.filter(pk__in=Event.objects.filter(names).order_by().values("pk")).refold()


def _refuse_broken(numbers: dict[str, list[int]]) -> None:
    for kind in ("events", "agreements", "actors"):
        curation.refuse_broken(MODELS[kind].objects.filter(pk__in=numbers.get(kind, [])))


def _note(numbers, action, by, reason, kind, number) -> Revision:
    """Note all that was done as one: the record that the merger is about, and its parts."""
    [about] = history.note(kind, [number], action, by=by, reason=reason, corrects=False)
    for name, of_kind in numbers.items():
        rest = [one for one in of_kind if (name, one) != (kind, number)]
        is_merger = action == Action.MERGED
        history.note(name, rest, action, by=by, reason=reason, part_of=about, corrects=is_merger)
    return about
