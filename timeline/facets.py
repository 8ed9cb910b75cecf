"""Counts for the filter panel and the year strip: what would I see if I chose this?

`events` is a valid `EventFilter` throughout.
"""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count
from django.db.models.functions import Length, Substr

from timeline.choices import Importance
from timeline.models import Event

FIRST_YEAR, LAST_YEAR = 1924, 2025
COUNTED = {
    "sector": "sectors__slug",
    "attestation": "attestation",
    "kind": "kind",
    "importance": "importance",
    "country": "place__country",
    "disputed": "is_disputed",
}
"""The facets by name, and the column whose values each counts."""


def counts(events) -> dict[str, Counter]:
    """For each facet the events by value, given all that is asked except in that facet."""
    found = {name: Counter() for name in COUNTED}
    for name, column in COUNTED.items():
        others = events.without(name).with_attestation().with_disputed().order_by()
        for value, number in others.values_list(column).annotate(Count("pk", distinct=True)):
            found[name][{True: "yes", False: "no"}.get(value, value)] += number
    return found


@dataclass
class Year:
    """One year of the strip: its records in view, those known only by year, and all."""

    year: int
    in_view: int = 0
    vague: int = 0
    total: int = 0
    landmarks: list[Event] = field(default_factory=list)


def years(events) -> list[Year]:
    """The century year by year; an event counts in each year that it may belong to.

    A year counts what its own address would list, so strip and list agree.
    """
    strip = [Year(year) for year in range(FIRST_YEAR, LAST_YEAR + 1)]
    by_year = {one.year: one for one in strip}

    def add(found, name: str) -> None:
        for first, last, length, number in _spans(found):
            for year in range(max(first, FIRST_YEAR), min(last, LAST_YEAR) + 1):
                one = by_year[year]
                setattr(one, name, getattr(one, name) + number)
                if name == "in_view" and length == len("1924"):
                    one.vague += number

    add(Event.objects.published(), "total")
    add(events.qs, "in_view")
    for landmark in Event.objects.published().filter(importance=Importance.LANDMARK):
        if landmark.start.year in by_year:
            by_year[landmark.start.year].landmarks.append(landmark)
    return strip


def decades(events) -> dict[tuple[int, int], int]:
    """By first and last year of each decade: what its address would list, all else as asked."""
    spans = list(_spans(events.without("year", "from", "to")))
    starts = [FIRST_YEAR, *range(FIRST_YEAR // 10 * 10 + 10, LAST_YEAR + 1, 10)]
    ends = [min(start // 10 * 10 + 9, LAST_YEAR) for start in starts]
    return {
        (start, end): sum(n for first, last, _length, n in spans if first <= end and last >= start)
        for start, end in zip(starts, ends, strict=True)
    }


def _spans(found):
    """The events by first year, last year and length of their date's text, with their number."""
    spans = found.order_by().values_list(
        Substr("start_earliest", 1, 4), Substr("end_latest", 1, 4), Length("start")
    )
    for first, last, length, number in spans.annotate(Count("pk", distinct=True)):
        yield int(first), int(last), length, number
