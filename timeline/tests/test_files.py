"""The addresses of the files: what they answer, refuse, and promise to caches."""

import datetime
import json
import time
from types import SimpleNamespace

import pytest
from django.utils.http import http_date
from django.utils.timezone import localdate

from timeline import delivery
from timeline.choices import Status
from timeline.dates import PartialDate
from timeline.models import Edition, Event, Place
from timeline.records import Selection, Vanished
from timeline.tests import reading
from timeline.tests.factories import (
    ActorFactory,
    AgreementFactory,
    EventFactory,
    PlaceFactory,
    SectorFactory,
    SourceFactory,
)
from timeline.tests.test_pages import full_event, listed

pytestmark = pytest.mark.django_db

SUFFIXES = ["csv", "xlsx", "json", "jsonld", "ics", "atom", "timelinejs.json"]
LISTS = [f"/events.{suffix}" for suffix in SUFFIXES] + [
    f"/{kind}.{suffix}"
    for kind in ("actors", "agreements", "sources")
    for suffix in ("csv", "xlsx", "json", "jsonld")
]


def slugs(response):
    return [record["slug"] for record in json.loads(reading.whole(response))["results"]]


# Questions


@pytest.mark.parametrize(
    ("asked", "errors"),
    [
        ("sektor=trade", {"sektor"}),
        ("page=2", {"page"}),
        ("sector=", {"sector"}),
        ("sector=trade&sector=%20", {"sector"}),
        ("sector=nowhere", {"sector"}),
        ("year=abc", {"year"}),
        ("year=0", {"year"}),
        ("from=1924-02-30", {"from"}),
        ("from=1930&to=1929", {"to"}),
        ("from=1930&from=1931", {"from"}),
        ("kind=party&importance=none", {"kind", "importance"}),
        ("order=random", {"order"}),
        ("lang=de", {"lang"}),
        ("q=%00", {"q"}),
        (f"q={'x' * 201}", {"q"}),
        ("actor=%27%3B--", {"actor"}),
        ("%00=1", {"\x00"}),
        ("cursor=x", {"cursor"}),
        ("=", {""}),
    ],
)
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_cannot_be_read_is_refused_by_name_in_every_format(client, suffix, asked, errors):
    SectorFactory(slug="trade")
    EventFactory(published=True, slug="would-be-everything")

    response = client.get(f"/events.{suffix}?{asked}")

    assert response.status_code == 400
    assert set(response.json()["errors"]) == errors
    assert response["Access-Control-Allow-Origin"] == "*"


def test_a_refusal_says_what_would_be_understood(client):
    response = client.get("/sources.csv?sid=japan", headers={"accept-language": "tr"})

    assert response.json() == {
        "errors": {"sid": ["There is no such parameter. There are: kind, lang, language, q, side."]}
    }


def test_filters_and_order_are_those_of_the_page(client):
    for year in (1930, 1950, 1940):
        EventFactory(published=True, slug=f"e-{year}", start=PartialDate(year), sectors=["trade"])
    EventFactory(published=True, slug="other", start=PartialDate(1935))
    question = "?sector=trade&from=1930&to=1945&order=newest"

    found = slugs(client.get(f"/events.json{question}"))

    assert found == listed(client.get(f"/en/{question}")) == ["e-1940", "e-1930"]


def test_other_lists_are_in_the_order_of_their_pages(client):
    SourceFactory(slug="b", publisher="B", date=None)
    SourceFactory(slug="c", publisher="B", date=PartialDate(1924))
    SourceFactory(slug="a", publisher="A", date=PartialDate(2000))
    AgreementFactory(slug="undated", published=True)
    ActorFactory(slug="z", name_en="A")
    ActorFactory(slug="y", name_en="B")

    assert slugs(client.get("/sources.json")) == ["a", "b", "c"]
    assert slugs(client.get("/agreements.json")) == ["undated"]
    assert slugs(client.get("/actors.json")) == ["z", "y"]


@pytest.mark.parametrize("address", LISTS)
def test_an_empty_result_is_an_empty_file(client, address):
    EventFactory(published=True)
    AgreementFactory(published=True)
    ActorFactory()

    response = client.get(f"{address}?q=nothing-of-the-kind")

    read = reading.NUMBERS[address.split(".", 1)[1]]
    assert (response.status_code, read(reading.whole(response))) == (200, [])
    assert response["X-Record-Count"] == "0"


