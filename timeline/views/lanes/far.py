"""The century: in each lane a bar for every year, as tall as the records are many."""

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import groupby

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timeline.choices import Research
from timeline.found import Found
from timeline.lanes import Extent, Window, Zoom, pack, percent, title_room
from timeline.models import Event
from timeline.models.base import Localized
from timeline.views.lanes.address import address, lane_url
from timeline.views.lanes.look import CENTURY, FACET_OF, Look
from timeline.views.lanes.near import Mark, mark, plot_height

LOWEST = 12
"""The full height of a lane stands for at least so many records."""
MOST = 100
"""Of so many landmarks each has a bead; of more, as many, spread over the century."""
LEAST = 0.07
"""No bar is lower than this part of the height, or one record could not be seen."""


@dataclass
class Bar:
    """The records of one year of a lane; `side` is where its label has room."""

    year: str
    label: str
    url: str
    x: str
    width: str
    y: str
    height: str
    middle: str
    side: str


@dataclass
class Stretch:
    """A part of the line on which bars stand: researched or not yet."""

    start: str
    end: str
    is_open: bool


@dataclass
class Lane:
    name: str
    heading: Localized
    count: int
    is_open: bool
    url: str
    line: list[Stretch]
    bars: list[Bar] = field(default_factory=list)


@dataclass
class Drawing:
    lanes: list[Lane]
    landmarks: list[Mark]
    landmark_count: int
    not_drawn: int
    landmarks_height: str
    tallest: str
    next_window: dict[str, str] | None


def draw(found: Found, look: Look, research: dict[str, dict[int, Research]], trail: str) -> Drawing:
    """`research` tells by sector and year what was searched."""
    asked = found.events
    years, totals = _counts(found, look)
    most = max((number for lane in years.values() for number in lane.values()), default=0)
    nearer = address(asked.data, zoom=Zoom.DECADE, at=None, event=None)
    lanes = []
    for name, heading in look.headings.items():
        not_yet = look.open_years(name, research)
        url = lane_url(asked.data, look.by, name, None)
        lane = Lane(name, heading, totals[name], bool(not_yet), url, _line(not_yet))
        lane.bars = [
            _bar(lane, year, number, max(most, LOWEST), nearer)
            for year, number in sorted(years[name].items())
        ]
        lanes.append(lane)
    landmarks = found.landmarks & found.index.overlapping(CENTURY.period)
    marks, height = _landmarks(found.index.weightiest(landmarks, MOST), trail)
    number = landmarks.bit_count()
    not_drawn = number - len(marks)
    return Drawing(
        lanes,
        marks,
        number,
        not_drawn,
        height,
        _tallest(lanes, years, most),
        _next_window(asked.data, look),
    )


def _counts(found: Found, look: Look) -> tuple[dict[str, Counter], Counter]:
    """The records of each lane by year, and all of them within the century."""
    seen = found.bits & found.index.overlapping(CENTURY.period)
    lanes = found.index.having[FACET_OF[look.by]]
    inside = {name: seen & lanes.get(name, 0) for name in look.headings}
    years = {name: found.index.by_year(bits, CENTURY.years) for name, bits in inside.items()}
    return years, Counter({name: bits.bit_count() for name, bits in inside.items()})


def _line(not_yet: list[int]) -> list[Stretch]:
    """The line of a lane, told apart by whether somebody has looked."""
    length, at, line = len(CENTURY.years), 0, []
    for is_open, run in groupby(CENTURY.years, key=set(not_yet).__contains__):
        end = at + len(list(run))
        line.append(Stretch(percent(at / length), percent(end / length), is_open))
        at = end
    return line


def _bar(lane: Lane, year: int, number: int, most: int, nearer: str) -> Bar:
    length, height = len(CENTURY.years), max(0.96 * number / most, LEAST)
    x = (year - CENTURY.first) / length
    label = ngettext(
        "%(lane)s, %(year)d: %(n)d record", "%(lane)s, %(year)d: %(n)d records", number
    )
    return Bar(
        str(year),
        label % {"lane": lane.heading.text, "year": year, "n": number},
        f"{nearer}&at={year}",
        percent(x),
        percent(0.8 / length),
        percent((1 - height) / 2),
        percent(height),
        percent(x + 0.4 / length),
        "start" if x < 0.1 else "end" if x > 0.9 else "middle",
    )


def _landmarks(numbers: list[int], trail: str) -> tuple[list[Mark], str]:
    events = list(Event.objects.published().filter(pk__in=numbers).for_lanes())
    extents = [_point(CENTURY.extent(event.when)) for event in events]
    # Beads alone: a century of titles would bury the lanes. Who points at one reads it.
    rooms = [title_room(event.heading.text) for event in events]
    slots = [
        replace(slot, width=0.0) for slot in pack(extents, rooms, keeps_room=[False] * len(events))
    ]
    marks = [
        mark(event, extent, slot, trail, CENTURY)
        for event, extent, slot in zip(events, extents, slots, strict=True)
    ]
    return marks, plot_height(slots)


def _point(extent: Extent) -> Extent:
    """Seen from so far, a landmark is where the middle of its date lies."""
    middle = (extent.start + extent.end) / 2
    return Extent(middle, middle)


def _tallest(lanes: list[Lane], years: dict[str, Counter], most: int) -> str:
    """What the tallest bar stands for, in words."""
    for lane in lanes:
        for year, number in years[lane.name].items():
            if number == most:
                said = ngettext(
                    "The tallest, %(lane)s in %(year)d, stands for %(n)d record.",
                    "The tallest, %(lane)s in %(year)d, stands for %(n)d records.",
                    number,
                )
                return said % {"lane": lane.heading.text, "year": year, "n": number}
    return _("There is none here.")


def _next_window(data: QueryDict, look: Look) -> dict[str, str] | None:
    """What the next zoom will show, once the reader has a place."""
    if not data.get("at"):
        return None
    part = Window.around(look.place, Zoom.DECADE, CENTURY).within(CENTURY)
    return {"x": percent(part.start), "width": percent(part.end - part.start)}
