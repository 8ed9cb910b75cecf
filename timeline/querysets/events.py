"""What is asked of the timeline."""

from typing import Self

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.lookups import IsNull

from timeline.choices import About, Attestation, Side, Stance, Status
from timeline.querysets.dated import DatedQuerySet
from timeline.querysets.work import DisputedQuerySet


class EventQuerySet(DatedQuerySet, DisputedQuerySet):
    def with_attestation(self, *, of_all=False) -> Self:
        """Adds `attestation`: whose sources support the event, or "" where none does.

        `of_all` says that most events there are will be read, not a page of them.
        """
        citations = self.related("citations").supporting().for_notes()
        citations = citations.filter(event=OuterRef("pk")).order_by()
        # PostgreSQL answers `Exists` by looking through all citations, even for one page.
        is_there = Exists if of_all else _is_there
        japan, turkiye = (
            is_there(citations.filter(source__side=side)) for side in (Side.JAPAN, Side.TURKIYE)
        )
        return self.annotate(
            attestation=Case(
                When(japan & turkiye, then=Value(Attestation.BOTH.value)),
                When(japan, then=Value(Attestation.JAPAN.value)),
                When(turkiye, then=Value(Attestation.TURKIYE.value)),
                When(is_there(citations), then=Value(Attestation.THIRD.value)),
                default=Value(""),
                output_field=CharField(),
            )
        )

    def with_publisher_count(self) -> Self:
        """Adds `publisher_count`: how many publishers support the event, each counted once."""
        source = "citations__source"
        counted = Q(citations__stance=Stance.SUPPORTS, **{f"{source}__status": Status.PUBLISHED})
        named = counted & ~Q(**{f"{source}__publisher": ""})
        return self.annotate(
            publisher_count=Count(f"{source}__publisher", filter=named, distinct=True)
        )

    def unsourced(self) -> Self:
        """Events that no published source supports, be they public or on their way."""
        return self.at_work().filter(~Exists(self.own("citations").supporting().for_notes()))

    def single_sourced(self) -> Self:
        """Published events that rest on one document alone."""
        sources = self.own("citations").supporting().for_notes().order_by()
        count = sources.values("event").annotate(n=Count("source", distinct=True)).values("n")
        return self.published().alias(source_count=Subquery(count)).filter(source_count=1)

    def attested_by(self, attestations: list[str]) -> Self:
        return self.with_attestation().filter(attestation__in=attestations)

    def with_disputed(self) -> Self:
        """Adds `is_disputed`: whether sources disagree on a fact of the event."""
        disputes = self.related("disputes").decided().filter(event=OuterRef("pk"))
        return self.annotate(is_disputed=Exists(disputes))

    def disputed(self, *answers: bool) -> Self:
        """Events on a fact of which sources disagree (True), the others (False), or both."""
        return self.with_disputed().filter(is_disputed__in=answers)

    def with_date_disputed(self) -> Self:
        """Adds `is_date_disputed`: whether sources disagree on when the event happened."""
        disputes = self.related("disputes").decided().filter(about=About.DATE)
        return self.annotate(is_date_disputed=Exists(disputes.filter(event=OuterRef("pk"))))

    def of_sectors(self, sectors) -> Self:
        links = self.related("sector_links").filter(event=OuterRef("pk"), sector__in=sectors)
        return self.filter(Exists(links))

    def with_actors(self, actors) -> Self:
        """Events in which at least one of the actors takes part."""
        # Not `Exists`: it would be asked of every event, when the links name the few.
        return self.filter(
            pk__in=self.related("participants").filter(actor__in=actors).values("event")
        )

    def touching(self, agreements) -> Self:
        """Events that did something to at least one of the agreements."""
        links = self.related("agreement_links").filter(agreement__in=agreements)
        return self.filter(pk__in=links.values("event"))

    def resting_on(self, sources) -> Self:
        """Events that cite at least one of the sources, for themselves or for a claim."""
        citations = self.related("citations").filter(source__in=sources)
        own = citations.filter(event__isnull=False).values("event")
        of_claims = citations.filter(claim__dispute__event__isnull=False)
        return self.filter(Q(pk__in=own) | Q(pk__in=of_claims.values("claim__dispute__event")))

    def in_order(self, *, newest_first: bool = False) -> Self:
        order = ["start_earliest", "start_latest", "slug"]
        return self.order_by(*(f"-{name}" if newest_first else name for name in order))

    def before(self, event) -> Self:
        """Events earlier in the order of the timeline, the nearest first."""
        return self._beside(event, "lt").in_order(newest_first=True)

    def after(self, event) -> Self:
        """Events later in the order of the timeline, the nearest first."""
        return self._beside(event, "gt").in_order()

    def _beside(self, event, lookup: str) -> Self:
        same_day = Q(start_earliest=event.start_earliest)
        same_date = same_day & Q(start_latest=event.start_latest)
        # The first condition follows from the others. From it the index knows where to begin.
        return self.filter(**{f"start_earliest__{lookup}e": event.start_earliest}).filter(
            Q(**{f"start_earliest__{lookup}": event.start_earliest})
            | (same_day & Q(**{f"start_latest__{lookup}": event.start_latest}))
            | (same_date & Q(**{f"slug__{lookup}": event.slug}))
        )

    def for_naming(self) -> Self:
        """With no more than what an event is called, and when it was."""
        texts = (f"title_{language}" for language in ("en", "tr", "ja"))
        return self.only(*texts, "slug", "start", "end", "approximate", "importance")

    def for_lanes(self) -> Self:
        """With all that an event in a lane shows, oldest first."""
        return (
            self.with_attestation()
            .in_order()
            .defer("folded", "note", "summary_en", "summary_tr", "summary_ja")
            .prefetch_related("sector_links__sector")
        )

    def for_publication(self) -> Self:
        return self.prefetch_related("sector_links", "citations__source", "disputes__claims")

    def for_folding(self) -> Self:
        return self.select_related("place").prefetch_related("participants__actor")

    def for_cards(self) -> Self:
        """With all that an event in a list shows."""
        return (
            self.with_attestation()
            .with_evidence()
            .prefetch_related(
                "sector_links__sector",
                Prefetch("participants", self.related("participants").public()),
            )
        )

    def for_records(self) -> Self:
        """With all that leaves the program of an event."""
        return (
            self.with_attestation()
            .with_evidence()
            .select_related("place")
            .prefetch_related(
                "sector_links__sector",
                Prefetch("participants", self.related("participants").for_page()),
                Prefetch("agreement_links", self.related("agreement_links").naming("agreement")),
                Prefetch("related", self.related("related").naming("target")),
            )
        )

    def for_anniversaries(self) -> Self:
        """With all that an anniversary in a list shows."""
        return (
            self.with_attestation()
            .with_date_disputed()
            .select_related("place")
            .prefetch_related("sector_links__sector")
        )

    def for_page(self) -> Self:
        """With all that the page of an event shows."""
        related = self.related("related")
        return (
            self.with_attestation()
            .with_evidence()
            .with_check()
            .select_related("place")
            .prefetch_related(
                "sector_links__sector",
                Prefetch("participants", self.related("participants").for_page()),
                Prefetch("agreement_links", self.related("agreement_links").to_agreements()),
                Prefetch("related", related.to_events("target")),
                Prefetch("related_from", related.to_events("event")),
                Prefetch("story_steps", self.related("story_steps").public()),
            )
        )


def _is_there(rows: QuerySet) -> Q:
    return Q(IsNull(Subquery(rows.values("pk")[:1]), False))