@pytest.mark.parametrize("address", LISTS)
def test_only_what_is_published_is_in_a_file(client, address):
    made = {"events": EventFactory, "agreements": AgreementFactory}
    make = made.get(address[1:].split(".")[0], ActorFactory)
    for status in (Status.DRAFT, Status.IN_REVIEW):
        EventFactory(slug=f"hidden-event-{status}", status=status)
        make(
            slug=f"hidden-{status}",
            status=status,
            **({"title_en": "hidden"} if make in made.values() else {}),
        )

    body = reading.whole(client.get(address))

    assert b"hidden" not in body


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("address", "questions"),
    [
        ("/events.csv", 15),
        ("/events.xlsx", 15),
        ("/events.json", 15),
        ("/events.jsonld", 15),
        ("/events.ics", 16),
        ("/events.atom", 17),
        ("/events.timelinejs.json", 15),
        ("/actors.csv", 7),
        ("/agreements.csv", 12),
        ("/sources.csv", 5),
    ],
)
def test_a_file_asks_a_fixed_number_of_questions(
    client, address, questions, number, django_assert_num_queries
):
    for _each in range(number):
        full_event(start=PartialDate(1934, 6, 1))

    with django_assert_num_queries(questions):
        reading.whole(client.get(address))


# Single records


def test_single_records_are_files_in_the_formats_that_can_say_one(client):
    event = EventFactory(published=True, slug="visit", start=PartialDate(1990, 5, 2))
    EventFactory(published=True)

    record = json.loads(reading.whole(client.get("/events/visit.json")))
    (node,) = reading.linked(reading.whole(client.get("/events/visit.jsonld")))
    (entry,) = reading.calendar(reading.whole(client.get("/events/visit.ics"))).events

    assert record["id"] == event.pk
    assert node["identifier"] == "visit"
    assert entry["DTSTART"].dt == datetime.date(1990, 5, 2)
    assert client.get("/events/visit.csv").status_code == 404


def test_a_calendar_of_one_record_of_unknown_day_says_why_it_is_empty(client):
    EventFactory(published=True, slug="visit", start=PartialDate(1990, 5))

    calendar = reading.calendar(reading.whole(client.get("/events/visit.ics")))

    assert calendar.events == []
    assert "1 record is left out: its day is not known." in calendar["X-WR-CALDESC"]


@pytest.mark.parametrize("kind", ["events", "actors", "agreements", "sources"])
def test_drafts_and_unknown_names_have_no_file(client, kind):
    made = {"events": EventFactory, "actors": ActorFactory}
    made |= {"agreements": AgreementFactory, "sources": SourceFactory}
    made[kind](slug="draft", status=Status.DRAFT)

    found = [client.get(f"/{kind}/{slug}.json").status_code for slug in ("draft", "unknown")]

    assert found == [404, 404]


def test_a_withdrawn_record_gives_the_reason_and_a_merged_one_leads_on(client):
    kept = EventFactory(published=True, slug="kept")
    EventFactory(slug="gone", status=Status.WITHDRAWN, reason="It did not happen.")
    EventFactory(slug="old", status=Status.MERGED, merged_into=kept)

    gone = client.get("/events/gone.json")
    old = client.get("/events/old.jsonld?lang=tr")

    assert (gone.status_code, gone.json()) == (
        410,
        {"status": "withdrawn", "slug": "gone", "reason": "It did not happen."},
    )
    assert (old.status_code, old["Location"]) == (301, "/events/kept.jsonld?lang=tr")


def test_a_single_record_knows_no_filters(client):
    EventFactory(published=True, slug="visit")

    response = client.get("/events/visit.json?sector=trade")

    assert (response.status_code, list(response.json()["errors"])) == (400, ["sector"])


# What is promised to programs and caches


def test_a_file_is_named_after_what_was_asked_and_the_day(client):
    SectorFactory(slug="trade")

    response = client.get("/events.csv?sector=trade&q=Ertu%C4%9Frul%22%0d%0a;x")

    name = f"events-q-ertugrul-x-sector-trade-{localdate()}.csv"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'


