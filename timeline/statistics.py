"""How much there is, on whose word, and where nobody has looked. Computed, never typed."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count
from django.db.models.functions import Substr

from timeline.choices import Attestation, Research, Translation
from timeline.dates import Precision
from timeline.facets import FIRST_YEAR, LAST_YEAR
from timeline.models import (
    Actor,
    Agreement,
    CoverageStatement,
    Dispute,
    Event,
    EventSector,
    Sector,
    Source,
    Story,
)
from timeline.models.base import TARGET_LANGUAGES


@dataclass
class Cell:
    """One year of one sector: its records, and whether it was researched."""

    sector: Sector
    count: int
    research: Research

    @property
    def heat(self) -> int:
        """How dark the cell is drawn, from 0 to 5."""
        return sum(self.count >= step for step in (1, 2, 3, 5, 9))

    @property
    def says_nothing(self) -> bool:
        """Whether the absence of records means that nobody looked."""
        return self.research == Research.NOT_YET and not self.count


@dataclass
class Row:
    year: int
    cells: list[Cell]
    total: int

    @property
    def starts_decade(self) -> bool:
        return self.year % 10 == 0


@dataclass
class Thin:
    """How many records a span of years has, in a sector or in all."""

    first: int
    last: int
    sector: Sector | None
    count: int
    is_researched: bool


def coverage() -> list[Row]:
    """The century, year by year and sector by sector. A record counts in each year it spans."""
    sectors = list(Sector.objects.all())
    states = research(sectors)
    counts = _counts_by_sector()
    totals = _counts(Event.objects.published())
    return [
        Row(
            year,
            [
                Cell(sector, counts[sector.slug][year], states[sector.slug][year])
                for sector in sectors
            ],
            totals[year],
        )
        for year in range(FIRST_YEAR, LAST_YEAR + 1)
    ]


def research(sectors: list[Sector]) -> dict[str, dict[int, Research]]:
    """By sector and year, whether it was researched.

    The most particular statement decides: of the fewest years, then of named sectors.
    """
    century = range(FIRST_YEAR, LAST_YEAR + 1)
    states = {sector.slug: dict.fromkeys(century, Research.NOT_YET) for sector in sectors}
    statements = [
        (statement, [sector.slug for sector in statement.sectors.all()])
        for statement in CoverageStatement.objects.prefetch_related("sectors")
    ]
    statements.sort(key=lambda pair: (pair[0].last_year - pair[0].first_year, not pair[1]))
    # The most particular comes last and has the last word.
    for statement, slugs in reversed(statements):
        first, last = max(statement.first_year, FIRST_YEAR), min(statement.last_year, LAST_YEAR)
        for slug in slugs or states:
            if slug in states:
                states[slug] |= dict.fromkeys(range(first, last + 1), Research(statement.research))
    return states


def years() -> list[Thin]:
    """The century by year: how many records, and whether every sector was researched."""
    states, totals = research(list(Sector.objects.all())), _counts(Event.objects.published())
    found = []
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        is_researched = all(by_year[year] == Research.FULLY for by_year in states.values())
        found.append(Thin(year, year, None, totals[year], is_researched))
    return found


def decades() -> list[Thin]:
    """Each sector by decade: how many records, and whether every year was researched."""
    sectors = list(Sector.objects.all())
    states, counts = research(sectors), _counts_by_sector(span=10)
    found = []
    for sector in sectors:
        for decade in range(FIRST_YEAR // 10, LAST_YEAR // 10 + 1):
            first, last = max(decade * 10, FIRST_YEAR), min(decade * 10 + 9, LAST_YEAR)
            of_years = {states[sector.slug][year] for year in range(first, last + 1)}
            count = counts[sector.slug][decade]
            found.append(Thin(first, last, sector, count, of_years == {Research.FULLY}))
    return found


def _counts_by_sector(span: int = 1) -> dict[str, Counter]:
    """By sector, how many records touch each span of so many years."""
    by_sector = defaultdict(Counter)
    links = EventSector.objects.filter(event__in=Event.objects.published()).order_by()
    spans = links.values_list(
        "sector__slug", Substr("event__start_earliest", 1, 4), Substr("event__end_latest", 1, 4)
    )
    for slug, first, last, number in spans.annotate(Count("pk")):
        for touched in range(int(first) // span, int(last) // span + 1):
            by_sector[slug][touched] += number
    return by_sector


def _counts(events) -> Counter:
    by_year = Counter()
    spans = events.order_by().values_list(
        Substr("start_earliest", 1, 4), Substr("end_latest", 1, 4)
    )
    for first, last, number in spans.annotate(Count("pk")):
        for year in range(int(first), int(last) + 1):
            by_year[year] += number
    return by_year


def attestation() -> dict[Attestation, int]:
    """How many published events each side's sources support."""
    found = Event.objects.published().with_attestation().order_by().values_list("attestation")
    counts = dict(found.annotate(Count("pk")))
    return {side: counts.get(side, 0) for side in Attestation}


def independent() -> int:
    """How many published events at least two publishers support."""
    publishers = Event.objects.published().with_publisher_count()
    return publishers.filter(publisher_count__gte=2).count()


def translations() -> dict[str, dict[str, Counter]]:
    """By kind of record and language, how many are in each state of translation."""
    kinds = {"events": Event, "agreements": Agreement, "actors": Actor, "stories": Story}
    return {
        name: {
            language: Counter(record.translation(language) for record in records)
            for language in TARGET_LANGUAGES
        }
        for name, records in (
            (name, list(model.objects.published().for_translation()))
            for name, model in kinds.items()
        )
    }


def lines() -> list[str]:
    """The figures in plain words, for the terminal."""
    events = list(Event.objects.published())
    number, two = len(events), independent()
    decades = Counter(event.decade for event in events)
    vague = Counter(
        "about" if event.approximate else str(event.when.precision)
        for event in events
        if event.when.is_vague
    )
    said = [
        f"{number} events, {Agreement.objects.published().count()} agreements, "
        f"{Actor.objects.published().count()} actors, {Source.objects.published().count()} sources",
        "by decade: " + ", ".join(f"{decade}s {decades[decade]}" for decade in sorted(decades)),
        f"two or more publishers: {two} of {number} ({_share(two, number)})",
        "attested by: " + ", ".join(f"{side} {n}" for side, n in attestation().items()),
        f"questions in dispute: {Dispute.objects.count()} on "
        f"{Event.objects.disputed(True).count()} events and "
        f"{Agreement.objects.exclude(disputes=None).distinct().count()} agreements",
        f"events with a curators’ note: {sum(bool(event.note) for event in events)}",
        "dates coarser than a day: "
        + ", ".join(f"{vague[kind]} {kind}" for kind in [Precision.MONTH, Precision.YEAR, "about"]),
    ]
    for name, by_language in translations().items():
        for language, states in by_language.items():
            counted = ", ".join(f"{states[state]} {state}" for state in Translation)
            said.append(f"{name} in {language}: {counted}")
    return said


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "–"
