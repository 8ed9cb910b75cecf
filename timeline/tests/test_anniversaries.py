"""Which anniversaries are kept, the page that lists them, and “on this day”."""

import datetime
import html
import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from timeline import anniversaries
from timeline.dates import PartialDate
from timeline.models import Event
from timeline.tests.factories import (
    ClaimFactory,
    DisputeFactory,
    EventFactory,
    PlaceFactory,
    SourceFactory,
)


@pytest.fixture
def on_day(monkeypatch):
    """Let it be noon of that day."""

    def freeze(year, month, day):
        noon = datetime.datetime(year, month, day, 12, tzinfo=datetime.UTC)
        monkeypatch.setattr(timezone, "now", lambda: noon)

    return freeze


def happened(start, **columns):
    """A published event that began then."""
    return EventFactory(published=True, start=PartialDate.parse(start), **columns)


def words(response):
    """The text of a page as it is read, in one line."""
    main = response.content.decode().split("<main", 1)[1].split("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def listed(response):
    """The slugs of the events whose anniversaries are listed, in their order."""
    return re.findall(r'thread__title" href="/../events/([^/]+)/"', response.content.decode())


def remembered(response):
    """What the timeline says of this day in earlier years."""
    _before, found, block = response.content.decode().partition('id="on-this-day"')
    items = re.findall(r"<li>(.*?)</li>", block.split("</section>")[0]) if found else []
    return [html.unescape(re.sub(r"<[^>]+>", "", item)) for item in items]


# The rule


def test_quarters_of_a_century_count_and_the_first_two_lustres():
    counted = [years for years in range(-25, 201) if anniversaries.is_round(years)]

    assert counted == [5, 10, 25, 50, 75, 100, 125, 150, 175, 200]


@pytest.mark.parametrize(
    ("years", "day"),
    [
        (4, date(2004, 2, 29)),
        (25, date(2025, 2, 28)),
        (50, date(2050, 2, 28)),
        (100, date(2100, 2, 28)),
    ],
)
def test_a_leap_day_is_kept_on_28_february_in_common_years(years, day):
    assert anniversaries.kept_on(date(2000, 2, 29), years) == day


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 11, 24), date(2027, 11, 23)),
        (date(2027, 3, 1), date(2028, 2, 29)),
        (date(2028, 2, 29), date(2029, 2, 27)),
        (date(2150, 12, 31), date(2151, 12, 30)),
    ],
)
def test_twelve_months_end_on_the_eve_of_the_same_day(first, last):
    assert anniversaries.twelve_months(first) == (first, last)


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (date(1976, 11, 24), [(date(2026, 11, 24), 50)]),
        (date(1977, 11, 23), [(date(2027, 11, 23), 50)]),
        (date(1976, 11, 23), []),
        (date(1890, 9, 16), []),
        (date(1877, 1, 1), [(date(2027, 1, 1), 150)]),
        (date(2027, 1, 1), []),
    ],
)
def test_a_day_has_its_round_anniversaries_in_a_period(of, expected):
    first, last = date(2026, 11, 24), date(2027, 11, 23)

    assert anniversaries.between(first, last, of=of) == expected


@pytest.mark.parametrize(
    "first", [date(2026, 11, 24), date(2025, 2, 28), date(2025, 3, 1), date(2024, 2, 29)]
)
def test_the_origins_are_exactly_the_days_with_an_anniversary(first):
    first, last = anniversaries.twelve_months(first)
    century = [date(1895, 1, 1) + timedelta(days=number) for number in range(49_000)]

    spans = anniversaries.origins(first, last)

    assert [day for day in century if any(since <= day <= until for since, until in spans)] == [
        day for day in century if anniversaries.between(first, last, of=day)
    ]


@pytest.mark.parametrize(
    ("today", "days"),
    [
        (date(2026, 11, 24), [(11, 24)]),
        (date(2026, 2, 28), [(2, 28), (2, 29)]),
        (date(2028, 2, 28), [(2, 28)]),
        (date(2028, 2, 29), [(2, 29)]),
    ],
)
def test_a_day_keeps_its_own_and_in_common_years_the_leap_day(today, days):
    assert anniversaries.days_kept_on(today) == days


