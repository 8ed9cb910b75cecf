"""The lanes: the geometry by itself, then the page and its agreement with the list."""

import html
import re
from itertools import pairwise
from urllib.parse import urlsplit

import pytest

from timeline import lanes
from timeline.dates import DateRange, PartialDate
from timeline.lanes import Extent, Window, Zoom
from timeline.models import Event
from timeline.tests.factories import (
    ActorFactory,
    CoverageStatementFactory,
    EventFactory,
    SectorFactory,
)
from timeline.views.lanes import far, near

pytestmark = pytest.mark.django_db

CENTURY = Window(1924, 2025)


# Geometry


@pytest.mark.parametrize(
    ("year", "zoom", "window"),
    [
        (1995, Zoom.DECADE, (1990, 1999)),
        (1924, Zoom.DECADE, (1924, 1933)),
        (2025, Zoom.DECADE, (2016, 2025)),
        (1995, Zoom.YEARS, (1994, 1996)),
        (1924, Zoom.YEARS, (1924, 1926)),
        (2025, Zoom.YEARS, (2023, 2025)),
        (1995, Zoom.CENTURY, (1924, 2025)),
    ],
)
def test_a_window_lies_around_its_year_and_stays_in_the_century(year, zoom, window):
    assert Window.around(year, zoom, CENTURY) == Window(*window)


@pytest.mark.parametrize("zoom", [Zoom.DECADE, Zoom.YEARS])
def test_the_middle_of_a_window_leads_back_to_it(zoom):
    for year in CENTURY.years:
        window = Window.around(year, zoom, CENTURY)

        assert Window.around(window.middle, zoom, CENTURY) == window


@pytest.mark.parametrize(
    ("when", "extent"),
    [
        ("2014", Extent(1 / 3, 2 / 3)),
        ("2013-04", Extent(3 / 36, 4 / 36)),
        ("2015-12-31", Extent(1 - 1 / 31 / 36, 1)),
        ("2013-07-01/2014-06-30", Extent(6 / 36, 18 / 36)),
        ("2010/2013", Extent(0, 1 / 3, began_before=True)),
        ("2015-07/2018", Extent(30 / 36, 1, goes_on=True)),
        ("1999/2020", Extent(0, 1, began_before=True, goes_on=True)),
    ],
)
def test_an_extent_is_all_that_the_date_leaves_possible(when, extent):
    found = Window(2013, 2015).extent(DateRange.parse(when))

    assert (found.start, found.end) == pytest.approx((extent.start, extent.end))
    assert (found.began_before, found.goes_on) == (extent.began_before, extent.goes_on)


def test_neither_marks_nor_titles_of_a_row_overlap():
    starts = [one / 97 for one in (0, 1, 1, 5, 9, 9, 30, 31, 55, 60, 61, 80, 90, 91, 96, 97)]
    extents = [Extent(start, min(start + (i % 4) * 0.05, 1)) for i, start in enumerate(starts)]
    rooms = [0.05 + 0.07 * (i % 6) for i in range(len(starts))]

    for keeps in (True, False):
        slots = lanes.pack(extents, rooms, keeps_room=[keeps] * len(starts))

        for row in {slot.row for slot in slots}:
            taken = []
            for extent, slot in zip(extents, slots, strict=True):
                if slot.row == row:
                    bead = (extent.start - lanes.BEAD / 2, extent.start + lanes.BEAD / 2)
                    title = (slot.left, slot.left + slot.width) if slot.width else bead
                    taken.append((min(*bead, *title), max(*bead, *title)))
            taken.sort()
            assert all(one[1] <= other[0] for one, other in pairwise(taken)), taken


def test_a_title_that_does_not_fit_behind_its_bead_stands_before_it_whole():
    (slot,) = lanes.pack([Extent(0.95, 0.951)], [0.3], keeps_room=[True])

    assert slot.flipped
    assert slot.width == pytest.approx(0.3)
    assert slot.left + slot.width == pytest.approx(0.95 - lanes.BEAD / 2)


# The page


def page(client, query=""):
    return html.unescape(client.get(f"/en/lanes/?{query}").content.decode())


def bars(text):
    """The labels of the century's bars."""
    return re.findall(r'<text class="lane__tip"[^>]*>([^<]+)', text)


def marks(text):
    """The slugs of the records drawn, in the order of reading."""
    return re.findall(r'class="lane-event" id="m-([^"]+)"', text)


def event(slug, start, sectors="diplomacy", end=None, **columns):
    return EventFactory(
        slug=slug,
        published=True,
        start=PartialDate.parse(start),
        end=end and PartialDate.parse(end),
        sectors=sectors.split(),
        **columns,
    )


