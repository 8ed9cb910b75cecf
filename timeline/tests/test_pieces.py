"""What is drawn once an edition, and never for another reader or question: cards, landmarks."""

import pytest

from timeline import editions
from timeline.models import Event
from timeline.tests.factories import EventFactory
from timeline.views import pieces

pytestmark = pytest.mark.django_db(transaction=True)  # inside a transaction nothing is kept


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    monkeypatch.setattr(editions, "_kept", {})


@pytest.fixture
def event():
    return EventFactory(published=True, slug="visit", title_en="The visit", title_tr="Ziyaret")


def test_a_second_question_draws_nothing_that_the_first_has_drawn(
    client, event, django_assert_num_queries
):
    client.get("/en/")
    client.get("/en/?year=1924")

    with django_assert_num_queries(7):
        text = client.get(f"/en/?year={event.start.year}").content.decode()

    assert text.count("The visit") >= 1


def test_each_card_leads_on_with_the_question_of_its_own_list(client, event):
    plain = client.get("/en/").content.decode()
    asked = client.get("/en/?kind=visit&kind=meeting").content.decode()

    assert 'href="/en/events/visit/"' in plain
    assert 'href="/en/events/visit/?kind=visit&amp;kind=meeting"' in asked
    assert pieces.TRAIL not in plain + asked


def test_a_question_that_is_hostile_stays_text(client, event):
    text = client.get('/en/?sector=&kind=meeting&x="><script>alert(1)</script>', follow=True)

    assert "<script>alert(1)" not in text.content.decode()


def test_languages_and_hosts_have_cards_of_their_own(client, event, settings):
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]
    pages = {
        (language, host): client.get(f"/{language}/", headers={"host": host}).content.decode()
        for language in ("en", "tr")
        for host in ("one.example", "two.example")
    }

    for (language, host), text in pages.items():
        assert ("The visit" in text, "Ziyaret" in text) == (language == "en", language == "tr")
        assert f"%2F%2F{host}%2Fe%2F{event.pk}" in text


def test_a_card_is_drawn_anew_after_a_change_and_gone_with_its_event(client, event):
    client.get("/en/")
    Event.objects.update(title_en="Another title")
    changed = client.get("/en/").content.decode()
    Event.objects.update(status="draft")
    gone = client.get("/en/").content.decode()

    assert ("The visit" in changed, "Another title" in changed) == (False, True)
    assert "Another title" not in gone


def test_no_more_are_kept_than_there_is_room_for(monkeypatch):
    monkeypatch.setattr(pieces, "MOST", 2)
    kept = pieces.Kept()

    for number in range(4):
        kept.put((number,), str(number))

    assert [kept.get((number,)) is None for number in range(4)] == [True, True, False, False]


def test_a_landmark_of_the_lanes_leads_on_with_the_question_of_its_own_page(client):
    EventFactory(
        published=True, slug="treaty", importance="landmark", title_en="The treaty", kind="visit"
    )
    plain, asked, turkish = (
        client.get(address).content.decode()
        for address in ("/en/lanes/", "/en/lanes/?kind=visit", "/tr/lanes/")
    )

    assert 'href="/en/events/treaty/"' in plain
    assert 'href="/en/events/treaty/?kind=visit"' in asked
    assert 'href="/tr/events/treaty/"' in turkish
    assert pieces.TRAIL not in plain + asked + turkish


def test_a_landmark_is_drawn_once_and_anew_after_a_change(client, django_assert_num_queries):
    event = EventFactory(published=True, importance="landmark", start="1924", title_en="One")
    first = client.get("/en/lanes/").content.decode()
    with django_assert_num_queries(10):
        assert client.get("/en/lanes/").content.decode() == first

    event.title_en = "Another"
    event.save()

    assert ">One<" in first
    text = client.get("/en/lanes/").content.decode()
    assert (">One<" in text, ">Another<" in text) == (False, True)
