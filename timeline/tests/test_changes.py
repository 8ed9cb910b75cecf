"""The page of corrections and its feed: what changed, when and why, and no secret."""

import datetime
from xml.etree import ElementTree

import pytest
from django.utils.timezone import now

from timeline import curation, history, merging
from timeline.choices import Action
from timeline.models import Event, Participation, Revision, Source
from timeline.tests.factories import (
    ActorFactory,
    CitationFactory,
    EventFactory,
    SourceFactory,
)
from timeline.tests.workbench import account

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
LANGUAGES = ["en", "tr", "ja"]


def correct(record, reason="A better source.", **columns):
    kind = history.kind_of(record)
    history.keep(kind, [record.pk])
    type(record).objects.filter(pk=record.pk).update(**columns)
    curator = account("editor", "a-curator")
    history.note(kind, [record.pk], Action.CHANGED, by=curator, reason=reason)


def listed(client, language="en"):
    return [
        (one.heading, one.revision.reason, [(d.label, d.old, d.new) for d in one.differences])
        for one in client.get(f"/{language}/changes/").context["corrections"]
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_correction_stands_there_with_old_new_date_and_reason(client, language):
    event = EventFactory(published=True, title_en="Talks")
    correct(event, title_en="Talks in Ankara")

    page = client.get(f"/{language}/changes/").content.decode()
    feed = ElementTree.fromstring(client.get(f"/{language}/changes.atom").content)  # noqa: S314

    for text in ("<ins> in Ankara</ins>", "A better source.", f"/{language}/events/{event.slug}/"):
        assert text in page
    entry = feed.find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Talks in Ankara"
    assert entry.find(f"{ATOM}link").get("href") == (
        f"http://testserver/{language}/events/{event.slug}/"
    )
    assert entry.findtext(f"{ATOM}id") == f"http://testserver/e/{event.pk}#version-2"
    assert "<del>Talks</del> <ins>Talks in Ankara</ins>" in entry.findtext(f"{ATOM}summary")
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_named(client, language):
    correct(EventFactory(published=True), title_en="Talks in Ankara")

    for page in (f"/{language}/changes/", f"/{language}/changes.atom"):
        assert b"a-curator" not in client.get(page).content


def test_the_latest_stands_first_and_dates_are_those_of_the_corrections(client):
    first, second = EventFactory(published=True), EventFactory(published=True)
    correct(first, title_en="First")
    correct(second, title_en="Second")
    long_ago = now() - datetime.timedelta(days=400)
    Revision.objects.corrections().filter(number=second.pk).update(at=long_ago)

    corrections = client.get("/en/changes/").context["corrections"]

    assert [one.heading for one in corrections] == ["First", "Second"]
    assert corrections[1].day == long_ago.date()


@pytest.mark.parametrize(
    "change", [{"note": "Secret doubts."}, {"tr_reviewed": True}, {"folded": "x"}]
)
def test_what_readers_do_not_see_is_no_correction(client, change):
    event = EventFactory(published=True, note="")
    correct(event, **change)

    assert listed(client) == []
    assert Event.objects.get().changed is None


def test_drafts_stay_hidden_with_all_that_is_said_of_them(client):
    draft = EventFactory(title_en="Secret draft")
    correct(draft, title_en="Secret title")
    event = EventFactory(published=True)
    history.keep("events", [event.pk])
    Participation.objects.create(event=event, actor=ActorFactory(name_en="Nobody", status="draft"))
    CitationFactory(event=event, source=SourceFactory(title="Leak", status="draft"))
    Event.objects.filter(pk=event.pk).update(note="Whispered.")
    history.note("events", [event.pk], Action.CHANGED, reason="More sources.")

    for language in LANGUAGES:
        for page in (f"/{language}/changes/", f"/{language}/changes.atom"):
            text = client.get(page).content.decode()
            assert "More sources." in text
            for secret in ("Secret", "Nobody", "Leak", "Whispered"):
                assert secret not in text


def test_of_a_withdrawn_record_only_that_and_why_is_told(client):
    event = EventFactory(published=True, title_en="Talks", slug="talks")
    correct(event, title_en="Talks in Ankara")
    curation.withdraw(Event.objects.all(), reason="A hoax.")

    page = client.get("/en/changes/").content.decode()

    assert listed(client) == [("talks", "A hoax.", [])]
    assert "Ankara" not in page
    assert "Withdrawn" in page
    assert client.get("/en/events/talks/").status_code == 410


def test_a_record_that_is_restored_is_told_of_again(client):
    event = EventFactory(published=True, title_en="Talks")
    curation.withdraw(Event.objects.all(), reason="A hoax.")
    curation.restore(Event.objects.all(), reason="It was none.")

    reasons = [reason for _heading, reason, _differences in listed(client)]

    assert reasons == ["It was none.", "A hoax."]
    assert event.title_en in client.get("/en/changes/").content.decode()


def test_a_merged_record_leads_to_the_other(client):
    other = SourceFactory(title="Double", slug="double")
    kept = SourceFactory(title="Kept", slug="kept")
    merging.merge(other, kept, reason="One document.")

    page = client.get("/en/changes/").content.decode()

    assert "Merged into" in page
    assert '<a href="/en/sources/kept/">' in page
    assert [heading for heading, *_rest in listed(client)] == ["double"]


def test_publication_is_no_correction(client):
    EventFactory()
    curation.publish(Event.objects.all())

    assert listed(client) == []
    assert "Nothing was corrected yet" in client.get("/en/changes/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_page_and_feed_ask_a_fixed_number_of_questions(client, number, django_assert_num_queries):
    for _each in range(number):
        correct(EventFactory(published=True), summary_en="They met.")
        correct(Source.objects.latest("pk"), author="A. Author")

    with django_assert_num_queries(10):
        client.get("/en/changes/")
    with django_assert_num_queries(5):
        client.get("/en/changes.atom")


@pytest.mark.parametrize("page", ["0", "x", "99", "-1", "99999999999999999999"])
def test_a_page_that_is_not_there_is_not_found(client, page):
    assert client.get("/en/changes/", {"page": page}).status_code == 404


def test_many_corrections_are_paged(client):
    event = EventFactory(published=True)
    for number in range(31):
        correct(event, title_en=f"Talks {number}")

    assert len(listed(client)) == 30
    assert len(client.get("/en/changes/?page=2").context["corrections"]) == 1


def test_only_reading_is_answered(client):
    assert client.post("/en/changes/").status_code == 405
    assert client.post("/en/changes.atom").status_code == 405