@pytest.fixture
def century():
    for slug in ("diplomacy", "energy", "culture"):
        SectorFactory(slug=slug)
    return [
        event("lausanne", "1924-08-06", importance="landmark"),
        event("study", "1931", "energy diplomacy", end="1933", kind="project"),
        event("talks", "2013-05-03", "diplomacy energy"),
        event("vague", "2014", "culture", kind="culture"),
        event("forum", "2014-10", "energy"),
        EventFactory(slug="draft", start=PartialDate(2014)),
    ]


def test_a_bar_counts_the_records_of_its_lane_and_year(client, century):
    text = page(client)

    assert bars(text) == [
        "Culture, 2014: 1 record",
        "Diplomacy, 1924: 1 record",
        "Diplomacy, 1931: 1 record",
        "Diplomacy, 1932: 1 record",
        "Diplomacy, 1933: 1 record",
        "Diplomacy, 2013: 1 record",
        "Energy, 1931: 1 record",
        "Energy, 1932: 1 record",
        "Energy, 1933: 1 record",
        "Energy, 2013: 1 record",
        "Energy, 2014: 1 record",
    ]
    assert marks(text) == ["lausanne"]


def test_the_lanes_obey_the_filters(client, century):
    assert bars(page(client, "sector=energy&from=2014")) == ["Energy, 2014: 1 record"]
    assert bars(page(client, "by=kind&sector=energy&from=2013")) == [
        "Meeting, 2013: 1 record",
        "Meeting, 2014: 1 record",
    ]
    assert bars(page(client, "by=side&year=2013")) == ["Japanese source only, 2013: 1 record"]


@pytest.mark.parametrize(
    ("query", "drawn"),
    [
        ("zoom=decade&at=1928", ["study", "lausanne"]),
        ("zoom=decade&at=2015", ["talks", "forum", "vague"]),
        ("zoom=years&at=2014", ["talks", "forum", "vague"]),
        ("zoom=years&at=2014&sector=energy", ["talks", "forum"]),
        ("zoom=years&at=2014&by=kind", ["talks", "forum", "vague"]),
        ("zoom=years&at=2014&dates=certain", ["talks", "forum", "vague"]),
        ("zoom=years&at=2014&from=2014-11", ["vague"]),
        ("zoom=years&at=1950", []),
        ("zoom=years&at=2014&to=1950", []),
    ],
)
def test_near_by_each_record_stands_once_and_the_list_holds_the_same(client, century, query, drawn):
    text = page(client, query)
    found = marks(text)
    list_url = re.search(r'href="(/en/\?[^"]*)">Read this view as a list', text).group(1)
    listed = re.findall(r'class="event-card" id="e-([^"]+)"', client.get(list_url).content.decode())

    assert sorted(found) == sorted(drawn)
    if drawn:
        assert sorted(listed) == sorted(drawn)
        assert f"<strong>{len(drawn)} record" in text


def test_other_sectors_of_a_record_get_a_tick_and_the_selected_one_a_thread(client, century):
    text = page(client, "zoom=years&at=2014")
    assert text.count('<rect class="lane__echo"') == 1
    assert 'class="lane__thread"' not in text

    text = page(client, "zoom=years&at=2014&event=talks")
    assert text.count('class="lane__thread"') == 2
    assert 'aria-current="true"' in re.search(r'<a class="lane-event" id="m-talks"[^>]*>', text)[0]
    assert 'id="e-talks"' in text


def test_a_date_is_drawn_as_exactly_as_it_is_known(client, century):
    text = page(client, "zoom=years&at=2014")
    precision = dict(re.findall(r'id="m-(\w+)"[^>]*data-precision="(\w+)"', text))

    assert precision == {"talks": "day", "forum": "month", "vague": "year"}
    line = re.search(r'id="m-vague".*?x1="([^"]+)" x2="([^"]+)"', text, re.DOTALL).groups()
    assert line == ("33.33%", "66.67%")
    assert "lane-event__extent" not in re.search(r'id="m-talks".*?</a>', text, re.DOTALL)[0]


def test_the_line_of_a_lane_is_solid_where_somebody_looked(client, century):
    CoverageStatementFactory(first_year=1924, last_year=1974)

    text = page(client)
    energy = re.search(r'aria-labelledby="lane-energy">.*?</section>', text, re.DOTALL)[0]

    assert re.findall(r'class="lane__spine"( data-open)? x1="([^"]+)" x2="([^"]+)"', energy) == [
        ("", "0%", "50%"),
        (" data-open", "50%", "100%"),
    ]


