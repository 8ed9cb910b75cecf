"""An agreement in its century: signed, in force, ended, and what nobody has found."""

from dataclasses import dataclass
from enum import StrEnum

from timeline.dates import DateRange, PartialDate
from timeline.drawing.axis import Axis, Part, YearLine, between, look, percent

LEAST = 0.008
"""So wide is at least drawn of what only its beginning is known."""


class Doubt(StrEnum):
    """What is not known of an agreement, so that its line is dotted."""

    ENTRY = "entry"
    """whether and when it came into force"""
    SINCE = "since"
    """since when it has been in force"""
    UNTIL = "until"
    """until when it was in force"""


@dataclass(frozen=True, slots=True)
class Century:
    """An agreement: parts that look pending, in-force, month, year, or open: in doubt."""

    years: list[YearLine]
    parts: list[Part]
    doubt: Doubt | None
    began_before: bool

    @property
    def looks(self) -> set[str]:
        return {part.look for part in self.parts}


def century(
    axis: Axis,
    signed: DateRange | None,
    in_force: DateRange | None,
    ended: DateRange | None,
    *,
    binds_today: bool,
) -> Century | None:
    """The life of an agreement; None where it is not known to have begun."""
    begun = signed or in_force
    if not begun:
        return None
    doubt = None
    if not in_force:
        parts = _signed_only(axis, begun, ended)
        doubt = Doubt.SINCE if binds_today else Doubt.ENTRY
    else:
        is_pending = begun != in_force
        parts = between(axis, begun, in_force, "pending") if is_pending else []
        if ended or binds_today:
            end = ended or DateRange(PartialDate(axis.last, 12, 31))
            parts += between(axis, in_force, end, "in-force")
        else:
            parts += _in_force_since(axis, in_force)
            doubt = Doubt.UNTIL
    drawn = list(dict.fromkeys(parts))  # A vague date ends one stretch and begins the next.
    return Century(_decades(axis), drawn, doubt, begun.earliest.year < axis.first)


def _decades(axis: Axis) -> list[YearLine]:
    """Both ends, and every twentieth year that is not too near to them."""
    inner = [year for year in axis.years[10:-10] if year % 20 == 0]
    lines = [axis.line(year) for year in [axis.first, *inner]]
    return [*lines, YearLine(percent(1), str(axis.last))]


def _signed_only(axis: Axis, signed: DateRange, ended: DateRange | None) -> list[Part]:
    left = min(axis.at(signed.earliest), 1 - LEAST)
    right = max(axis.after(signed.latest), left + LEAST)
    end = axis.after(ended.latest) if ended else 1.0
    return [Part("pending", left, right), Part("open", right, max(right, end))]


def _in_force_since(axis: Axis, day: DateRange) -> list[Part]:
    left, right = axis.at(day.earliest), axis.after(day.latest)
    if day.is_vague:
        return [Part(look(day), left, right), Part("open", right, 1.0)]
    left = min(left, 1 - LEAST)
    return [Part("in-force", left, left + LEAST), Part("open", left + LEAST, 1.0)]
