"""The lanes as geometry: a window of time, where a date lies in it, rows without overlap.

Positions and widths are fractions of the window, from 0 at its left to 1 at its right.
"""

import calendar
import datetime
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from timeline.dates import DateRange, PartialDate

PLOT = 64
"""How wide a plot is at least, in letters' heights (em); titles are measured in the same."""
BEAD = 1.3 / PLOT
GAP = 0.6 / PLOT
LONGEST, SHORTEST = 20 / PLOT, 11 / PLOT
"""A title is promised no more room than the first; in less than the second it is left out."""
EXACT = 1e-9


class Zoom(StrEnum):
    CENTURY = "century"
    DECADE = "decade"
    YEARS = "years"

    @property
    def nearer(self) -> "Zoom | None":
        return {Zoom.CENTURY: Zoom.DECADE, Zoom.DECADE: Zoom.YEARS}.get(self)

    @property
    def farther(self) -> "Zoom | None":
        return {Zoom.YEARS: Zoom.DECADE, Zoom.DECADE: Zoom.CENTURY}.get(self)


LENGTHS = {Zoom.DECADE: 10, Zoom.YEARS: 3}


@dataclass(frozen=True, slots=True)
class Extent:
    """What a date leaves possible, as far as it lies in a window."""

    start: float
    end: float
    began_before: bool = False
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """Whole years, both ends included."""

    first: int
    last: int

    @classmethod
    def around(cls, year: int, zoom: Zoom, century: "Window") -> "Window":
        """The window of that zoom with the year in its middle, as far as the century reaches."""
        if zoom is Zoom.CENTURY:
            return century
        length = LENGTHS[zoom]
        first = min(max(year - length // 2, century.first), century.last - length + 1)
        return cls(first, first + length - 1)

    @property
    def years(self) -> range:
        return range(self.first, self.last + 1)

    @property
    def middle(self) -> int:
        """The year around which this window lies."""
        return self.first + len(self.years) // 2

    @property
    def period(self) -> DateRange:
        return DateRange(PartialDate(self.first), PartialDate(self.last))

    def within(self, other: "Window") -> Extent:
        """Where this window lies in a larger one."""
        length = len(other.years)
        start = (self.first - other.first) / length
        return Extent(start, start + len(self.years) / length)

    def extent(self, when: DateRange) -> Extent:
        """Where a date lies that the window holds at least a part of."""
        start, end = self._position(when.earliest), self._position(when.latest, after=True)
        return Extent(max(start, 0.0), min(end, 1.0), start < 0, end > 1)

    def _position(self, day: datetime.date, *, after: bool = False) -> float:
        # Months are drawn equally long, so that the lines of the quarters are evenly spaced.
        length = calendar.monthrange(day.year, day.month)[1]
        months = (day.year - self.first) * 12 + day.month - 1
        return (months + (day.day - 1 + after) / length) / (12 * len(self.years))


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a mark stands: its row, and the room for its title beside the bead.

    `width` is 0 where no title fits; `flipped` when the title stands before the bead, because
    only there it fits whole.
    """

    row: int
    left: float = 0.0
    width: float = 0.0
    flipped: bool = False


class _Box(NamedTuple):
    """What a mark takes up of its row."""

    left: float
    right: float


def title_room(title: str) -> float:
    """About how wide a title is drawn; letters of East Asia are twice as wide."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in title)
    return (wide + 0.53 * (len(title) - wide) + 1) / PLOT


def pack(
    extents: Sequence[Extent], rooms: Sequence[float], *, keeps_room: Sequence[bool]
) -> list[Slot]:
    """Rows for marks in the order of their starts, so that neither marks nor titles overlap.

    A mark that keeps room does not share the room of its title; the others show theirs as
    far as the marks beside them happen to leave space.
    """
    flipped = [
        extent.start + BEAD / 2 + room > 1 and extent.start - BEAD / 2 - room > 0
        for extent, room in zip(extents, rooms, strict=True)
    ]
    boxes = [
        _box(extent, room if keeps else 0, flips)
        for extent, room, keeps, flips in zip(extents, rooms, keeps_room, flipped, strict=True)
    ]
    slots: dict[int, Slot] = {}
    for number, row in enumerate(_rows(boxes)):
        edge = 0.0
        for at, i in enumerate(row):
            right = boxes[row[at + 1]].left - GAP if at + 1 < len(row) else 1.0
            slots[i] = _slot(number, extents[i], rooms[i], (edge, right), flipped[i])
            edge = max(boxes[i].right, slots[i].left + slots[i].width) + GAP
    return [slots[i] for i in range(len(boxes))]


def _box(extent: Extent, room: float, flipped: bool) -> _Box:
    left, right = extent.start - BEAD / 2, max(extent.end, extent.start + BEAD / 2)
    if flipped:
        return _Box(left - room, right)
    return _Box(left, max(right, extent.start + BEAD / 2 + min(room, LONGEST)))


def _rows(boxes: list[_Box]) -> list[list[int]]:
    """Each box, by its number, in the first row that is free where it begins."""
    rows: list[list[int]] = []
    for i, box in enumerate(boxes):
        free = (row for row in rows if boxes[row[-1]].right + GAP <= box.left)
        row = next(free, None)
        if row is None:
            rows.append([i])
        else:
            row.append(i)
    return rows


def _slot(row: int, extent: Extent, room: float, free: tuple[float, float], flipped: bool) -> Slot:
    """The title gets what it wants of the space that is free beside the bead, or none."""
    if flipped:
        right = extent.start - BEAD / 2
        width = min(room, right - free[0])
        left = right - width
    else:
        left = extent.start + BEAD / 2
        width = min(room, free[1] - left)
    # A title is cut at its end; one that stands before its bead would lose its beginning.
    if width < (room if flipped else min(room, SHORTEST)) - EXACT:
        return Slot(row, flipped=flipped)
    return Slot(row, left, width, flipped)


def percent(part: float) -> str:
    """A fraction as an SVG attribute says it, to a tenth of a pixel of a wide screen."""
    return f"{100 * part:.2f}".rstrip("0").rstrip(".") + "%"