def test_there_is_no_nought_where_nobody_looked(client, century):
    statement = CoverageStatementFactory(first_year=1950, last_year=1960)
    statement.sectors.add(SectorFactory(slug="energy"))

    text = page(client, "zoom=years&at=1955")
    said = dict(
        re.findall(
            r'<h3 class="lane__label" id="lane-(\w+)".*?lane__count">(.*?)</h3>', text, re.DOTALL
        )
    )

    assert {name: "0" in count for name, count in said.items()} == {
        "culture": False,
        "diplomacy": False,
        "energy": True,
    }


def test_every_link_keeps_the_filters(client, century):
    text = page(client, "sector=energy&zoom=decade&at=2015")
    main = text.split("<main", 1)[1].split("</main>")[0]
    view = main.split('id="results"', 1)[1]
    queries = [urlsplit(url).query for url in re.findall(r'href="(\?[^"]*)"', view)]

    assert len(queries) > 20
    without = [query for query in queries if "sector=energy" not in query]
    assert without == ["zoom=decade&at=2015"]  # the chip that removes it


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("zoom=aeon", "aeon"),
        ("at=1066", "1924"),
        ("at=x", "whole number"),
        ("by=colour", "colour"),
        ("event=nowhere", "nowhere"),
        ("event=draft", "draft"),
        ("event=%00", "slug"),
        ("year=abc", "abc"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_drawn(client, century, query, says):
    response = client.get(f"/en/lanes/?{query}")
    text = html.unescape(response.content.decode())

    assert response.status_code == 400
    assert says in text.split('id="results"')[1]
    assert "data-lanes" not in text


def test_an_empty_field_is_no_question(client, century):
    assert client.get("/en/lanes/?zoom=&at=&q=").url == "/en/lanes/"


@pytest.mark.parametrize("language", ["en", "tr", "ja"])
@pytest.mark.parametrize("query", ["", "zoom=decade&at=2014", "zoom=years&event=talks&by=side"])
def test_the_page_has_no_style_attribute_and_no_script_of_its_own(client, century, language, query):
    text = client.get(f"/{language}/lanes/?{query}").content.decode()

    assert " style=" not in text
    own = re.findall(r"<script(?![^>]* src=)[^>]*>", text)
    assert own == ['<script type="application/ld+json">']  # data, which no browser runs


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("query", "questions"),
    [("", 17), ("by=kind", 15), ("zoom=decade&at=1934", 16), ("zoom=years&event=first", 22)],
)
def test_the_lanes_ask_a_fixed_number_of_questions(
    client, query, questions, number, django_assert_num_queries
):
    for i in range(number):
        slug = "first" if not i else f"other-{i}"
        event(slug, "1934", "diplomacy energy", actors=[ActorFactory()], importance="landmark")
    client.get("/en/lanes/")

    with django_assert_num_queries(questions):
        response = client.get(f"/en/lanes/?{query}")

    assert len(marks(response.content.decode())) == number
    assert Event.objects.count() == number


def test_a_window_too_full_draws_the_weightiest_and_says_how_many_it_leaves_out(
    client, monkeypatch
):
    monkeypatch.setattr(near, "MOST", 2)
    event("plain", "1934-03")
    event("landmark", "1934-05", importance="landmark")
    event("major", "1934-07", importance="major")

    text = page(client, "zoom=years&at=1934")

    assert re.findall(r'id="m-([a-z]+)"', text) == ["landmark", "major"]
    assert "There is no room here for 1 more record." in text
    assert "<strong>3 records</strong>" in text


def test_a_century_too_full_draws_some_of_its_landmarks_and_counts_all(client, monkeypatch):
    monkeypatch.setattr(far, "MOST", 2)
    for year in (1930, 1940, 1950, 1960):
        event(f"in-{year}", str(year), importance="landmark")

    text = page(client)

    assert re.findall(r'id="m-([a-z0-9-]+)"', text) == ["in-1930", "in-1950"]
    assert '<span class="lane__count">4</span>' in text
    assert "There is no room here for 2 more records." in text


def test_where_a_window_is_empty_the_panel_still_counts_what_lies_in_it(client):
    for slug in ("energy", "trade"):
        SectorFactory(slug=slug)
    event("inside", "1934", "energy")
    event("elsewhere", "1950", "trade")

    response = client.get("/en/lanes/?zoom=years&at=1934&sector=trade")

    options = {one.value: one.count for one in response.context["facets"][0].options}
    assert (options["energy"], options["trade"]) == (1, 0)
    assert response.context["number"] == 0
