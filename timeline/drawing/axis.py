"""What the pictures stand on: years across, and lines that never claim more than is known."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from timeline.dates import DateRange, Precision

MARGIN = 0.02
"""What a picture leaves empty at either side."""
SHORTEST = 5
"""Over how many years it extends at least."""


@dataclass(frozen=True, slots=True)
class Axis:
    """Whole years, both ends included. What lies outside is drawn at the edge."""

    first: int
    last: int

    @classmethod
    def around(cls, days: Sequence[datetime.date]) -> "Axis":
        """The years of these days, with some room at either side."""
        first, last = min(days), max(days)
        missing = max(SHORTEST - 1 - (last.year - first.year), 0)
        axis = cls(first.year - missing // 2, last.year + missing - missing // 2)
        if axis.at(first) < MARGIN:
            axis = cls(axis.first - 1, axis.last)
        return axis if axis.after(last) <= 1 - MARGIN else cls(axis.first, axis.last + 1)

    @property
    def years(self) -> range:
        return range(self.first, self.last + 1)

    def at(self, day: datetime.date) -> float:
        """Where a day begins."""
        return self._place(day.toordinal())

    def after(self, day: datetime.date) -> float:
        """Where a day has ended."""
        return self._place(day.toordinal() + 1)

    def line(self, year: int, *, is_named: bool = True) -> "YearLine":
        return YearLine(percent(self.at(datetime.date(year, 1, 1))), str(year) if is_named else "")

    def _place(self, ordinal: int) -> float:
        start = datetime.date(self.first, 1, 1).toordinal()
        end = datetime.date(self.last, 12, 31).toordinal() + 1
        return min(max((ordinal - start) / (end - start), 0.0), 1.0)


class YearLine(NamedTuple):
    x: str
    label: str


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a line, and what its look says of it."""

    look: str
    left: float
    right: float

    @property
    def x(self) -> str:
        return percent(self.left)

    @property
    def x2(self) -> str:
        return percent(self.right)

    @property
    def width(self) -> str:
        return percent(self.right - self.left)


def percent(place: float) -> str:
    return f"{100 * place:.2f}%"


def between(axis: Axis, start: DateRange, end: DateRange, sure: str) -> list[Part]:
    """What the start leaves open, what is certain of the time between, what the end leaves open.

    `sure` is how the certain part looks; where the dates leave nothing certain there is none.
    """
    left, right = axis.at(start.earliest), axis.after(end.latest)
    since = min(axis.after(start.latest) if start.is_vague else left, right)
    until = max(axis.at(end.earliest) if end.is_vague else right, since)
    parts = [
        Part(look(start), left, since),
        Part(sure, since, until),
        Part(look(end), until, right),
    ]
    return [part for part in parts if part.left < part.right]


def look(when: DateRange) -> str:
    """How exact a line for a date may look: day, month or year."""
    return Precision.YEAR if when.approximate else when.precision
