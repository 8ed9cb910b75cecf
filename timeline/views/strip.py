"""The year strip: what its template draws, measured in per cent of its height and width."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timeline import wording
from timeline.facets import FIRST_YEAR, LAST_YEAR, Year

SCALE = 40
"""Up to so many records in a year each is a brick of its own."""
PERIOD = ("year", "from", "to", "page")


@dataclass
class Bar:
    """A part of a year's column; `kind` is "", "vague" or "other"."""

    kind: str
    y: str
    height: str


@dataclass
class Cell:
    year: int
    label: str
    url: str
    bars: list[Bar]
    landmarks: list
    pin: str


@dataclass
class Decade:
    label: str
    url: str
    count: int


def address(data: QueryDict, **period: object) -> str:
    """The query string for the same list in another period."""
    rest = data.copy()
    for name in PERIOD:
        rest.pop(name, None)
    rest.update({name: str(value) for name, value in period.items()})
    return f"?{rest.urlencode()}"


def scale(years: list[Year]) -> int:
    """How many records the full height stands for."""
    return max(SCALE, *(year.total for year in years))


def cells(years: list[Year], data: QueryDict) -> list[Cell]:
    tallest = scale(years)
    return [
        Cell(
            year.year,
            _label(year),
            address(data, year=year.year),
            _bars(year, tallest),
            year.landmarks,
            _percent(1 - year.total / tallest),
        )
        for year in years
    ]


def decades(counts: dict[tuple[int, int], int], data: QueryDict) -> list[Decade]:
    return [
        Decade(
            wording.decade(first // 10 * 10),
            address(data, **{"from": first, "to": last}),
            count,
        )
        for (first, last), count in counts.items()
    ]


def _label(year: Year) -> str:
    found = ngettext("%(year)d: %(n)d record", "%(year)d: %(n)d records", year.total) % {
        "year": year.year,
        "n": year.total,
    }
    if not year.in_view:
        return found
    return _("%(found)s, %(n)d in this view") % {"found": found, "n": year.in_view}


def _bars(year: Year, tallest: int) -> list[Bar]:
    parts = {
        "": year.in_view - year.vague,
        "vague": year.vague,
        "other": year.total - year.in_view,
    }
    bars, below = [], 0
    for kind, number in parts.items():
        if number > 0:
            below += number
            bars.append(Bar(kind, _percent(1 - below / tallest), _percent(number / tallest)))
    return bars


def _percent(part: float) -> str:
    return f"{100 * part:.4g}%"


def window(data: QueryDict, years: list[Year]) -> dict[str, str] | None:
    """Where the period asked for lies; None when the whole century is in view."""
    seen = [year.year for year in years if year.in_view]
    if not seen or not any(data.get(name) for name in ("year", "from", "to")):
        return None
    century = LAST_YEAR - FIRST_YEAR + 1
    left, right = (seen[0] - FIRST_YEAR) / century, (seen[-1] + 1 - FIRST_YEAR) / century
    return {
        "left": _percent(left),
        "width": _percent(right - left),
        "right": _percent(right),
    }
