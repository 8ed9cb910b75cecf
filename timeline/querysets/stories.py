"""What is asked of stories."""

from typing import Self

from django.db.models import Prefetch, QuerySet

from timeline.choices import Status
from timeline.querysets.base import RecordQuerySet


class StoryQuerySet(RecordQuerySet):
    def in_order(self) -> Self:
        """As they were entered: the order in which the editors would have them read."""
        return self.order_by("id")

    def of_sectors(self, sectors) -> Self:
        return self.filter(sectors__in=sectors).distinct()

    def telling_of(self, event) -> Self:
        """Those of which a step tells of the event."""
        steps = self.related("steps").filter(events=event)
        return self.filter(pk__in=steps.values("story"))

    def for_publication(self) -> Self:
        return self.prefetch_related("sectors", "steps__events__merged_into")

    def for_folding(self) -> Self:
        return self.prefetch_related("steps")

    def for_translation(self) -> Self:
        return self.prefetch_related("steps")

    def for_list(self) -> Self:
        """With all that a story in a list shows."""
        return self.prefetch_related("sectors", Prefetch("steps", self._steps(self._events())))

    def for_page(self) -> Self:
        """With all that the page of a story shows."""
        citations = self.related("steps").model._meta.get_field("citations").related_model
        steps = self._steps(self._events().with_attestation())
        cited = Prefetch("citations", citations.objects.for_notes())
        return self.prefetch_related("sectors", Prefetch("steps", steps.prefetch_related(cited)))

    def for_records(self) -> Self:
        """With all that leaves the program of a story."""
        return self.for_page()

    def _events(self) -> QuerySet:
        steps = self.related("steps").model
        return steps._meta.get_field("events").related_model.objects.all()

    def _steps(self, events: QuerySet) -> QuerySet:
        """The steps with their events, and with those in which these went up."""
        led_on = events.prefetch_related(Prefetch("merged_into", events))
        return self.related("steps").prefetch_related(Prefetch("events", led_on))


class StoryStepQuerySet(QuerySet):
    def public(self) -> Self:
        """Those of published stories, with the story."""
        return self.filter(story__status=Status.PUBLISHED).select_related("story")
