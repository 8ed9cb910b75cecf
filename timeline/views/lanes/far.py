"""The century: in each lane a bar for every year, as tall as the records are many."""

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby

from django.http import QueryDict
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from timeline.choices import Research
from timeline.found import Found
from timeline.lanes import Window, Zoom, percent
from timeline.models.base import Localized
from timeline.views.lanes.address import address, lane_url
from timeline.views.lanes.landmarks import Bead, beads
from timeline.views.lanes.look import CENTURY, FACET_OF, Look

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
    landmarks: list[Bead]
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
    marks, height = beads(found.index.weightiest(landmarks, MOST), trail)
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
    height = max(0.96 * number / most, LEAST)
    pattern = _pattern(number, get_language())
    return Bar(
        str(year),
        pattern % {"lane": lane.heading.text, "year": year, "n": number},
        f"{nearer}&at={year}",
        y=percent((1 - height) / 2),
        height=percent(height),
        **_ACROSS[year],
    )


def _across(year: int) -> dict[str, str]:
    """Where the bar of a year stands, the same in every lane."""
    length = len(CENTURY.years)
    x = (year - CENTURY.first) / length
    return {
        "x": percent(x),
        "width": percent(0.8 / length),
        "middle": percent(x + 0.4 / length),
        "side": "start" if x < 0.1 else "end" if x > 0.9 else "middle",
    }


_ACROSS = {year: _across(year) for year in CENTURY.years}


@lru_cache(maxsize=1024)  # it is the same for most bars, of which there are a thousand
def _pattern(number: int, _language: str) -> str:
    return ngettext("%(lane)s, %(year)d: %(n)d record", "%(lane)s, %(year)d: %(n)d records", number)


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
