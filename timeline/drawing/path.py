"""The path of a story through the century: where each of its steps stands in time."""

from collections.abc import Sequence
from dataclasses import dataclass

from timeline.dates import DateRange
from timeline.drawing.axis import Axis, YearLine, percent

LEAST = 0.006
"""So long is at least drawn of an event."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """As long as the evidence allows the event to be."""

    at: str
    size: str


@dataclass(frozen=True, slots=True)
class Path:
    """Decades along the line, and the stretches of each step, in the order of the steps."""

    decades: list[YearLine]
    steps: list[list[Stretch]]


def path(axis: Axis, steps: Sequence[Sequence[DateRange]]) -> Path:
    """The dates of the events of each step on one line; what lies outside stands at its end."""
    decades = [axis.line(year) for year in axis.years if year % 20 == 0]
    return Path(decades, [[_stretch(axis, when) for when in step] for step in steps])


def _stretch(axis: Axis, when: DateRange) -> Stretch:
    start = min(axis.at(when.earliest), 1 - LEAST)
    return Stretch(percent(start), percent(max(axis.after(when.latest) - start, LEAST)))
