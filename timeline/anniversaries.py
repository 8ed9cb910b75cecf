"""Which anniversaries are kept, and on which day."""

import calendar
from datetime import date, timedelta
from typing import NamedTuple

_LEAP_DAY = (2, 29)


class Anniversary(NamedTuple):
    """So many years after a day, and the day on which they are kept."""

    on: date
    years: int


def is_round(years: int) -> bool:
    """Whether so many years are an anniversary to prepare for: 5, 10, 25, 50, 75, 100, 125 …"""
    return years in (5, 10) or (years > 0 and years % 25 == 0)


def kept_on(day: date, years: int) -> date:
    """The day that is so many years after `day`."""
    year = day.year + years
    # 29 February is kept on the 28th in common years: still in its month, as protocol does it.
    if (day.month, day.day) == _LEAP_DAY and not calendar.isleap(year):
        return date(year, 2, 28)
    return day.replace(year=year)


def twelve_months(first: date) -> tuple[date, date]:
    """The first and the last day of the year that begins on `first`."""
    return first, kept_on(first, 1) - timedelta(days=1)


def between(first: date, last: date, *, of: date) -> list[Anniversary]:
    """The round anniversaries of a day that are kept in the period, both ends included."""
    found = [
        Anniversary(kept_on(of, years), years)
        for years in range(first.year - of.year, last.year - of.year + 1)
        if is_round(years)
    ]
    return [anniversary for anniversary in found if first <= anniversary.on <= last]


def origins(first: date, last: date) -> list[tuple[date, date]]:
    """From when to when the days lie that have a round anniversary in the period, span by span."""
    end = last + timedelta(days=1)
    return [
        (_first_kept_from(first, years), _first_kept_from(end, years) - timedelta(days=1))
        for years in range(1, first.year)
        if is_round(years)
    ]


def days_kept_on(day: date) -> list[tuple[int, int]]:
    """The days of the year, as month and day, of which an anniversary is kept on that day."""
    here = (day.month, day.day)
    is_double = here == (2, 28) and not calendar.isleap(day.year)
    return [here, _LEAP_DAY] if is_double else [here]


def _first_kept_from(day: date, years: int) -> date:
    """The first day of which so many years are kept on `day` or later."""
    year = day.year - years
    if (day.month, day.day) == _LEAP_DAY and not calendar.isleap(year):
        return date(year, 3, 1)
    return day.replace(year=year)
