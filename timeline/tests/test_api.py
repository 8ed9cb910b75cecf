"""The API: its lists and records, its pages, what it refuses, and what it says of itself."""

import json
import re

import pytest
from django.conf import settings
from openapi_spec_validator import OpenAPIV31SpecValidator
from rest_framework.throttling import AnonRateThrottle

from timeline.choices import Status
from timeline.dates import PartialDate
from timeline.models import Event
from timeline.records import SHAPES
from timeline.tests.factories import (
    ActorFactory,
    AgreementDateFactory,
    AgreementFactory,
    EventFactory,
    SectorFactory,
    SourceFactory,
    StoryFactory,
)
from timeline.tests.test_pages import full_event

pytestmark = pytest.mark.django_db


def followed(client, address, direction="next"):
    """The slugs of all pages from that address on, page by page."""
    pages = []
    while address:
        answer = client.get(address).json()
        pages.append([record["slug"] for record in answer["results"]])
        address = answer[direction]
    return pages


def test_a_list_says_how_many_there_are_and_where_the_rest_is(client):
    for year in (1930, 1931, 1932):
        EventFactory(published=True, slug=f"e-{year}", start=PartialDate(year))

    answer = client.get("/api/v1/events?limit=2").json()

    assert list(answer) == ["count", "next", "previous", "release", "results"]
    assert (answer["count"], answer["previous"], answer["release"]) == (3, None, None)
    assert [record["slug"] for record in answer["results"]] == ["e-1930", "e-1931"]
    assert answer["next"].startswith("http://testserver/api/v1/events?limit=2&cursor=")


def test_a_record_of_the_api_is_that_of_the_file(client):
    event = full_event()

    listed = client.get("/api/v1/events").json()["results"]
    alone = client.get(f"/api/v1/events/{event.slug}").json()
    file = json.loads(b"".join(client.get(f"/events/{event.slug}.json")))

    assert [record for record in listed if record["slug"] == event.slug] == [alone] == [file]


# Pages


def make_events():
    """Many of one day, and dates of every precision, so that places in the order are close."""
    for number, start in enumerate(
        ["1930", "1930-01", "1930-01-01", "1930-01-01", "1930-01-31"] * 2
    ):
        EventFactory(published=True, slug=f"e-{9 - number}", start=PartialDate.parse(start))


def make_actors():
    for number, name in enumerate(["B", "A", "B", "Ç", "日"]):
        ActorFactory(slug=f"a-{number}", name_en=name)


def make_agreements():
    for number, date in enumerate([None, "1930", "1924-08-06", None, "1930"]):
        agreement = AgreementFactory(slug=f"t-{number}", published=True)
        if date:
            AgreementDateFactory(agreement=agreement, date=PartialDate.parse(date))


def make_sources():
    for number, date in enumerate([None, "1930", "1924-08-06", None, "1930"]):
        date = date and PartialDate.parse(date)
        SourceFactory(slug=f"s-{number}", publisher="BA"[number % 2], date=date)


def make_sectors():
    for number in range(5):
        SectorFactory(slug=f"sector-{number}", position=10 - number)


MAKE = {
    "events": make_events,
    "actors": make_actors,
    "agreements": make_agreements,
    "sources": make_sources,
    "sectors": make_sectors,
}


@pytest.mark.parametrize("limit", [1, 2, 3])
@pytest.mark.parametrize("kind", MAKE)
def test_following_next_gives_each_record_once_and_previous_gives_them_back(client, kind, limit):
    MAKE[kind]()
    (expected,) = followed(client, f"/api/v1/{kind}?limit=200")
    assert len(expected) >= 5

    pages = followed(client, f"/api/v1/{kind}?limit={limit}")
    last = client.get(f"/api/v1/{kind}?limit={limit}").json()
    while last["next"]:
        last = client.get(last["next"]).json()
    back = [[record["slug"] for record in last["results"]]]
    if last["previous"]:
        back += followed(client, last["previous"], "previous")

    assert [slug for page in pages for slug in page] == expected
    assert [slug for page in reversed(back) for slug in page] == expected


