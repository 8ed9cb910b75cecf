"""Two records that are one: what hangs on either comes together, and can be taken apart again.

A merger is made of pictures. That of the record that stays takes over the fields chosen and
every line of the other; each record that names the other names it instead. What was written is
noted together, so that undoing it means writing back what the records said before.
"""

from collections.abc import Iterable
from copy import deepcopy

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
    Tenure,
)
from timeline.pictures import KIND_OF, MODELS, REFERENCES

MERGEABLE = (Event, Actor, Agreement, Source, Place)
# Lines of a list that say the same although they differ elsewhere.
KEYS = {
    "citations": ("source", "part", "locator"),
    "participants": ("actor", "role"),
    "agreements": ("agreement", "relation"),
    "related": ("event", "relation"),
    "dates": ("kind", "date"),
    "offices": ("title", "institution", "start", "end"),
    "disputes": ("about", "question"),
}
UNITED = [*KEYS, "sectors", "parties"]
MOST_SECTORS = 3
# What is not chosen: it belongs to the one record or follows from the merger.
NOT_CHOSEN = {*UNITED, *curation.NOT_REVERTED, "aliases", "translations"}


def choosable(kept: dict, given_up: dict) -> list[str]:
    """The fields in which the two differ, and of which either may stand."""
    names = dict.fromkeys([*kept, *given_up])
    return [
        name for name in names if name not in NOT_CHOSEN and kept.get(name) != given_up.get(name)
    ]


def united(kind: str, kept: dict, given_up: dict, fields: Iterable[str] = ()) -> dict:
    """The picture of the record that stays, with the named fields of the other."""
    result = deepcopy(kept)
    for name in fields:
        if name in given_up:
            result[name] = deepcopy(given_up[name])
        else:
            result.pop(name, None)
    for name in UNITED:
        lines = [*kept.get(name, []), *given_up.get(name, [])]
        if lines:
            result[name] = lines
    if kind == "events" and "sectors" in result:
        result["sectors"] = list(dict.fromkeys(result["sectors"]))[:MOST_SECTORS]
    if kind in ("actors", "places"):
        result["aliases"] = _all_names(result, kept, given_up)
    if "translations" in kept or "translations" in given_up:
        result["translations"] = _marks(kept, given_up, fields)
    result = {name: said for name, said in result.items() if said not in ([], {})}
    return renamed(kind, result, kind, given_up["slug"], kept["slug"])


def _marks(kept: dict, given_up: dict, fields: Iterable[str]) -> dict:
    """Texts that are all taken from one record keep what is known of their translation."""
    texts = {name for name in ("name", "title", "summary") if name in {**kept, **given_up}}
    source = given_up if texts <= set(fields) else kept
    return source.get("translations", {})


def _all_names(result: dict, kept: dict, given_up: dict) -> list[str]:
    """Every name that one of the two had and that is not that of the record."""
    called = set(result["name"].values())
    names = [*kept.get("aliases", []), *given_up.get("aliases", [])]
    names += [*kept["name"].values(), *given_up["name"].values()]
    return [name for name in dict.fromkeys(names) if name not in called]


def renamed(kind: str, picture: dict, target: str, old: str, new: str) -> dict:
    """The picture with every reference to one record turned into one to another, each once."""
    result = _renamed(kind, picture, target, old, new)
    own = result.get("slug")
    if kind == "events" and "related" in result:
        result["related"] = [one for one in result["related"] if one["event"] != own]
    return _without_doubles(result)


def _renamed(kind: str, said: dict, target: str, old: str, new: str) -> dict:
    result = {}
    for name, value in said.items():
        leads_to = kind if name == "merged_into" else REFERENCES.get(name)
        if isinstance(value, list):
            value = [
                _renamed(kind, one, target, old, new)
                if isinstance(one, dict)
                else new
                if leads_to == target and one == old
                else one
                for one in value
            ]
        elif leads_to == target and value == old:
            value = new
        result[name] = value
    return result


def _without_doubles(said: dict) -> dict:
    result = {}
    for name, value in said.items():
        if name in ("parties", "sectors"):
            value = list(dict.fromkeys(value))
        elif name in KEYS:
            value = _collapsed(name, [_without_doubles(one) for one in value])
        elif isinstance(value, list):
            value = [_without_doubles(one) if isinstance(one, dict) else one for one in value]
        result[name] = value
    return result


def _collapsed(name: str, lines: list[dict]) -> list[dict]:
    """Each line once. What only the double says goes over to the one that stays."""
    kept: dict[str, dict] = {}
    for line in lines:
        key = repr([line.get(column) for column in KEYS[name]])
        first = kept.setdefault(key, line)
        if first is not line:
            for column, value in line.items():
                if column == "citations":
                    both = [*first.get(column, []), *value]
                    first[column] = _collapsed(column, both)
                elif not first.get(column):
                    first[column] = value
    return list(kept.values())


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
        Event: lambda: Event.objects.filter(related__target=record),
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
    *("claim__dispute__event", "claim__dispute__agreement"),
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
