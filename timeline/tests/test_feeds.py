"""The calendar of anniversaries, opened by a program that is not ours."""

import datetime

import pytest

from timeline.dates import PartialDate
from timeline.tests import reading
from timeline.tests.factories import EventFactory
from timeline.tests.test_exports import HOSTILE

pytestmark = pytest.mark.django_db

HOST = "http://testserver"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    day = datetime.date(2026, 11, 24)
    monkeypatch.setattr("timeline.views.anniversaries.timezone.localdate", lambda: day)


def occasions(client, language="en"):
    """Each anniversary: its day, the day after, and what it is called."""
    response = client.get(f"/{language}/anniversaries.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return reading.calendar(response.content).events


def test_each_anniversary_of_twelve_months_stands_on_its_day(client):
    EventFactory(pk=303, published=True, title_en="A visit", start=PartialDate(1926, 12, 1))
    EventFactory(published=True, title_en="A month", start=PartialDate(1926, 12))
    EventFactory(published=True, title_en="About", start=PartialDate(1926, 12, 1), approximate=True)
    EventFactory(published=True, title_en="Not round", start=PartialDate(1925, 12, 1))
    EventFactory(published=True, title_en="Just over", start=PartialDate(1926, 11, 23))
    EventFactory(title_en="A draft", start=PartialDate(1926, 12, 1))
    EventFactory(pk=404, published=True, title_en="Later", start=PartialDate(1977, 11, 23))

    assert [
        (str(one["SUMMARY"]), one["DTSTART"].dt, one["DTEND"].dt, str(one["URL"]))
        for one in occasions(client)
    ] == [
        (
            "100 years: A visit",
            datetime.date(2026, 12, 1),
            datetime.date(2026, 12, 2),
            f"{HOST}/e/303",
        ),
        (
            "50 years: Later",
            datetime.date(2027, 11, 23),
            datetime.date(2027, 11, 24),
            f"{HOST}/e/404",
        ),
    ]


def test_an_anniversary_is_written_out_keeps_its_name_and_blocks_no_time(client):
    EventFactory(pk=3, published=True, start=PartialDate(1926, 12, 1))

    (first,), (again,) = occasions(client), occasions(client)

    assert "RRULE" not in first
    assert str(first["UID"]) == str(again["UID"]) == "anniversary-3-100@testserver"
    assert (str(first["TRANSP"]), first["DTSTART"].params["VALUE"]) == ("TRANSPARENT", "DATE")
    assert first["DTSTAMP"].dt.date() == datetime.date(2026, 11, 24)


def test_the_calendar_speaks_the_language_of_its_page(client):
    EventFactory(
        published=True,
        title_en="A visit",
        title_ja="訪問",
        start=PartialDate(1926, 12, 1),
    )

    (japanese,), (turkish,) = occasions(client, "ja"), occasions(client, "tr")

    assert str(japanese["SUMMARY"]) == "100年: 訪問"
    assert (str(turkish["SUMMARY"]), turkish["SUMMARY"].params["LANGUAGE"]) == (
        "100 yıl: A visit",
        "en",
    )


def test_hostile_titles_forge_nothing(client):
    for text in HOSTILE:
        EventFactory(published=True, title_en=text, start=PartialDate(1926, 12, 1))

    body = client.get("/en/anniversaries.ics").content

    titles = [str(one["SUMMARY"]) for one in reading.calendar(body).events]
    lines = (text.replace("\r\n", "\n").replace("\r", "\n") for text in HOSTILE)
    assert titles == [f"100 years: {text}" for text in lines]
    assert max(map(len, body.split(b"\r\n"))) <= 75


def test_without_any_it_is_an_empty_calendar(client):
    assert occasions(client) == []


def test_the_page_of_anniversaries_leads_to_it(client):
    page = client.get("/tr/anniversaries/").content.decode()

    assert 'rel="alternate" type="text/calendar" href="/tr/anniversaries.ics"' in page


def test_the_calendar_is_for_reading(client):
    assert client.post("/en/anniversaries.ics").status_code == 405
