"""What readers are told of corrections: what changed, when and why, and never by whom."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.timezone import localdate

from timeline.choices import Action, Status
from timeline.differences import Difference, differences
from timeline.differences.names import Names
from timeline.models import Revision
from timeline.models.base import Record
from timeline.pictures import MODELS

RECORDS = {kind: model for kind, model in MODELS.items() if issubclass(model, Record)}


@dataclass
class Correction:
    """One change of a public record."""

    revision: Revision
    record: Record
    differences: list[Difference]

    @property
    def day(self) -> datetime.date:
        return localdate(self.revision.at)

    @property
    def heading(self) -> str:
        """The name of the record; of one that was withdrawn, no more than its address."""
        return self.record.slug if self.has_left else self.record.heading.text

    @property
    def language(self) -> str:
        return "" if self.has_left else self.record.heading.language

    @property
    def has_left(self) -> bool:
        return self.record.status != Status.PUBLISHED

    @property
    def target(self) -> Record | None:
        """The record in which this one went up."""
        return self.record.merged_into


def public():
    """The corrections that readers may see, the latest first.

    Of a record that was withdrawn or merged only that is told; what it said before is not.
    """
    seen = Q()
    for kind, model in RECORDS.items():
        published = model.objects.published().values("pk")
        seen |= Q(kind=kind, number__in=published)
        for action, gone in (
            (Action.WITHDRAWN, model.objects.withdrawn()),
            (Action.MERGED, model.objects.merged()),
        ):
            seen |= Q(kind=kind, action=action, number__in=gone.values("pk"))
    return Revision.objects.corrections().filter(seen).with_earlier()


def told(revisions: Iterable[Revision]) -> list[Correction]:
    """The corrections with their records, and what changed in words."""
    revisions = list(revisions)
    records = _records(revisions)
    pictured = [
        (one.kind, picture) for one in revisions for picture in (one.earlier, one.entry) if picture
    ]
    names = Names.in_pictures(pictured, public=True)
    return [
        Correction(one, record, _differences(one, record, names))
        for one in revisions
        if (record := records.get((one.kind, one.number)))
    ]


def _records(revisions) -> dict:
    numbers = defaultdict(set)
    for one in revisions:
        numbers[one.kind].add(one.number)
    return {
        (kind, record.pk): record
        for kind, model in RECORDS.items()
        for record in model.objects.filter(pk__in=numbers[kind]).select_related("merged_into")
    }


def _differences(revision, record, names) -> list[Difference]:
    if not record.is_published or not revision.earlier:
        return []
    return differences(revision.kind, revision.earlier, revision.entry, names)
