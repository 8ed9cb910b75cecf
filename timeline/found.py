"""What a question finds among the events: counted without the database, taken a page at a time."""

from collections.abc import Callable
from functools import cached_property

from timeline import bitmaps, index
from timeline.dates import DateRange
from timeline.index import FACETS
from timeline.models import Event


class Found:
    """The events that a valid `EventFilter` finds, in their order.

    What the index knows, it answers. The rest (words, actors, agreements, sources, places) the
    database is asked once, by the filter's own method.
    """

    def __init__(self, events, take: Callable[[list[int]], list] = list):
        """`take` makes of the numbers of some events what a page shows of them."""
        self.events = events
        self.take = take
        self.index = index.current()
        self.asked = {name: value for name, value in events.form.cleaned_data.items() if value}
        self._answers: dict[str, int] = {}

    @cached_property
    def bits(self) -> int:
        return self.without()

    def without(self, *names: str) -> int:
        """What would be found if these parameters were not given."""
        found = self.index.all
        for name, value in self.asked.items():
            if name not in names and name != "order":
                found &= self._answer(name, value)
        return found

    def _answer(self, name: str, value) -> int:
        if name not in self._answers:
            self._answers[name] = self._asked_of_the_index(name, value)
        return self._answers[name]

    def _asked_of_the_index(self, name: str, value) -> int:
        if name == "sector":
            return self.index.with_values(name, [sector.slug for sector in value])
        if name in FACETS:
            return self.index.with_values(name, value)
        if name == "year":
            return self._any_of(value)
        if name in ("from", "to"):
            return self._any_of([self.events.bound(name, value)])
        if name == "dates":
            return self.index.all & ~self._doubtful
        narrowed = self.events.filters[name].filter(Event.objects.published(), value)
        numbers = narrowed.order_by().values_list("pk", flat=True)
        return self.index.of_numbers(numbers.iterator())

    def _any_of(self, periods: list[DateRange]) -> int:
        found = 0
        for period in periods:
            found |= self.index.overlapping(period)
        return found

    @cached_property
    def _doubtful(self) -> int:
        """The events whose date, once better known, may prove not to be what was asked for."""
        demands = [periods for periods in self.events.demands if periods]
        doubtful = self.index.approximate if demands else 0
        for periods in demands:
            inside = 0
            for period in periods:
                inside |= self.index.certainly_inside(period)
            doubtful |= self.index.all & ~inside
        return doubtful

    @property
    def landmarks(self) -> int:
        return self.bits & self.index.landmarks

    @property
    def vague(self) -> int:
        """How many of the events may fall outside the dates that were asked for."""
        return (self.bits & self._doubtful).bit_count()

    def count(self) -> int:
        return self.bits.bit_count()

    def numbers(self, start: int, stop: int) -> list[int]:
        """The numbers of the events from one place in the order to before another."""
        newest_first = self.asked.get("order") == "newest"
        if newest_first:
            start, stop = max(self.count() - stop, 0), max(self.count() - start, 0)
        found = [self.index.numbers[at] for at in bitmaps.positions(self.bits, start, stop)]
        return found[::-1] if newest_first else found

    def __getitem__(self, part: slice) -> list:
        """A page of them."""
        return self.take(self.numbers(part.start or 0, min(part.stop, self.count())))
