"""Whatever is asked: the page, the API and every file hold the same records."""

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from timeline import choices
from timeline.dates import PartialDate
from timeline.models import Event
from timeline.tests.factories import (
    ActorFactory,
    AgreementFactory,
    ClaimFactory,
    DisputeFactory,
    EventFactory,
    PlaceFactory,
    SourceFactory,
)
from timeline.tests.reading import NUMBERS, calendar, whole
from timeline.tests.soak import rounds

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SECTORS = ["diplomacy", "trade", "culture"]
KINDS = ["visit", "meeting", "agreement"]
NAMES = ["one", "two"]
STARTS = [
    "1924",
    "1924-08",
    "1924-08-06",
    "1930-10-11",
    "1930-10-11",
    "1930",
    "1945-02",
    "1999-12-31",
]

some = st.sampled_from
several = {"min_size": 1, "max_size": 2, "unique": True}
questions = st.fixed_dictionaries(
    {},
    optional={
        "q": some(["event", "Event 1", "ertuğrul", "nothing at all", "イベント"]),
        "year": st.lists(some(["1924", "1930", "1945", "2001"]), **several),
        "from": some(["1924", "1924-08-07", "1930-10"]),
        "to": some(["1930-12-31", "1945", "2025"]),
        "dates": st.just("certain"),
        "sector": st.lists(some(SECTORS), **several),
        "kind": st.lists(some(KINDS), **several),
        "actor": st.lists(some(NAMES), **several),
        "agreement": some(NAMES),
        "source": some(NAMES),
        "country": st.lists(some(["TR", "JP"]), **several),
        "place": some(NAMES),
        "attestation": st.lists(some(choices.Attestation.values), **several),
        "importance": some(choices.Importance.values),
        "disputed": some(["yes", "no"]),
        "order": some(["oldest", "newest"]),
    },
)


def make_records():
    """Forty published events that differ in all that can be asked for, and as many drafts."""
    places = [
        PlaceFactory(slug=slug, country=code)
        for slug, code in zip(NAMES, ["TR", "JP"], strict=True)
    ]
    actors = [ActorFactory(slug=slug) for slug in NAMES]
    agreements = [AgreementFactory(slug=slug, published=True) for slug in NAMES]
    sources = [SourceFactory(slug=slug, side="turkiye") for slug in NAMES]
    for number in range(80):
        event = EventFactory(
            status="published" if number % 2 else "draft",
            title_ja="イベント" if number % 5 == 0 else "",
            start=PartialDate.parse(STARTS[number // 2 % len(STARTS)]),
            approximate=number % 11 == 0,
            kind=KINDS[number % 3],
            importance=choices.Importance.values[number % 3],
            sectors=SECTORS[: number % 3 + 1],
            sides=["japan", "third"][: number % 3],
            actors=actors[: number % 4],
            place=places[number % 2] if number % 3 else None,
        )
        if number % 4 == 1:
            event.agreement_links.create(agreement=agreements[number % 8 // 4], relation="signed")
            event.citations.create(source=sources[number % 8 // 4], part="date")
        if number % 7 == 0:
            ClaimFactory(dispute=DisputeFactory(event=event), preferred=True)
    Event.objects.all().refold()


def on_the_page(client, asked):
    """The numbers of the events that the timeline lists, in its order."""
    response = client.get("/en/", asked)
    assert response.status_code == 200
    listed = re.findall(r'class="event-card" id="e-([^"]+)"', response.content.decode())
    numbers = dict(Event.objects.filter(slug__in=listed).values_list("slug", "pk"))
    return [numbers[slug] for slug in listed]


def in_the_api(client, asked):
    address, found = "/api/v1/events", []
    answer = client.get(address, asked | {"limit": "7"}).json()
    while True:
        found += [record["id"] for record in answer["results"]]
        if not answer["next"]:
            assert answer["count"] == len(found)
            return found
        answer = client.get(answer["next"]).json()


def test_page_api_and_files_hold_the_same_records_in_the_same_order(client):
    make_records()
    sizes = []

    @settings(max_examples=rounds(15, 100), deadline=None, suppress_health_check=list(HealthCheck))
    @given(asked=questions)
    def check(asked):
        expected = on_the_page(client, asked)
        sizes.append(len(expected))
        assert in_the_api(client, asked) == expected
        files = {suffix: whole(client.get(f"/events.{suffix}", asked)) for suffix in NUMBERS}
        found = {suffix: read(files[suffix]) for suffix, read in NUMBERS.items()}
        # News is ordered by the record, and a calendar knows days only; it says what it lacks.
        assert sorted(found.pop("atom")) == sorted(expected)
        days = set(Event.objects.of_known_days().values_list("pk", flat=True))
        assert found.pop("ics") == [number for number in expected if number in days]
        left_out = len(expected) - len(days & set(expected))
        note = str(calendar(files["ics"])["X-WR-CALDESC"])
        assert re.findall(r"\d+", note) == ([str(left_out)] if left_out else [])
        assert found == dict.fromkeys(found, expected)
        assert json.loads(files["json"])["count"] == len(expected)

    check()
    # The questions were worth asking: not all found nothing, nor everything.
    assert len(sizes) >= rounds(15, 100)
    assert len({size for size in sizes if 0 < size < 40}) > rounds(1, 5)