# What is asked of the timeline


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("columns", "is_found"),
    [
        ({}, True),
        ({"end": PartialDate(1977, 1)}, True),
        ({"approximate": True}, False),
        ({"start": PartialDate(1976, 11), "end": PartialDate(1976, 11, 24)}, False),
        ({"start": PartialDate(1976)}, False),
        ({"start": PartialDate(1976, 11, 23)}, False),
        ({"start": PartialDate(1977, 11, 24)}, False),
        ({"start": PartialDate(1977, 11, 23)}, True),
        ({"start": PartialDate(1978, 1, 1)}, False),
    ],
)
def test_an_anniversary_needs_a_known_first_day(columns, is_found):
    event = EventFactory(**{"start": PartialDate(1976, 11, 24)} | columns)

    found = Event.objects.with_anniversary(date(2026, 11, 24), date(2027, 11, 23))

    assert list(found) == ([event] if is_found else [])


@pytest.mark.django_db
def test_a_leap_day_is_found_by_28_february():
    event = EventFactory(start=PartialDate(2000, 2, 29))

    assert list(Event.objects.with_anniversary(date(2025, 2, 28), date(2025, 2, 28))) == [event]
    assert list(Event.objects.with_anniversary(date(2025, 3, 1), date(2025, 3, 1))) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "approximate", "is_found"),
    [
        ("2014-11-24", False, True),
        ("2014-11-24", True, False),
        ("2014-11-25", False, False),
        ("2014-11", False, False),
        ("2014", False, False),
        ("2026-11-24", False, False),
    ],
)
def test_on_this_day_finds_what_began_on_it_in_earlier_years(start, approximate, is_found):
    event = EventFactory(start=PartialDate.parse(start), approximate=approximate)

    found = Event.objects.on_this_day(date(2026, 11, 24))

    assert list(found) == ([event] if is_found else [])


@pytest.mark.django_db
def test_on_this_day_landmarks_come_first_then_the_oldest():
    newer, older = (EventFactory(start=PartialDate(year, 11, 24)) for year in (2014, 1934))
    landmark = EventFactory(start=PartialDate(2015, 11, 24), importance="landmark")

    assert list(Event.objects.on_this_day(date(2026, 11, 24))) == [landmark, older, newer]


# The page


@pytest.mark.django_db
def test_the_page_lists_the_coming_anniversaries_by_month(client):
    happened("1927-03-01", slug="last")
    happened("1977-02-28", slug="second")
    happened("1927-02-28", slug="first")
    happened("2000-02-29", slug="none-this-year")
    happened("1976-11-23", slug="over")
    EventFactory(start=PartialDate(1927, 3, 1), slug="draft")

    response = client.get("/en/anniversaries/?from=2026-11-24")

    assert listed(response) == ["first", "second", "last"]
    text = words(response)
    assert "3 anniversaries 24 November 2026 – 23 November 2027" in text
    assert re.findall(r"(?:\d+ years \d+ )?(?:February|March) 2027", text) == [
        "February 2027",
        "100 years 28 February 2027",
        "50 years 28 February 2027",
        "March 2027",
        "100 years 1 March 2027",
    ]


