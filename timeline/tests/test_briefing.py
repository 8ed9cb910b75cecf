"""The briefing: all that a question finds, made for paper, with numbered sources."""

import datetime
import html
import re

import pytest
from django.utils import timezone

from timeline.choices import Stance, Status
from timeline.dates import PartialDate
from timeline.models import Event
from timeline.templatetags.timeline_tags import runs
from timeline.tests.factories import (
    ActorFactory,
    CitationFactory,
    ClaimFactory,
    DisputeFactory,
    EventFactory,
    SectorFactory,
    SourceFactory,
)
from timeline.views.briefing import BriefingView

pytestmark = pytest.mark.django_db


def words(part):
    """A part of a page as it is read, in one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", part)).split()).replace(" .", ".")


def parts(response, pattern):
    """What the pattern finds in a page, each as it is read."""
    return [words(part) for part in re.findall(pattern, response.content.decode(), re.DOTALL)]


def heading(response):
    return parts(response, r"<h1[^>]*>(.*?)</h1>")


def facts(response):
    return parts(response, r'<p class="briefing__facts">(.*?)</p>')


def listed(response):
    return re.findall(r'class="event-card" id="e-([^"]+)"', response.content.decode())


def marks(response):
    """The note marks, one string for each spot."""
    spots = re.findall(r"<sup[^>]*>(.*?)</sup>", response.content.decode(), re.DOTALL)
    return [re.sub(r"<[^>]+>", "", spot) for spot in spots]


def notes(response):
    return parts(response, r'<li class="briefing__note"[^>]*>(.*?)</li>')


def contested_event(**columns):
    """A published event with sources of its own, and a question on which two more disagree."""
    event = EventFactory(published=True, sides=["japan", "turkiye"], **columns)
    dispute = DisputeFactory(event=event)
    CitationFactory(claim=ClaimFactory(dispute=dispute, preferred=True))
    CitationFactory(claim=ClaimFactory(dispute=dispute, start=PartialDate(1934, 7, 2)))
    return event


# What it holds


def test_a_briefing_holds_all_that_is_found_and_not_one_page_of_it(client):
    EventFactory.create_batch(51, published=True, sides=[])
    EventFactory(title_en="Hidden talks")
    EventFactory(published=True, sectors=["trade"], sides=[])

    response = client.get("/en/briefing/?sector=diplomacy")

    diplomacy = Event.objects.published().filter(sectors__slug="diplomacy").in_order()
    assert listed(response) == [event.slug for event in diplomacy]
    assert len(listed(response)) == 51
    assert "Hidden talks" not in response.content.decode()


def test_a_briefing_keeps_the_order_that_is_asked_for(client):
    for year in (1924, 1935):
        EventFactory(slug=f"in-{year}", published=True, start=PartialDate(year))

    assert listed(client.get("/en/briefing/?order=newest")) == ["in-1935", "in-1924"]


def test_a_briefing_that_would_be_a_book_asks_for_less(client, monkeypatch):
    monkeypatch.setattr(BriefingView, "paginate_by", 2)
    EventFactory.create_batch(3, published=True)

    response = client.get("/en/briefing/")

    assert (response.status_code, listed(response), notes(response)) == (200, [], [])
    assert "A briefing holds at most 2 records, and is never cut." in response.content.decode()


def test_a_question_that_finds_nothing_says_so(client):
    EventFactory()

    response = client.get("/en/briefing/?from=1930")

    assert (response.status_code, listed(response)) == (200, [])
    assert "Nothing in this record answers that" in response.content.decode()


def test_a_question_that_cannot_be_read_finds_nothing(client):
    EventFactory(published=True)

    response = client.get("/en/briefing/?from=nonsense")

    assert (response.status_code, listed(response)) == (400, [])
    assert heading(response) == ["The question cannot be read"]
    assert "“nonsense” is not a date." in words(response.content.decode())


# What it says of itself


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("", "Japan–Türkiye relations"),
        ("order=newest", "Japan–Türkiye relations"),
        ("sector=trade", "Japan–Türkiye relations: Trade"),
        (
            "sector=trade&to=1952-04&from=1924&sector=diplomacy",
            "Japan–Türkiye relations: From 1924 · Until April 1952 · Trade or Diplomacy",
        ),
        ("q=<b>&importance=landmark", "Japan–Türkiye relations: “<b>” · Landmark"),
    ],
)
def test_the_title_says_in_words_what_was_asked(client, question, title):
    for slug in ("trade", "diplomacy"):
        SectorFactory(slug=slug)

    response = client.get(f"/en/briefing/?{question}")

    assert heading(response) == [title]
    assert parts(response, "<title>(.*?)</title>") == [f"{title} – Briefing"]


def test_the_head_says_how_many_when_how_sure_and_where(client, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda: datetime.date(2026, 11, 24))
    EventFactory(published=True, start=PartialDate(1934))
    EventFactory(published=True, start=PartialDate(1934, 6, 2))

    [said] = facts(client.get("/en/briefing/?to=1950&from=1934-06&page=3"))

    assert said == (
        "All 2 records found, as of 24 November 2026. "
        "1 of these is dated too vaguely to be sure, and may fall outside the period. "
        "The disc beside a record is filled on the left when a Turkish source supports it, "
        "on the right when a Japanese one does. "
        "http://testserver/en/?to=1950&from=1934-06"
    )


def test_the_address_is_printed_in_letters_and_leads_to_the_list(client):
    response = client.get("/ja/briefing/?q=%E5%9B%BD%E4%BA%A4")

    assert re.findall(r'briefing__address" href="([^"]+)">([^<]+)<', response.content.decode()) == [
        ("http://testserver/ja/?q=%E5%9B%BD%E4%BA%A4", "http://testserver/ja/?q=国交")
    ]


@pytest.mark.parametrize(
    ("address", "briefing"),
    [
        ("/en/", "/en/briefing/"),
        (
            "/tr/?sector=diplomacy&order=newest&page=1",
            "/tr/briefing/?sector=diplomacy&amp;order=newest",
        ),
    ],
)
def test_the_list_leads_to_its_briefing(client, address, briefing):
    EventFactory(published=True)

    page = client.get(address).content.decode()

    assert re.findall(r'href="(/../briefing/[^"]*)"', page) == [briefing]


# Notes


def test_sources_are_numbered_by_their_first_mark_and_listed_once(client):
    ministry, embassy = (SourceFactory(title=title) for title in ("Ministry", "Embassy"))
    first = EventFactory(published=True, start=PartialDate(1930), sides=[])
    second = EventFactory(published=True, start=PartialDate(1931), sides=[])
    for event, source in [(second, ministry), (first, embassy), (second, embassy)]:
        CitationFactory(event=event, source=source)

    response = client.get("/en/briefing/")

    assert marks(response) == ["1", "1, 2"]
    assert [note.split(".")[0] for note in notes(response)] == ["Embassy", "Ministry"]
    assert re.findall(r'href="#(source-\d)"', response.content.decode()) == [
        "source-1",
        "source-1",
        "source-2",
    ]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [([], []), ([3], ["3"]), ([1, 2], ["1", "2"]), ([1, 2, 3, 5, 7, 8, 9], ["1–3", "5", "7–9"])],
)
def test_three_marks_in_a_row_are_written_as_a_run(numbers, expected):
    class Numbered:
        def __init__(self, number):
            self.number = number

    found = runs([Numbered(number) for number in numbers])

    assert ["–".join(str(note.number) for note in run) for run in found] == expected


def test_a_note_says_who_wrote_it_whose_it_is_and_where_it_can_be_read(client):
    source = SourceFactory(
        title="日土友好",
        language="ja",
        author="Uchida Sadatsuchi",
        publisher="Nitto Kyokai",
        date=PartialDate(1926, 6),
        url="https://example.org/%E5%8F%8B?a=1&b=2",
        archived_url="https://archive.example/1",
    )
    EventFactory(published=True, sides=[]).citations.create(source=source)

    response = client.get("/en/briefing/")

    assert notes(response) == [
        "日土友好. Uchida Sadatsuchi, Nitto Kyokai, June 1926 · Japanese side · Official "
        "· Japanese · https://example.org/友?a=1&b=2 · Archived copy"
    ]
    page = response.content.decode()
    assert '<span lang="ja">日土友好</span>' in page
    assert 'href="https://example.org/%E5%8F%8B?a=1&amp;b=2"' in page


def test_a_source_that_is_not_public_is_neither_marked_nor_listed(client):
    event = EventFactory(published=True, sides=[])
    CitationFactory(event=event, source__title="A secret file", source__status=Status.DRAFT)
    CitationFactory(event=event, source__title="A report")

    response = client.get("/en/briefing/")

    assert marks(response) == ["1"]
    assert "A secret file" not in response.content.decode()


def test_what_sources_disagree_on_stands_beside_what_is_used(client):
    contested_event()

    response = client.get("/en/briefing/")

    assert parts(response, r'<p class="briefing__dispute">(.*?)</p>') == [
        "On which day did it happen? Used in this record: 1 June 1934 3 Also stated: 2 July 1934 4"
    ]
    assert marks(response) == ["1, 2", "3", "4"]
    assert len(notes(response)) == 4


def test_a_source_that_disputes_is_not_counted_as_support(client):
    event = EventFactory(published=True)
    CitationFactory(event=event, stance=Stance.DISPUTES)

    response = client.get("/en/briefing/")

    assert parts(response, r'<p class="briefing__dispute">(.*?)</p>') == ["Disputed by 2"]
    assert marks(response) == ["1", "2"]


@pytest.mark.parametrize("number", [1, 3])
def test_a_briefing_asks_a_fixed_number_of_questions(client, number, django_assert_num_queries):
    for _each in range(number):
        contested_event(actors=[ActorFactory()])

    with django_assert_num_queries(15):
        response = client.get("/en/briefing/?sector=diplomacy&from=1900")

    assert len(listed(response)) == number


# On paper


@pytest.fixture
def paper(live_server, page):
    """A page as it is printed."""
    page.emulate_media(media="print")
    return page


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["en", "tr", "ja"])
def test_paper_shows_the_records_and_their_notes_and_no_controls(paper, live_server, language):
    contested_event()
    paper.goto(f"{live_server.url}/{language}/briefing/?sector=diplomacy")

    for shown in (".briefing__head", ".event-card", ".briefing__dispute", ".briefing__note"):
        assert paper.locator(shown).first.is_visible(), shown
    for hidden in (".masthead", ".briefing__use", ".colophon", ".skip-link"):
        assert not paper.locator(hidden).first.is_visible(), hidden
    assert paper.pdf(format="A4").startswith(b"%PDF")


@pytest.mark.django_db(transaction=True)
def test_the_list_on_paper_says_which_part_it_is_and_on_whose_word(paper, live_server):
    EventFactory.create_batch(51, published=True)
    paper.goto(f"{live_server.url}/en/?sector=diplomacy")

    for shown in (".results__count", ".event-card__who", ".pager__count", ".chip"):
        assert paper.locator(shown).first.is_visible(), shown
    for hidden in (".filter-panel", ".year-strip", ".results__tools", ".pager__list", ".search"):
        assert not paper.locator(hidden).first.is_visible(), hidden
    break_inside = "card => getComputedStyle(card).breakInside"
    assert paper.locator(".event-card").first.evaluate(break_inside) == "avoid"
