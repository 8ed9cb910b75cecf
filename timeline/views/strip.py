"""The year strip: what its template draws, measured in per cent of its height and width."""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from django.http import QueryDict
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from timeline import wording
from timeline.facets import FIRST_YEAR, LAST_YEAR, Year

SCALE = 40
"""Up to so many records in a year each is a brick of its own."""
PERIOD = ("year", "from", "to", "page")


BAR, GAP = 0.75, 0.1
"""How wide a bar is, and how far from the start of its year; a year is 1."""


class Cell(NamedTuple):
    year: int
    label: str
    url: str


@dataclass
class Bars:
    """The columns of all years as paths, in years from the left and records from the top."""

    height: int
    in_view: str
    vague: str
    other: str
    pins: str
    """From the top down to the column of each year with a landmark."""


@dataclass
class Decade:
    label: str
    url: str
    count: int


def _elsewhere(data: QueryDict) -> str:
    """The beginning of the query string for the same list in another period, which is to follow."""
    rest = data.copy()
    for name in PERIOD:
        rest.pop(name, None)
    return f"?{rest.urlencode()}&" if rest else "?"


def scale(years: list[Year]) -> int:
    """How many records the full height stands for."""
    return max(SCALE, *(year.total for year in years))


def cells(years: list[Year], data: QueryDict) -> list[Cell]:
    begun = _elsewhere(data)
    return [Cell(year.year, _label(year), f"{begun}year={year.year}") for year in years]


def bars(years: list[Year]) -> Bars:
    height = scale(years)
    drawn = {"in_view": "", "vague": "", "other": "", "pins": ""}
    for at, year in enumerate(years):
        left = height
        parts = {
            "in_view": year.in_view - year.vague,
            "vague": year.vague,
            "other": year.total - year.in_view,
        }
        for name, number in parts.items():
            left -= number
            if number > 0:
                drawn[name] += f"M{at + GAP:g} {left}h{BAR}v{number}h-{BAR}z"
        if year.landmarks:
            drawn["pins"] += f"M{at + GAP + BAR / 2:g} 0v{left}"
    return Bars(height, **drawn)


def decades(counts: dict[tuple[int, int], int], data: QueryDict) -> list[Decade]:
    begun = _elsewhere(data)
    return [
        Decade(wording.decade(first // 10 * 10), f"{begun}from={first}&to={last}", count)
        for (first, last), count in counts.items()
    ]


def _label(year: Year) -> str:
    titles = tuple(event.localized("title").text for event in year.landmarks)
    said = (year.year, year.total, year.in_view, titles, year.more_landmarks)
    return _in_words(get_language(), *said)


@lru_cache(maxsize=4096)  # a page has a hundred, most of them as on the page before
def _in_words(_language: str, year: int, total: int, in_view: int, titles: tuple, more: int) -> str:
    found = ngettext("%(year)d: %(n)d record", "%(year)d: %(n)d records", total) % {
        "year": year,
        "n": total,
    }
    if in_view:
        found = _("%(found)s, %(n)d in this view") % {"found": found, "n": in_view}
    for title in titles:
        found = _("%(found)s. Landmark: %(title)s") % {"found": found, "title": title}
    if more:
        said = ngettext(
            "%(found)s. And %(n)d more landmark", "%(found)s. And %(n)d more landmarks", more
        )
        found = said % {"found": found, "n": more}
    return found


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
