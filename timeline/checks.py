"""Comparing records with their sources: noting that it was done, and whether it still holds."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate as today
from django.utils.translation import gettext as _
from pydantic import ValidationError as Unfinished

from timeline.models import Actor, Agreement, Check, Event
from timeline.seeding.dumping import entries

KINDS = {Event: "events", Agreement: "agreements", Actor: "actors"}
"""The kinds of records that are checked, by their names in the data files."""


@transaction.atomic
def note(record, sources: Iterable, *, by=None) -> Check:
    """Note that the record, as it now stands, was compared with these of its sources today.

    Raises `ValidationError` when none is named, or the record is unfinished.
    """
    sources = list(sources)
    model = type(record)
    model.objects.select_for_update().get(pk=record.pk)
    if not sources:
        raise ValidationError(_("“%(record)s”: say with which sources.") % {"record": record})
    facts = _facts(model, [record.slug])
    if not facts:
        raise ValidationError(
            _("“%(record)s” is unfinished and cannot be checked.") % {"record": record}
        )
    refresh(model, [record.slug])
    owner = {model._meta.model_name: record}
    check = Check.objects.create(on=today(), by=by, facts=facts[record.slug], **owner)
    check.sources.set(sources)
    return check


def refresh(model, slugs: Iterable[str]) -> int:
    """Bring `is_current` of the records' checks up to date, and return how many were behind.

    To be called after any change of a record or of what hangs on it.
    """
    owner = model._meta.model_name
    checks = Check.objects.filter(**{f"{owner}__slug__in": list(slugs)}).select_related(owner)
    facts = _facts(model, list({check.record.slug for check in checks}))
    behind = []
    for check in checks:
        is_current = facts.get(check.record.slug) == check.facts
        if check.is_current != is_current:
            check.is_current = is_current
            behind.append(check)
    Check.objects.bulk_update(behind, ["is_current"], batch_size=200)
    return len(behind)


def out_of_step() -> list[Check]:
    """Checks that are taken to hold although the record has changed, or the other way round."""
    wrong = []
    for model in KINDS:
        owner = model._meta.model_name
        checks = list(Check.objects.filter(**{f"{owner}__isnull": False}).select_related(owner))
        facts = _facts(model, sorted({check.record.slug for check in checks}))
        wrong += [c for c in checks if c.is_current != (facts.get(c.record.slug) == c.facts)]
    return wrong


def _facts(model, slugs: list[str]) -> dict[str, str]:
    """The marks of what the records state; one that is unfinished states nothing yet."""
    if not slugs:
        return {}
    try:
        return {slug: entry.facts for slug, entry in entries(KINDS[model], slugs).items()}
    except Unfinished:
        halves = [slugs[: len(slugs) // 2], slugs[len(slugs) // 2 :]]
        return _facts(model, halves[0]) | _facts(model, halves[1]) if len(slugs) > 1 else {}
