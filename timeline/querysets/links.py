"""What is asked of that by which an event is tied to other records."""

from typing import Self

from django.db.models import Prefetch, QuerySet

from timeline.choices import Status


class ParticipationQuerySet(QuerySet):
    def public(self) -> Self:
        return self.filter(actor__status=Status.PUBLISHED).select_related("actor")

    def for_page(self) -> Self:
        """With the offices the participants have held, and where."""
        return self.public().prefetch_related("actor__tenures__institution")


class LinkQuerySet(QuerySet):
    """Links between an event and another record."""

    def to_agreements(self) -> Self:
        """Those that lead to a published agreement, with its dates."""
        return (
            self.filter(agreement__status=Status.PUBLISHED)
            .select_related("agreement")
            .prefetch_related("agreement__dates__place")
        )

    def naming(self, end: str) -> Self:
        """Those that lead to a published record, with no more of it than its name."""
        return self.filter(**{f"{end}__status": Status.PUBLISHED}).select_related(end)

    def not_shown(self, end: str) -> Self:
        """Those that lead to a record readers cannot see, with it; `end` names the field."""
        return self.exclude(**{f"{end}__status": Status.PUBLISHED}).select_related(end)

    def to_events(self, end: str) -> Self:
        """Those that lead to a published event, with it; `end` names the field."""
        events = self.model._meta.get_field(end).related_model.objects.with_attestation()
        return self.filter(**{f"{end}__status": Status.PUBLISHED}).prefetch_related(
            Prefetch(end, events)
        )