def test_newest_first_is_paged_too(client):
    make_events()
    (expected,) = followed(client, "/api/v1/events?limit=200&order=newest")

    pages = followed(client, "/api/v1/events?limit=3&order=newest")

    assert (
        [slug for page in pages for slug in page]
        == expected
        == followed(client, "/api/v1/events?limit=200")[0][::-1]
    )


def test_pages_stay_put_while_records_come_and_go(client):
    for year in range(1930, 1938):
        EventFactory(published=True, slug=f"e-{year}", start=PartialDate(year))
    first = client.get("/api/v1/events?limit=3").json()
    assert [record["slug"] for record in first["results"]] == ["e-1930", "e-1931", "e-1932"]

    EventFactory(published=True, slug="earlier", start=PartialDate(1924))
    Event.objects.get(slug="e-1932").delete()
    Event.objects.get(slug="e-1931").delete()
    second = client.get(first["next"]).json()

    assert [record["slug"] for record in second["results"]] == ["e-1933", "e-1934", "e-1935"]


@pytest.mark.parametrize("cursor", ["x", "WyJhZnRlciIsW11d:x:y", "%00", "a" * 2001])
def test_a_cursor_that_was_not_given_out_is_refused(client, cursor):
    EventFactory(published=True)

    response = client.get(f"/api/v1/events?cursor={cursor}")

    assert (response.status_code, list(response.json()["errors"])) == (400, ["cursor"])


def test_a_cursor_of_another_list_is_refused(client):
    make_events()
    make_actors()
    cursor = client.get("/api/v1/events?limit=1").json()["next"].split("cursor=")[1]

    answers = [
        client.get(f"/api/v1/{other}cursor={cursor}").status_code
        for other in ("actors?", "events?order=newest&", "events?")
    ]

    assert answers == [400, 400, 200]


# Fields and languages


