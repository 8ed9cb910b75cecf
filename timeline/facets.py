"""Counts for the filter panel and the year strip: what would I see if I chose this?

Every module here takes a `Found`, and asks the database nothing but the names of landmarks.
"""

from collections import Counter
from dataclasses import dataclass, field

from timeline.found import Found
from timeline.index import FACETS
from timeline.models import Event

FIRST_YEAR, LAST_YEAR = 1924, 2025
NAMED = 300
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
    _name_landmarks(strip, index)
    return strip


def _name_landmarks(strip: list[Year], index) -> None:
    numbers = index.weightiest(index.landmarks, NAMED)
    named = Event.objects.published().for_naming().in_bulk(numbers)
    by_year = {year.year: year for year in strip}
    for number in numbers:
        if number in named and named[number].year in by_year:
            by_year[named[number].year].landmarks.append(named[number])
    if index.landmarks.bit_count() > len(numbers):
        for year in strip:
            begun = index.landmarks & index.begun_in(year.year)
            year.more_landmarks = max(begun.bit_count() - len(year.landmarks), 0)


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