def test_anyone_may_read_and_nobody_may_do_more(client):
    EventFactory(published=True)

    read = client.get("/events.json", headers={"origin": "https://elsewhere.example"})
    asked = client.options("/events.json", headers={"origin": "https://elsewhere.example"})
    written = client.post("/events.json")

    assert read["Access-Control-Allow-Origin"] == "*"
    assert "ETag" in read["Access-Control-Expose-Headers"]
    assert "Set-Cookie" not in read.headers
    assert (asked.status_code, asked["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
    assert (written.status_code, written["Allow"]) == (405, "GET, HEAD, OPTIONS")


def test_head_says_how_much_there_is_and_reads_nothing(client, django_assert_num_queries):
    EventFactory(published=True)

    with django_assert_num_queries(4):
        response = client.head("/events.csv")

    assert (response["X-Record-Count"], reading.whole(response)) == ("1", b"")


@pytest.mark.parametrize("address", ["/events.csv", "/events/visit.json", "/api/v1/events"])
def test_an_unchanged_file_is_not_sent_again_and_its_records_are_not_read(
    client, address, django_assert_num_queries
):
    EventFactory(published=True, slug="visit")
    first = client.get(address)

    with django_assert_num_queries(1):
        again = client.get(address, headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])


def test_a_file_says_since_when_it_is_so_once_that_second_is_over(client, monkeypatch):
    EventFactory(published=True)
    now = int(time.time()) + 1000  # later than the program was written, and the day began
    monkeypatch.setattr(delivery, "time", SimpleNamespace(time=lambda: now))

    Edition.objects.update(raised=now - 1)
    too_early = client.get("/events.csv")
    Edition.objects.update(raised=now - 100)
    first = client.get("/events.csv")
    later = client.get("/events.csv", headers={"if-modified-since": first["Last-Modified"]})
    Edition.objects.update(raised=now - 50)
    changed = client.get("/events.csv", headers={"if-modified-since": first["Last-Modified"]})

    assert "Last-Modified" not in too_early
    assert first["Last-Modified"] == http_date(now - 100)
    assert (later.status_code, changed.status_code) == (304, 200)


@pytest.mark.parametrize(
    "change",
    [
        lambda event: event.save(),
        lambda event: event.delete(),
        lambda event: event.citations.get().source.save(),
        lambda event: event.participants.get().actor.save(),
        lambda event: AgreementFactory(),
        lambda event: Place.objects.update(name_tr="Başka"),
        lambda event: event.sectors.update(name_en="Another"),
    ],
)
@pytest.mark.django_db(transaction=True)  # what is rolled back raises no edition
def test_whatever_changes_a_record_changes_the_mark_of_its_files(client, change):
    event = EventFactory(published=True, actors=[ActorFactory()], place=PlaceFactory())
    before = client.get("/events.csv")["ETag"]

    change(event)

    assert client.get("/events.csv", headers={"if-none-match": before}).status_code == 200


def test_a_file_that_cannot_be_completed_is_an_error_and_not_a_shorter_file(client):
    events = [EventFactory(published=True) for _each in range(3)]
    response = client.get("/events.csv")
    pieces = iter(response)
    next(pieces)
    Event.objects.filter(pk=events[2].pk).update(status=Status.DRAFT)

    with pytest.raises(Vanished):
        list(pieces)


def test_a_selection_is_what_it_was_when_the_file_was_begun():
    event = EventFactory(published=True)
    selection = Selection("events", Event.objects.published())
    EventFactory(published=True)

    assert (len(selection), list(selection._numbers)) == (1, [event.pk])


# Links on the pages


def test_the_timeline_offers_what_it_shows_in_every_format(client):
    SectorFactory(slug="trade")
    EventFactory(published=True, sectors=["trade"])

    page = client.get("/tr/?sector=trade").content.decode()

    for suffix in ("csv", "xlsx", "json", "jsonld"):
        assert f'href="/events.{suffix}?sector=trade"' in page
    for suffix in ("ics", "atom", "timelinejs.json"):
        assert f'href="/events.{suffix}?sector=trade&amp;lang=tr"' in page


@pytest.mark.parametrize("kind", ["actors", "agreements", "sources"])
def test_other_lists_and_records_offer_their_files(client, kind):
    made = {"actors": ActorFactory, "agreements": AgreementFactory, "sources": SourceFactory}
    made[kind](slug="one", status="published")

    page = client.get(f"/en/{kind}/").content.decode()
    record = client.get(f"/en/{kind}/one/").content.decode()

    assert f'href="/{kind}.csv"' in page
    assert f'href="/{kind}/one.json"' in record


def test_a_question_that_finds_several_names_still_offers_files_that_open(client):
    for number in range(2):
        actor = ActorFactory(name_en=f"Envoy {number}")
        actor.folded = f"envoy {number}"
        actor.save()
    EventFactory(published=True)

    page = client.get("/en/?find-actor=envoy&kind=meeting").content.decode()

    assert 'href="/events.csv?kind=meeting"' in page
    assert client.get("/events.csv?kind=meeting").status_code == 200
