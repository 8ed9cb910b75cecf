"""What is asked of actors, agreements, sources, places and releases."""

from typing import Self

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from timeline.choices import Status
from timeline.querysets.work import CheckedQuerySet, DisputedQuerySet, WorkQuerySet


class ActorQuerySet(CheckedQuerySet):
    def with_event_count(self) -> Self:
        """Adds `event_count`: in how many published events the actor takes part."""
        public = Q(participations__event__status=Status.PUBLISHED)
        return self.annotate(
            event_count=Count("participations__event", filter=public, distinct=True)
        )

    def by_name(self) -> Self:
        return self.order_by("name_en", "slug")

    def for_page(self) -> Self:
        """With the offices held, and what each rests on."""
        tenures = self.related("tenures")
        citations = tenures.model._meta.get_field("citations").related_model.objects
        return self.with_check().prefetch_related(
            Prefetch(
                "tenures",
                tenures.select_related("institution").prefetch_related(
                    Prefetch("citations", citations.for_notes())
                ),
            )
        )

    def for_records(self) -> Self:
        """With all that leaves the program of an actor."""
        return self.for_page()

    def countries(self) -> list[tuple[str, str]]:
        """The country codes of published actors, as choices."""
        codes = self.published().exclude(country="").order_by("country")
        return [(code, code) for code in codes.values_list("country", flat=True).distinct()]


class AgreementQuerySet(DisputedQuerySet):
    def of_sectors(self, sectors) -> Self:
        return self.filter(sectors__in=sectors).distinct()

    def for_publication(self) -> Self:
        return self.prefetch_related(
            "citations__source", "dates__citations__source", "disputes__claims"
        )

    def by_first_date(self) -> Self:
        """Oldest first by the earliest of the typed dates; those without any come last."""
        dates = self.related("dates").filter(agreement=OuterRef("pk")).order_by("date_earliest")
        return self.annotate(first_date=Subquery(dates.values("date_earliest")[:1])).order_by(
            F("first_date").asc(nulls_last=True), "slug"
        )

    def for_list(self) -> Self:
        return self.prefetch_related("sectors", "dates__place")

    def for_page(self) -> Self:
        """With all that the page of an agreement shows."""
        citations = self.related("citations").for_notes()
        return (
            self.with_evidence()
            .with_check()
            .prefetch_related(
                "sectors",
                Prefetch("parties", self.related("parties").published()),
                Prefetch("dates", self.related("dates").select_related("place")),
                Prefetch("dates__citations", citations),
                Prefetch("event_links", self.related("event_links").to_events("event")),
            )
        )

    def for_records(self) -> Self:
        """With all that leaves the program of an agreement."""
        citations = self.related("citations").for_notes()
        return self.with_evidence().prefetch_related(
            "sectors",
            Prefetch("parties", self.related("parties").published()),
            Prefetch("dates", self.related("dates").select_related("place")),
            Prefetch("dates__citations", citations),
            Prefetch("event_links", self.related("event_links").naming("event")),
        )


class SourceQuerySet(WorkQuerySet):
    def with_statement_count(self) -> Self:
        """Adds `statement_count`: how many public statements rest on the source."""
        citations = self.related("citations").of_published_records()
        counted = (
            citations.filter(source=OuterRef("pk"))
            .order_by()
            .values("source")
            .annotate(count=Count("pk"))
            .values("count")
        )
        return self.annotate(statement_count=Coalesce(Subquery(counted), 0))

    def in_order(self) -> Self:
        """By publisher, then by date; a source without a date comes before those with one."""
        return self.order_by("publisher", F("date").asc(nulls_first=True), "slug")

    def for_records(self) -> Self:
        """With all that leaves the program of a source."""
        return self.with_statement_count()

    def for_page(self) -> Self:
        """With what came of asking for its addresses."""
        return self.prefetch_related(Prefetch("link_checks", self.related("link_checks").present()))

    def without_archived_copy(self) -> Self:
        """Published sources that are on the web, and nowhere else should they vanish there."""
        return self.published().filter(archived_url="").exclude(url="", copy_url="")

    def with_dead_link(self) -> Self:
        """Published sources of which an address answers no longer."""
        dead = self.related("link_checks").dead().filter(source=OuterRef("pk"))
        return self.published().filter(Exists(dead))

    def with_moved_link(self) -> Self:
        """Published sources of which an address leads to another one for good."""
        moved = self.related("link_checks").moved().filter(source=OuterRef("pk"))
        return self.published().filter(Exists(moved))

    def languages(self) -> list[tuple[str, str]]:
        """The language codes of published sources, as choices."""
        codes = self.published().order_by("language").values_list("language", flat=True)
        return [(code, code) for code in codes.distinct()]


class PlaceQuerySet(QuerySet):
    def standing(self) -> Self:
        """Those that were not merged into another."""
        return self.filter(merged_into=None)

    def countries(self) -> list[tuple[str, str]]:
        """The country codes of all places, as choices."""
        codes = self.order_by("country").values_list("country", flat=True)
        return [(code, code) for code in codes.distinct()]


class SectorQuerySet(QuerySet):
    def published(self) -> Self:
        """All of them: a sector has no status."""
        return self.all()

    def with_address(self) -> Self:
        return self.all()

    def for_records(self) -> Self:
        """With all that leaves the program of a sector."""
        return self.all()


class ReleaseQuerySet(QuerySet):
    def current(self):
        """The newest release, or None."""
        return self.defer("files", "changes").first()