@pytest.mark.django_db
def test_an_anniversary_says_of_what_where_and_on_whose_word(client):
    event = happened(
        "1977-03-01",
        end=PartialDate(1977, 3, 4),
        title_en="A visit",
        importance="landmark",
        place=PlaceFactory(name_en="Ankara"),
        sectors=["diplomacy", "trade"],
        sides=["japan", "turkiye"],
    )

    response = client.get("/en/anniversaries/?from=2026-11-24")

    assert (
        "50 years 1 March 2027 Landmark A visit 1–4 March 1977 Ankara Diplomacy Trade Both sides"
    ) in words(response)
    assert f'href="{event.get_absolute_url()}">A visit</a>' in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("about", "is_public", "is_flagged"),
    [("date", True, True), ("place", True, False), ("date", False, False)],
)
def test_a_disputed_date_is_flagged(client, about, is_public, is_flagged):
    event = happened("1977-03-01")
    claim = ClaimFactory(dispute=DisputeFactory(event=event, about=about), preferred=is_public)
    claim.citations.create(source=SourceFactory())

    response = client.get("/en/anniversaries/?from=2026-11-24")

    flag = f'{event.get_absolute_url()}#claims">Sources disagree on the date</a>'
    assert (flag in response.content.decode()) == is_flagged


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_a_fixed_number_of_questions(client, number, django_assert_num_queries):
    for _each in range(number):
        event = happened("1977-03-01", place=PlaceFactory(), sectors=["diplomacy", "trade"])
        ClaimFactory(dispute=DisputeFactory(event=event), preferred=True)

    with django_assert_num_queries(7):
        response = client.get("/en/anniversaries/?from=2026-11-24")

    assert len(listed(response)) == number


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["", "?from=", "?from=+", "?unknown=parameter"])
def test_the_twelve_months_begin_today(client, on_day, query):
    on_day(2026, 11, 24)

    text = words(client.get(f"/en/anniversaries/{query}"))

    assert "0 anniversaries 24 November 2026 – 23 November 2027" in text
    assert "None is due in these twelve months" in text


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["1924-01-01", "2150-12-31", "2028-02-29"])
def test_any_day_within_reach_may_be_the_first(client, day):
    assert client.get(f"/en/anniversaries/?from={day}").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text",
    ["2027", "2027-03", "2027-02-29", "1923-12-31", "2151-01-01", "tomorrow", "１９２４-01-01"],
)
def test_a_day_that_cannot_be_read_is_named_and_nothing_is_listed(client, text):
    happened("1977-03-01")

    response = client.get("/en/anniversaries/", {"from": text})

    assert (response.status_code, listed(response)) == (400, [])
    assert (
        f"From “{text}” is not a day from 1924 to 2150. Write its year, month and day: 2026-08-06."
    ) in words(response)


@pytest.mark.django_db
def test_what_was_typed_wrongly_stays_in_the_form(client):
    assert 'value="2027-13"' in client.get("/en/anniversaries/?from=2027-13").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["\0", "2027-03-01\0", "9" * 5000, "<b>"])
def test_odd_characters_break_nothing(client, text):
    response = client.get("/en/anniversaries/", {"from": text})

    assert response.status_code == 400
    assert "<b>”" not in response.content.decode()


@pytest.mark.django_db
def test_the_page_is_only_read(client):
    assert client.post("/en/anniversaries/").status_code == 405


@pytest.mark.django_db
def test_every_page_and_the_method_lead_to_the_anniversaries(client):
    link = 'href="/en/anniversaries/"'

    assert client.get("/en/").content.decode().count(link) == 1
    assert client.get("/en/about/").content.decode().count(link) == 2


# On this day


@pytest.mark.django_db
def test_the_timeline_says_what_happened_on_this_day(client, on_day):
    on_day(2026, 11, 24)
    happened("2014-11-24", title_en="A forum")
    happened("1934-11-25", title_en="Another day")
    EventFactory(start=PartialDate(1934, 11, 24), title_en="A draft")

    assert remembered(client.get("/en/")) == ["24 November 2014 – A forum"]


@pytest.mark.django_db
def test_on_this_day_names_three_at_most(client, on_day):
    on_day(2026, 11, 24)
    for _each in range(4):
        happened("2014-11-24")

    assert len(remembered(client.get("/en/"))) == 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "query"),
    [("2014-11-25", ""), ("2014-11-24", "?year=2014"), ("2014-11-24", "?year=abc")],
)
def test_on_this_day_is_silent_without_an_event_and_in_a_filtered_list(
    client, on_day, start, query
):
    on_day(2026, 11, 24)
    happened(start)

    response = client.get(f"/en/{query}")

    assert remembered(response) == []
    assert "On this day" not in words(response)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_on_this_day_costs_one_question(client, on_day, number):
    on_day(2026, 11, 24)
    for _each in range(number):
        happened("2014-11-24")

    with CaptureQueriesContext(connection) as asked:
        response = client.get("/en/")

    assert len(remembered(response)) == number
    assert sum("-11-24" in query["sql"] for query in asked) == 1
