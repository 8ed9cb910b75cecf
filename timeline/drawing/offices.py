"""The offices a person held, as bars over the records in which the person takes part."""

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from timeline.dates import DateRange, PartialDate, Precision
from timeline.drawing.axis import MARGIN, Axis, Part, YearLine, between, look, percent

HAIR = 0.003
"""What is solid is at least so wide, or one day of it could not be seen."""
BEAD, ROW, LAST_ROW = 0.0315, 24, 20
"""How wide a bead is on the narrowest picture; how high its row is in pixels, and the last."""
EM = 1 / 55
"""How wide a letter's height is on the narrowest picture that shows words."""
LONGEST_DATES = 17
"""About how wide “21 September 1980 – 14 September 1982” is, in letters' heights."""
LABELS_END = 0.94
"""The label of a year further right would leave the picture."""
GRIDS = [(7, 1, 1), (20, 1, 2), (50, 5, 5), (80, 10, 10), (math.inf, 20, 20)]
"""Up to so many years: every how many are a line, and every how many have a label."""


class Office(NamedTuple):
    """At least one of its dates is known."""

    title: str
    start: PartialDate | None
    end: PartialDate | None


@dataclass(frozen=True, slots=True)
class Bar:
    """An office: parts that look day, month, year or open. Flipped words end at `x`."""

    parts: list[Part]
    x: str
    flipped: bool


@dataclass(frozen=True, slots=True)
class Bead:
    """A record; `extent` is what a date not known by the day leaves possible."""

    x: str
    y: str
    extent: Part | None


@dataclass(frozen=True, slots=True)
class Career:
    years: list[YearLine]
    bars: list[Bar]
    beads: list[Bead]
    height: str

    @property
    def looks(self) -> set[str]:
        parts = [part for bar in self.bars for part in bar.parts]
        parts += [bead.extent for bead in self.beads if bead.extent]
        return {part.look for part in parts}


def career(offices: Sequence[Office], records: Sequence[DateRange]) -> Career:
    """Offices over the records of who held them; both in the order of their dates."""
    dates = [date for office in offices for date in (office.start, office.end) if date]
    known = [*map(DateRange, dates), *records]
    axis = Axis.around([day for when in known for day in (when.earliest, when.latest)])
    bars = [_bar(office.title, _parts(axis, office, offices, records)) for office in offices]
    beads, rows = _beads(axis, records)
    return Career(_grid(axis), bars, beads, str((rows - 1) * ROW + LAST_ROW))


def _grid(axis: Axis) -> list[YearLine]:
    every, named = next(grid[1:] for grid in GRIDS if len(axis.years) <= grid[0])
    last = axis.first + LABELS_END * len(axis.years)
    return [
        axis.line(year, is_named=year % named == 0 and year < last)
        for year in axis.years
        if year % every == 0
    ]


def _parts(
    axis: Axis, office: Office, offices: Sequence[Office], records: Sequence[DateRange]
) -> list[Part]:
    if office.start:
        parts = _known(axis, office.start, office.end or office.start)
        if office.end:
            return parts
        edge = parts[-1].right
        reach = max(_next(axis, office.start, offices, records), edge + MARGIN)
        return [*parts, Part("open", edge, min(reach, 1.0))]
    if office.end:
        parts = _known(axis, office.end, office.end)
        edge = parts[0].left
        reach = min(_previous(axis, office.end, offices, records), edge - MARGIN)
        return [Part("open", max(reach, 0.0), edge), *parts]
    raise ValueError("An office without any date has no place in time.")


def _known(axis: Axis, start: PartialDate, end: PartialDate) -> list[Part]:
    parts = between(axis, DateRange(start), DateRange(end), Precision.DAY)
    return [
        Part(part.look, part.left, max(part.right, part.left + HAIR))
        if part.look == Precision.DAY
        else part
        for part in parts
    ]


def _next(
    axis: Axis, start: PartialDate, offices: Sequence[Office], records: Sequence[DateRange]
) -> float:
    """How far an office without an end may reach: to the next one, else to the last record."""
    starts = [office.start.earliest for office in offices if office.start]
    later = [day for day in starts if day > start.earliest]
    if later:
        return axis.at(min(later))
    return max((axis.after(record.latest) for record in records), default=0.0)


def _previous(
    axis: Axis, end: PartialDate, offices: Sequence[Office], records: Sequence[DateRange]
) -> float:
    """How far back an office without a start may reach: to the last one, or the first record."""
    ends = [office.end.latest for office in offices if office.end]
    earlier = [day for day in ends if day < end.latest]
    if earlier:
        return axis.after(max(earlier))
    return min((axis.at(record.earliest) for record in records), default=1.0)


def _bar(title: str, parts: list[Part]) -> Bar:
    """Words begin above their bar; where they would leave the picture, they end there."""
    left, right = parts[0].left, parts[-1].right
    width = max(_letters(title), LONGEST_DATES) * EM
    if left + width <= 1:
        return Bar(parts, percent(left), flipped=False)
    if right - width >= 0:
        return Bar(parts, percent(right), flipped=True)
    return Bar(parts, percent(0), flipped=False)


def _letters(text: str) -> float:
    """About how wide a text is; letters of East Asia are twice as wide as others."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return wide + 0.53 * (len(text) - wide)


def _beads(axis: Axis, records: Sequence[DateRange]) -> tuple[list[Bead], int]:
    """Each record in the first row where it touches no other, and the number of rows."""
    beads, last = [], [-BEAD]
    for record in records:
        left, right = axis.at(record.earliest), axis.after(record.latest)
        place = (left + right) / 2
        row = next((i for i, before in enumerate(last) if place - before >= BEAD), len(last))
        last[row : row + 1] = [place]
        extent = Part(look(record), left, right) if record.is_vague else None
        beads.append(Bead(percent(place), str(row * ROW), extent))
    return beads, len(last)
