"""The records of each kind, in the order of the data files, with all that a picture shows."""

from django.db.models import Prefetch

from timeline.models import (
    Actor,
    Agreement,
    AgreementDate,
    AgreementLink,
    Citation,
    Claim,
    CoverageStatement,
    Dispute,
    Event,
    EventLink,
    EventSector,
    Participation,
    Place,
    Sector,
    Source,
    Story,
    StoryStep,
    Tenure,
)


def _with_citations(model, *related: str):
    cited = Citation.objects.select_related("source")
    return model.objects.select_related(*related).prefetch_related(Prefetch("citations", cited))


def _with_disputes(records):
    disputes = Dispute.objects.prefetch_related(Prefetch("claims", _with_citations(Claim)))
    return records.prefetch_related(Prefetch("disputes", disputes))


def _actors():
    tenures = Prefetch("tenures", _with_citations(Tenure, "institution"))
    return Actor.objects.select_related("merged_into").prefetch_related(tenures).order_by("slug")


def _agreements():
    dates = Prefetch("dates", _with_citations(AgreementDate, "place"))
    records = _with_disputes(_with_citations(Agreement, "merged_into"))
    return records.prefetch_related("sectors", "parties", dates).order_by("slug")


def _events():
    records = _with_disputes(_with_citations(Event, "merged_into", "place"))
    return records.prefetch_related(
        Prefetch("sector_links", EventSector.objects.select_related("sector")),
        Prefetch("participants", Participation.objects.select_related("actor")),
        Prefetch("agreement_links", AgreementLink.objects.select_related("agreement")),
        Prefetch("related", EventLink.objects.select_related("target")),
    ).in_order()


def _stories():
    steps = Prefetch("steps", _with_citations(StoryStep).prefetch_related("events"))
    records = Story.objects.select_related("merged_into").prefetch_related("sectors", steps)
    return records.order_by("slug")


QUERIES = {
    "sectors": Sector.objects.all,
    "places": lambda: Place.objects.select_related("merged_into").order_by("slug"),
    "sources": lambda: Source.objects.select_related("merged_into").order_by("slug"),
    "actors": _actors,
    "agreements": _agreements,
    "events": _events,
    "stories": _stories,
    "coverage": lambda: CoverageStatement.objects.prefetch_related("sectors"),
}