def test_only_the_fields_asked_for_are_given_in_that_order(client):
    EventFactory(published=True, slug="visit", title_tr="Ziyaret")

    listed = client.get("/api/v1/events?fields=title,slug&lang=tr").json()["results"]
    alone = client.get("/api/v1/events/visit?fields=slug").json()

    assert listed == [{"title": {"tr": "Ziyaret"}, "slug": "visit"}]
    assert list(listed[0]) == ["title", "slug"]
    assert alone == {"slug": "visit"}


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("sektor=trade", "sektor"),
        ("sector=nowhere", "sector"),
        ("sector=", "sector"),
        ("fields=titel", "fields"),
        ("fields=", "fields"),
        ("fields=,", "fields"),
        ("fields=slug,", "fields"),
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("limit=1e3", "limit"),
        ("limit=99999999999999999999", "limit"),
        ("lang=xx", "lang"),
        ("lang=en&lang=tr", "lang"),
        ("page=2", "page"),
        ("format=xml", "format"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(client, asked, name):
    SectorFactory(slug="trade")
    EventFactory(published=True)

    response = client.get(f"/api/v1/events?{asked}")

    assert (response.status_code, list(response.json()["errors"])) == (400, [name])


def test_a_record_is_refused_what_only_a_list_understands(client):
    EventFactory(published=True, slug="visit")

    refused = [
        list(client.get(f"/api/v1/events/visit?{asked}").json()["errors"])
        for asked in ("limit=1", "cursor=x", "sector=trade")
    ]

    assert refused == [["limit"], ["cursor"], ["sector"]]


# What is not there


def test_drafts_are_not_there_withdrawn_records_say_why_and_merged_ones_lead_on(client):
    kept = EventFactory(published=True, slug="kept")
    EventFactory(slug="draft")
    EventFactory(slug="gone", status=Status.WITHDRAWN, reason="It did not happen.")
    EventFactory(slug="old", status=Status.MERGED, merged_into=kept)

    draft, gone, old, unknown = (
        client.get(f"/api/v1/events/{slug}?lang=tr") for slug in ("draft", "gone", "old", "x")
    )

    assert (draft.status_code, draft.json()) == (404, {"detail": "Not found."})
    assert (gone.status_code, gone.json()) == (
        410,
        {"status": "withdrawn", "slug": "gone", "reason": "It did not happen."},
    )
    assert (old.status_code, old["Location"]) == (301, "/api/v1/events/kept?lang=tr")
    assert unknown.status_code == 404
    assert followed(client, "/api/v1/events") == [["kept"]]


@pytest.mark.parametrize(
    "address", ["/api/v1/nothing", "/api/v1/events/a/b", "/api/v1/", "/api/v1/events/%0A"]
)
def test_an_address_of_nothing_says_so_in_json(client, address):
    response = client.get(address)

    assert (response.status_code, response.json()) == (404, {"detail": "Not found."})


def test_other_methods_are_refused(client):
    response = client.post("/api/v1/events", {"title": "x"})

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")


def test_an_answer_is_json_whatever_a_browser_would_rather_have(client):
    response = client.get("/api/v1/sectors", headers={"accept": "text/html"})

    assert (response.status_code, response["Content-Type"]) == (200, "application/json")


# Fair use


def test_who_asks_too_much_is_told_when_to_ask_again(client, monkeypatch):
    monkeypatch.setattr(AnonRateThrottle, "THROTTLE_RATES", {"anon": "2/min"})

    answers = [
        # What a visitor says of where he comes from is not believed.
        client.get("/api/v1/sectors", headers={"x-forwarded-for": f"10.0.0.{number}"})
        for number in range(3)
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 0 < int(answers[2]["Retry-After"]) <= 60
    assert answers[2]["Access-Control-Allow-Origin"] == "*"


def test_asking_for_what_is_unchanged_is_not_counted(client, monkeypatch):
    monkeypatch.setattr(AnonRateThrottle, "THROTTLE_RATES", {"anon": "1/min"})
    etag = client.get("/api/v1/sectors")["ETag"]

    again = [
        client.get("/api/v1/sectors", headers={"if-none-match": etag}).status_code for _ in "123"
    ]

    assert again == [304, 304, 304]


# Questions to the database


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("address", "questions"),
    [
        ("events", 16),
        ("actors", 7),
        ("agreements", 12),
        ("sources", 5),
        ("stories", 9),
        ("sectors", 5),
    ],
)
def test_a_list_asks_a_fixed_number_of_questions(
    client, address, questions, number, django_assert_num_queries
):
    for _each in range(number):
        full_event()
        StoryFactory(published=True)

    with django_assert_num_queries(questions):
        client.get(f"/api/v1/{address}")


# What it says of itself


def test_the_description_is_valid_openapi_3_1(client):
    description = client.get("/api/v1/openapi.json").json()

    OpenAPIV31SpecValidator(description).validate()
    assert description["openapi"] == "3.1.0"
    assert set(description["paths"]) == {
        address for kind in SHAPES for address in (f"/api/v1/{kind}", f"/api/v1/{kind}/{{slug}}")
    }


def test_the_description_knows_every_parameter_and_every_field(client):
    description = client.get("/api/v1/openapi.json").json()

    for kind, shape in SHAPES.items():
        refusal = client.get(f"/api/v1/{kind}?nonsense=1").json()["errors"]["nonsense"][0]
        known = refusal.split("There are: ")[1].rstrip(".").split(", ")
        asked = description["paths"][f"/api/v1/{kind}"]["get"]["parameters"]
        assert sorted(one["name"] for one in asked) == known
        schema = description["components"]["schemas"][shape.__name__]
        assert list(schema["properties"]) == list(shape.model_fields)


@pytest.mark.parametrize("language", ["en", "tr", "ja"])
def test_every_example_of_the_page_about_it_can_be_followed(client, language):
    SectorFactory(slug="trade")

    page = client.get("/api/v1/docs", headers={"accept-language": language})

    examples = re.findall(r'<a href="(/api/v1/[^"]+)"', page.content.decode())
    assert f'<html lang="{language}">' in page.content.decode()
    assert len(examples) == 10  # with the description itself
    for address in examples:
        assert client.get(address.replace("&amp;", "&")).status_code == 200


def test_the_page_about_it_says_how_much_is_fair(client):
    assert settings.API_RATE in client.get("/api/v1/docs").content.decode()
