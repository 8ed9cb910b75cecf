"""What is asked of dates that are known in part: by what they leave possible."""

import datetime
from collections.abc import Iterable
from typing import Self

from django.db.models import Case, F, Q, QuerySet, When

from timeline import anniversaries
from timeline.choices import Importance
from timeline.dates import DateRange


class DatedQuerySet(QuerySet):
    """Records with a first and a last day, each as early and as late as it may have been."""

    def overlapping(self, period: DateRange) -> Self:
        """Events that may have happened within the period, both ends included.

        Dates are compared by what they leave possible: an event dated "1934" is found by a
        search for June 1934, because nothing rules that month out.
        """
        return self.filter(_may_fall_in(period))

    def overlapping_any(self, periods: list[DateRange]) -> Self:
        """Events that may have happened within at least one of the periods."""
        return self.filter(Q(*map(_may_fall_in, periods), _connector=Q.OR))

    def perhaps_outside(self, *demands: list[DateRange]) -> Self:
        """Events whose date, once better known, may prove not to be what was asked for.

        Each demand is a list of periods of which one suffices; an empty one asks nothing.
        """
        doubtful = _may_be_outside(demands)
        return self.filter(doubtful) if doubtful else self.none()

    def certainly_inside(self, *demands: list[DateRange]) -> Self:
        """The others: events that are what was asked for whatever their date turns out to be."""
        doubtful = _may_be_outside(demands)
        return self.exclude(doubtful) if doubtful else self

    def begun_on_a_known_day(self) -> Self:
        """Events of which the day, or the first day, is known."""
        return self.filter(approximate=False, start_earliest=F("start_latest"))

    def of_known_days(self) -> Self:
        """Events of which the day is known, or the first and the last."""
        return self.begun_on_a_known_day().filter(end_earliest=F("end_latest"))

    def with_anniversary(self, first: datetime.date, last: datetime.date) -> Self:
        """Events with a round anniversary in the period, both ends included."""
        spans = [
            Q(start_earliest__range=(since.isoformat(), until.isoformat()))
            for since, until in anniversaries.origins(first, last)
        ]
        return self.begun_on_a_known_day().filter(Q(*spans, _connector=Q.OR))

    def on_days(self, days: Iterable[tuple[int, int]]) -> Self:
        """Events that began on one of these days, given as month and day, of whatever year."""
        endings = [Q(start__endswith=f"-{month:02}-{day:02}") for month, day in days]
        return self.begun_on_a_known_day().filter(Q(*endings, _connector=Q.OR))

    def on_this_day(self, today: datetime.date) -> Self:
        """Events of earlier years that today is the day of, landmarks first."""
        rank = Case(When(importance=Importance.LANDMARK, then=0), default=1)
        earlier = self.filter(start_latest__lt=today.isoformat())
        return earlier.on_days(anniversaries.days_kept_on(today)).order_by(
            rank, "start_earliest", "slug"
        )


def _may_be_outside(demands) -> Q:
    outside = [
        ~Q(*map(_certainly_falls_in, periods), _connector=Q.OR) for periods in demands if periods
    ]
    return Q(approximate=True) | Q(*outside, _connector=Q.OR) if outside else Q()


def _may_fall_in(period: DateRange) -> Q:
    return Q(
        start_earliest__lte=period.latest.isoformat(),
        end_latest__gte=period.earliest.isoformat(),
    )


def _certainly_falls_in(period: DateRange) -> Q:
    return Q(
        start_latest__lte=period.latest.isoformat(),
        end_earliest__gte=period.earliest.isoformat(),
    )
