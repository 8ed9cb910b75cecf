"""What stands above the lanes: nearer and farther, earlier and later, and the axis of years."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.dates import MONTHS

from timeline import lanes
from timeline.lanes import Window, Zoom
from timeline.views.lanes.address import address
from timeline.views.lanes.look import BY, CENTURY, ZOOMS, Look


@dataclass
class Step:
    """A link of the bar above the lanes; without an address it leads nowhere from here."""

    label: str
    url: str
    is_current: bool = False


def zoom_bar(data: QueryDict, look: Look) -> dict:
    """Nearer and farther, earlier and later, and by what the lanes are told apart."""

    def zoomed(zoom: Zoom | None) -> str:
        at = look.place if look.is_near or data.get("at") or zoom is not Zoom.CENTURY else None
        return address(data, zoom=_unless(zoom, Zoom.CENTURY), at=at) if zoom else ""

    window, length = look.window, len(look.window.years)

    def moved(years: int, is_possible: bool) -> Step:
        to = Window.around(window.middle + years, look.zoom, CENTURY)
        url = address(data, at=to.middle, event=None) if look.is_near and is_possible else ""
        return Step(f"{to.first}–{to.last}", url)

    return {
        "levels": [Step(ZOOMS[zoom], zoomed(zoom), zoom is look.zoom) for zoom in Zoom],
        "nearer": zoomed(look.zoom.nearer),
        "farther": zoomed(look.zoom.farther),
        "earlier": moved(-length, window.first > CENTURY.first),
        "later": moved(length, window.last < CENTURY.last),
        "by": [
            Step(label, address(data, by=_unless(by, "sector")), by == look.by)
            for by, label in BY.items()
        ],
    }


def _unless(value, default):
    """What need not be said is not said."""
    return None if value == default else value


@dataclass
class Tick:
    """A column of the axis; `at` is where it begins."""

    label: str
    url: str
    at: str
    is_major: bool = True


def ticks(data: QueryDict, look: Look) -> list[Tick]:
    years = look.window.years

    def tick(label, part: float, is_major=True, **to) -> Tick:
        url = address(data, **to, event=None) if to else ""
        return Tick(str(label), url, lanes.percent(part / len(years)), is_major)

    if look.zoom is Zoom.CENTURY:
        return [
            tick(year, year - years[0], zoom=Zoom.DECADE, at=year // 10 * 10 + 5)
            for year in years
            if year % 10 == 0 or year == years[0]
        ]
    if look.zoom is Zoom.DECADE:
        return [tick(year, year - years[0], zoom=Zoom.YEARS, at=year) for year in years]
    return [
        tick(MONTHS[month] if month > 1 else year, year - years[0] + (month - 1) / 12, month == 1)
        for year in years
        for month in (1, 4, 7, 10)
    ]


def decades(data: QueryDict) -> list[Step]:
    """Every decade of the century, at the zoom the reader has."""
    starts = [year for year in CENTURY.years if year % 10 == 0 or year == CENTURY.first]
    return [Step(str(year), address(data, at=year // 10 * 10 + 5, event=None)) for year in starts]
