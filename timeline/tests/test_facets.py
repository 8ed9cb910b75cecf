"""Lists, facets, strip and decades tell the same truth: that of looking at every event."""

import random
from collections import Counter

import pytest
from django.http import QueryDict

from timeline import choices, facets
from timeline.dates import DateRange
from timeline.filters import EventFilter
from timeline.found import Found
from timeline.models import Event
from timeline.tests.factories import (
    ActorFactory,
    ClaimFactory,
    DisputeFactory,
    EventFactory,
    PlaceFactory,
    SectorFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

DATES = [
    *("1924", "1924-02", "1924-08-06", "1927~", "1934", "1934-06", "1934-06-30", "1934-07"),
    *("1931-01-13/1931-01-18", "1928/1937", "1939-12/1940-02", "2023", "2024-12-31", "2025-06"),
]
SECTORS = ["diplomacy", "trade", "energy", "culture"]
SIDES = [["japan"], ["turkiye"], ["japan", "turkiye"], ["third"], []]
KINDS = ["visit", "meeting", "agreement"]
PERIODS = ["1924", "1924-02", "1934", "1934-06", "1934-06-30", "1931-01-15", "1940-01", "2024"]


@pytest.fixture
def chance():
    return random.Random(1924)  # There is nothing secret about it.


@pytest.fixture
def events(chance):
    """Sixty events of every make, with what a careful reader would note of each."""
    places = [PlaceFactory(country="TR"), PlaceFactory(country="JP"), None]
    actors = [ActorFactory(slug="kono"), ActorFactory(slug="ozal")]
    for position, slug in enumerate(SECTORS, 1):
        SectorFactory(slug=slug, position=position)
    noted = []
    for number in range(60):
        when = DateRange.parse(chance.choice(DATES))
        sectors = chance.sample(SECTORS, chance.randint(1, 3))
        sides = chance.choice(SIDES)
        kind, importance = chance.choice(KINDS), chance.choice(choices.Importance.values)
        place, taking_part = chance.choice(places), chance.sample(actors, chance.randint(0, 2))
        is_disputed = chance.random() < 0.3
        event = EventFactory(
            slug=f"event-{number:02}",
            published=True,
            start=when.start,
            end=when.end,
            approximate=when.approximate,
            sectors=sectors,
            sides=sides,
            kind=kind,
            importance=importance,
            place=place,
            actors=taking_part,
        )
        if is_disputed:
            ClaimFactory(dispute=DisputeFactory(event=event), preferred=True)
        noted.append(
            {
                "slug": event.slug,
                "when": when,
                "sector": sectors,
                "attestation": _attestation(sides),
                "kind": [kind],
                "importance": [importance],
                "country": [place.country] if place else [],
                "actor": [actor.slug for actor in taking_part],
                "disputed": ["yes" if is_disputed else "no"],
            }
        )
    EventFactory(slug="hidden", sectors=["energy"])
    return noted


def _attestation(sides):
    if not sides:
        return []
    two = {"japan", "turkiye"} <= set(sides)
    return ["both" if two else sides[0]]


def question(chance):
    """Some parameters, at random, as an address would give them."""
    asked = QueryDict(mutable=True)
    options = {
        "sector": SECTORS,
        "attestation": choices.Attestation.values,
        "kind": KINDS,
        "importance": choices.Importance.values,
        "country": ["TR", "JP"],
        "actor": ["kono", "ozal"],
        "disputed": ["yes", "no"],
        "year": ["1924", "1927", "1934", "2024"],
    }
    for name, values in options.items():
        if chance.random() < 0.25:
            asked.setlist(name, chance.sample(values, chance.randint(1, 2)))
    since, until = sorted(chance.sample(PERIODS, 2))
    if chance.random() < 0.3:
        asked["from"] = since
    if chance.random() < 0.3:
        asked["to"] = until
    return asked


def answers(event, asked, ignored=()):
    """Whether an event answers the question, judged by its notes alone."""
    for name in asked:
        values = asked.getlist(name)
        if name in ignored:
            continue
        if name == "year":
            if not any(event["when"].may_overlap(DateRange.parse(year)) for year in values):
                return False
        elif name == "from":
            if event["when"].latest < DateRange.parse(values[0]).earliest:
                return False
        elif name == "to":
            if event["when"].earliest > DateRange.parse(values[0]).latest:
                return False
        elif not set(values) & set(event[name]):
            return False
    return True


def test_two_hundred_questions_are_answered_as_by_looking_at_every_event(events, chance):
    for _each in range(200):
        asked = question(chance)
        found = EventFilter(asked, queryset=Event.objects.published().in_order())
        if not found.is_valid():
            assert list(found.errors) == ["to"], asked
            continue
        listed = {event["slug"] for event in events if answers(event, asked)}
        counted = Found(found)

        assert {event.slug for event in found.qs} == listed, asked
        assert found.qs.count() == len(listed), asked
        assert counted.numbers(0, 99) == [event.pk for event in found.qs], asked
        assert counted.vague == found.vague.count(), asked
        for name, counts in facets.counts(counted).items():
            others = [event for event in events if answers(event, asked, [name])]
            expected = Counter(value for event in others for value in event[name])
            having = {value: n for value, n in counts.items() if value and n}
            assert having == expected, (asked, name)
        for year in facets.years(counted):
            own = DateRange.parse(str(year.year))
            seen = [e for e in events if e["slug"] in listed and e["when"].may_overlap(own)]
            assert year.in_view == len(seen), (asked, year.year)
        period = ["year", "from", "to"]
        for (first, last), count in facets.decades(counted).items():
            decade = DateRange.parse(f"{first}/{last}")
            within = [
                event
                for event in events
                if answers(event, asked, period) and event["when"].may_overlap(decade)
            ]
            assert count == len(within), (asked, first)
