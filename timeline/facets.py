"""Counts for the filter panel and the year strip: what would I see if I chose this?

Every module here takes a `Found`, and asks the database nothing but the names of landmarks.
"""

from collections import Counter
from dataclasses import dataclass, field
from functools import partial

from timeline import editions
from timeline.found import Found
from timeline.index import FACETS, Index
from timeline.models import Event

FIRST_YEAR, LAST_YEAR = 1924, 2025
NAMED = 150
"""So many landmarks are named; a record may come to have more than a strip can say."""


def counts(found: Found) -> dict[str, Counter]:
    """For each facet the events by value, given all that is asked except in that facet."""
    return {name: found.index.counts(name, found.without(name)) for name in FACETS}


@dataclass
class Year:
    """One year of the strip: its records in view, those known only by year, and all."""

    year: int
    in_view: int = 0
    vague: int = 0
    total: int = 0
    landmarks: list[Event] = field(default_factory=list)
    more_landmarks: int = 0


def years(found: Found) -> list[Year]:
    """The century year by year; an event counts in each year that it may belong to.

    A year counts what its own address would list, so strip and list agree.
    """
    index, bits = found.index, found.bits
    vague = bits & index.whole_years
    strip = [
        Year(
            year,
            (bits & index.year(year)).bit_count(),
            (vague & index.year(year)).bit_count(),
            index.year(year).bit_count(),
        )
        for year in range(FIRST_YEAR, LAST_YEAR + 1)
    ]
    landmarks = editions.kept("landmarks", partial(_landmarks, index))
    for year in strip:
        year.landmarks, year.more_landmarks = landmarks[year.year]
    return strip


def _landmarks(index: Index) -> dict[int, tuple[list[Event], int]]:
    """By year the landmarks that are named, and how many more there are."""
    numbers = index.weightiest(index.landmarks, NAMED)
    named = list(Event.objects.published().filter(pk__in=numbers).in_order().for_naming())
    found = {}
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        own = [event for event in named if event.year == year]
        found[year] = own, (index.landmarks & index.begun_in(year)).bit_count() - len(own)
    return found


def decades(found: Found) -> dict[tuple[int, int], int]:
    """By first and last year of each decade: what its address would list, all else as asked."""
    rest, decades = found.without("year", "from", "to"), {}
    for start in [FIRST_YEAR, *range(FIRST_YEAR // 10 * 10 + 10, LAST_YEAR + 1, 10)]:
        end = min(start // 10 * 10 + 9, LAST_YEAR)
        own = 0
        for year in range(start, end + 1):
            own |= found.index.year(year)
        decades[start, end] = (rest & own).bit_count()
    return decades
