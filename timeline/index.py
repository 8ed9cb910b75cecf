"""The published events as bitmaps (see `bitmaps.py`): which of them have which value.

A position is an event's place in the order of the timeline. Read once an edition, two questions
whatever the size; a hundred thousand events take some ten megabytes. What is public, attested and
disputed is said by the querysets alone: here their answers are only kept.
"""

from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable

from django.db.models.functions import Length

from timeline import bitmaps, editions
from timeline.choices import Importance
from timeline.dates import DateRange, PartialDate
from timeline.models import Event

FACETS = {
    "sector": "sectors__slug",
    "attestation": "attestation",
    "kind": "kind",
    "importance": "importance",
    "country": "place__country",
    "disputed": "is_disputed",
}
"""The facets by name, and the column of an event whose values each counts."""
_ANSWERS = {True: "yes", False: "no"}
_BOUNDS = ("start_earliest", "start_latest", "end_earliest", "end_latest")
_CHUNK = 5000


class Index:
    """All published events of one edition."""

    def __init__(self):
        events = Event.objects.published().with_attestation(of_all=True).with_disputed().in_order()
        names = [name for name in FACETS if name != "sector"]
        columns = ["pk", "approximate", Length("start"), *_BOUNDS, *(FACETS[n] for n in names)]
        self.numbers = array("q")
        bounds = [array("i") for _bound in _BOUNDS]
        having = {name: defaultdict(lambda: array("i")) for name in FACETS}
        approximate, whole_years = array("i"), array("i")
        for at, row in enumerate(events.values_list(*columns).iterator(_CHUNK)):
            number, is_approximate, length, *values = row
            self.numbers.append(number)
            for bound, day in zip(bounds, values, strict=False):
                bound.append(_as_number(day))
            for name, value in zip(names, values[len(_BOUNDS) :], strict=True):
                having[name][_ANSWERS.get(value, value)].append(at)
            if is_approximate:
                approximate.append(at)
            if length == len("1924"):
                whole_years.append(at)
        self._know_the_numbers()
        links = Event.objects.published().order_by().values_list(FACETS["sector"], "pk")
        for sector, number in links.iterator(_CHUNK):
            if (at := self.position(number)) is not None:
                having["sector"][sector].append(at)
        self.all = bitmaps.below(len(self))
        self.having = {
            name: {value: self.of_positions(found) for value, found in values.items()}
            for name, values in having.items()
        }
        self.approximate = self.of_positions(approximate)
        self.whole_years = self.of_positions(whole_years)
        self._bounds = dict(zip(_BOUNDS, map(bitmaps.Ordered, bounds), strict=True))
        self._years: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self.numbers)

    def _know_the_numbers(self) -> None:
        order = sorted(range(len(self)), key=self.numbers.__getitem__)
        self._by_number = array("q", (self.numbers[at] for at in order))
        self._positions = array("i", order)

    def position(self, number: int) -> int | None:
        """Where the event with that number stands; None when there is none."""
        at = bisect_left(self._by_number, number)
        is_there = at < len(self) and self._by_number[at] == number
        return self._positions[at] if is_there else None

    def of_positions(self, positions: Iterable[int]) -> int:
        return bitmaps.of(positions, len(self))

    def of_numbers(self, numbers: Iterable[int]) -> int:
        """The events with those numbers; what has been published since is passed over."""
        found = (self.position(number) for number in numbers)
        return self.of_positions(at for at in found if at is not None)

    def with_values(self, name: str, values: Iterable[str]) -> int:
        """The events with at least one of the values of a facet."""
        found = 0
        for value in values:
            found |= self.having[name].get(value, 0)
        return found

    def overlapping(self, period: DateRange) -> int:
        """The events that may have happened within the period: `EventQuerySet.overlapping`."""
        return self._between("start_earliest", "end_latest", period)

    def certainly_inside(self, period: DateRange) -> int:
        """The events that happened within it whatever their date turns out to be."""
        return self._between("start_latest", "end_earliest", period)

    def _between(self, start: str, end: str, period: DateRange) -> int:
        begun = self._bounds[start].below(_as_number(period.latest.isoformat()) + 1)
        return begun & ~self._bounds[end].below(_as_number(period.earliest.isoformat()))

    def year(self, year: int) -> int:
        """The events that may have happened in a year."""
        if year not in self._years:
            self._years[year] = self.overlapping(DateRange(PartialDate(year)))
        return self._years[year]

    def begun_in(self, year: int) -> int:
        """The events whose date begins in a year: the list places them there."""
        starts = self._bounds["start_earliest"]
        return starts.below((year + 1) * 10_000) & ~starts.below(year * 10_000)

    def by_year(self, found: int, years: Iterable[int]) -> Counter:
        """How many of the events may have happened in each of the years; none is left out."""
        return Counter({year: n for year in years if (n := (found & self.year(year)).bit_count())})

    @property
    def landmarks(self) -> int:
        return self.with_values("importance", [Importance.LANDMARK])

    def weightiest(self, found: int, most: int) -> list[int]:
        """The numbers of the events in their order; of more than so many, the weightiest.

        Of equal weight those are left out that lie between others, so that no time stands empty.
        """
        if found.bit_count() <= most:
            return [self.numbers[at] for at in bitmaps.positions(found)]
        chosen: list[int] = []
        for importance in Importance.values:
            own = list(bitmaps.positions(found & self.with_values("importance", [importance])))
            room = most - len(chosen)
            step = max(len(own) / room, 1) if room else 0
            chosen += [own[int(n * step)] for n in range(min(len(own), room))]
        return [self.numbers[at] for at in sorted(chosen)]

    def counts(self, name: str, found: int) -> Counter:
        """How many of the events have each value of a facet."""
        return Counter(
            {value: (having & found).bit_count() for value, having in self.having[name].items()}
        )


def current() -> Index:
    """The index of the record as it is now."""
    return editions.kept("index", Index)


def _as_number(day: str) -> int:
    """An ISO date as a number of the same order: 19240806."""
    return int(day[:4] + day[5:7] + day[8:])
