"""Dates that say no more than their evidence.

A `PartialDate` is a year, a month or a day. A `DateRange` is what an event has: a start,
perhaps an end, and whether both are only approximate. Their text is a small profile of the
Extended Date/Time Format (EDTF, ISO 8601-2:2019): `1924`, `1924-08`, `1924-08-06`, `1927~`,
`1931-01-13/1931-01-18`. Nothing else is read, because libraries disagree about the rest.
"""

import calendar
import datetime
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

_PARTIAL = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


class Precision(StrEnum):
    """How exactly a date is known."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year from 1 to 9999, a month of it, or a day of that month.

    Raises `ValueError` when there is no such year, month or day.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("A day needs its month.")
        # datetime knows which years, months and days exist; a month 0 is not a missing month.
        datetime.date(
            self.year,
            1 if self.month is None else self.month,
            1 if self.day is None else self.day,
        )

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `1924`, `1924-08` or `1924-08-06`; anything else is a `ValueError`."""
        match = _PARTIAL.fullmatch(text)
        if not match:
            raise ValueError(f"“{text}” is not a date of the form 1924, 1924-08 or 1924-08-06.")
        try:
            return cls(*(int(part) for part in match.groups() if part))
        except ValueError:
            raise ValueError(f"“{text}” does not exist in the calendar.") from None

    @property
    def precision(self) -> Precision:
        if self.month is None:
            return Precision.YEAR
        return Precision.MONTH if self.day is None else Precision.DAY

    @property
    def earliest(self) -> datetime.date:
        """The first day that it may mean."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> datetime.date:
        """The last day that it may mean."""
        month = self.month or 12
        return datetime.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        parts = (self.month, self.day)
        return f"{self.year:04}" + "".join(f"-{part:02}" for part in parts if part)


@dataclass(frozen=True, slots=True)
class DateRange:
    """When something happened: at `start`, or from `start` to `end`.

    `approximate` (circa) speaks of the whole. Raises `ValueError` when the start is
    certainly after the end.
    """

    start: PartialDate
    end: PartialDate | None = None
    approximate: bool = False

    def __post_init__(self) -> None:
        if self.end and self.start.earliest > self.end.latest:
            raise ValueError(f"The start, {self.start}, is after the end, {self.end}.")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an EDTF text of the profile above; anything else is a `ValueError`."""
        ends = text.split("/")
        circa = {end.endswith("~") for end in ends}
        if len(ends) > 2 or len(circa) > 1:
            raise ValueError(
                f"“{text}” is not a date of the form 1924, 1924-08, 1924-08-06, 1927~ "
                "or 1931-01-13/1931-01-18."
            )
        start, *rest = (PartialDate.parse(end.removesuffix("~")) for end in ends)
        return cls(start, rest[0] if rest else None, circa.pop())

    @property
    def last(self) -> PartialDate:
        """The end, or the start of what has no end of its own."""
        return self.end or self.start

    @property
    def earliest(self) -> datetime.date:
        """The first day on which it may have begun."""
        return self.start.earliest

    @property
    def latest(self) -> datetime.date:
        """The last day on which it may have ended."""
        return self.last.latest

    @property
    def precision(self) -> Precision:
        """The coarser of its two ends."""
        order = list(Precision)
        return min(self.start.precision, self.last.precision, key=order.index)

    @property
    def is_vague(self) -> bool:
        """Whether any of it is known less exactly than by the day."""
        return self.approximate or self.precision is not Precision.DAY

    def may_overlap(self, other: Self) -> bool:
        """Whether nothing rules out that the two share a day."""
        return self.earliest <= other.latest and other.earliest <= self.latest

    def __str__(self) -> str:
        mark = "~" if self.approximate else ""
        return "/".join(f"{end}{mark}" for end in (self.start, self.end) if end)


def whole_months(since: datetime.date, until: datetime.date) -> int:
    """How many months have passed by the second day, not counting the one that is not over."""
    months = (until.year - since.year) * 12 + until.month - since.month
    return months - (until.day < since.day)
