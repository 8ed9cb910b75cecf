"""Citing a page or a view, and what a cited view says later."""

import datetime
import hashlib
import json
import re

import pytest
from django.test import Client
from django.utils import timezone

from timeline import frozen
from timeline.choices import Status
from timeline.dates import PartialDate
from timeline.filters import EventFilter
from timeline.models import Event, FrozenView, Release
from timeline.tests import reading
from timeline.tests.factories import (
    ActorFactory,
    AgreementFactory,
    CitationFactory,
    EventFactory,
    SectorFactory,
    SourceFactory,
)
from timeline.tests.test_pages import words

pytestmark = pytest.mark.django_db

HOST = "http://testserver"


@pytest.fixture(autouse=True)
def on_a_day(monkeypatch):
    """Everything happens on 24 November 2026."""
    day = datetime.date(2026, 11, 24)
    for module in ("frozen", "views.citing", "views.cited"):
        monkeypatch.setattr(f"timeline.{module}.localdate", lambda: day)


def release(number="2026.11", day=datetime.date(2026, 11, 24)):
    return Release.objects.create(
        number=number, day=day, records=1, checksum="0" * 64, files=[], changes={}
    )


def citations(response):
    """The ready citations of a page, by style."""
    page = response.content.decode()
    found = re.findall(
        r'citations__style">(.+?)</dt>\s*<dd class="citations__text">(.+?)</dd>', page
    )
    return {style: re.sub("<[^>]+>", "", text) for style, text in found}


# Each record has a box to cite it from


def test_a_record_gives_ready_citations_with_the_release_and_its_short_address(client):
    release()
    EventFactory(pk=12, slug="visit", published=True, title_en="A “state” visit")

    assert citations(client.get("/en/events/visit/")) == {
        "Chicago": "“A ‘state’ visit.” Japan–Türkiye: a sourced timeline, 1924–2025. Release "
        "2026.11. Last modified November 24, 2026. Accessed November 24, 2026. "
        f"{HOST}/e/12.",
        "APA": "A “state” visit. (2026, November 24). In Japan–Türkiye: a sourced timeline, "
        "1924–2025 (Release 2026.11). Retrieved November 24, 2026, from "
        f"{HOST}/e/12",
        "MLA": "“A ‘state’ visit.” Japan–Türkiye: a sourced timeline, 1924–2025, release "
        f"2026.11, 24 Nov. 2026, {HOST}/e/12. Accessed 24 Nov. 2026.",
    }


def test_a_record_corrected_after_the_release_is_not_said_to_stand_in_it(client):
    release(day=datetime.date(2026, 11, 24))
    EventFactory(slug="visit", published=True, changed=datetime.date(2026, 11, 25))

    assert "Release" not in citations(client.get("/en/events/visit/"))["Chicago"]


def test_citations_are_in_the_language_of_the_page_and_mark_any_other(client):
    EventFactory(pk=12, slug="visit", published=True, title_en="A visit")

    response = client.get("/ja/events/visit/")

    assert citations(response)["MLA"] == (
        "「A visit」『日本・トルコ関係年表（出典付き）1924～2025年』2026年11月24日、"
        f"{HOST}/e/12 2026年11月24日閲覧。"
    )
    assert '「<span lang="en">A visit</span>」『<cite>日本・トルコ' in response.content.decode()


@pytest.mark.parametrize(
    ("factory", "address", "short"),
    [
        (ActorFactory, "actors", "p"),
        (AgreementFactory, "agreements", "t"),
    ],
)
def test_every_kind_of_record_can_be_cited(client, factory, address, short):
    factory(pk=7, slug="one", status=Status.PUBLISHED)

    response = client.get(f"/tr/{address}/one/")

    assert citations(response)["Chicago"].endswith(f"{HOST}/{short}/7.")
    for suffix in ("bib", "ris", "csl.json"):
        assert f'href="/{address}/one.{suffix}?lang=tr"' in response.content.decode()


def test_a_source_is_cited_as_the_document_it_is(client):
    SourceFactory(
        slug="report",
        title="国交",
        language="ja",
        author="外務省",
        date=PartialDate(1924, 8),
        url="https://example.org/report",
    )

    assert citations(client.get("/en/sources/report/"))["Chicago"] == (
        "外務省. “国交.” A ministry. August 1924. https://example.org/report."
    )


def test_a_hostile_title_stays_text(client):
    EventFactory(slug="visit", published=True, title_en="<script>alert(1)</script>")

    page = client.get("/en/events/visit/").content.decode()

    assert "<script>alert" not in page


# A filtered view, as it stands


def test_a_view_is_cited_by_what_was_asked(client):
    SectorFactory(slug="trade")
    release()

    response = client.get("/en/cite/?to=1940&sector=trade")

    assert citations(response)["MLA"] == (
        "“Until 1940\N{NO-BREAK SPACE}· Trade.” Japan–Türkiye: a sourced timeline, 1924–2025, "
        f"release 2026.11, {HOST}/en/?to=1940&amp;sector=trade. Accessed 24 Nov. 2026."
    )


def test_a_view_that_cannot_be_read_cannot_be_cited_or_kept(client):
    for response in (client.get("/en/cite/?from=x"), client.post("/en/cite/?from=x")):
        assert response.status_code == 400
        assert "The question cannot be read" in words(response)
    assert not FrozenView.objects.exists()


# A view, kept


def keep(client, question=""):
    return client.post(f"/en/cite/?{question}")


@pytest.fixture
def visit():
    return EventFactory(
        pk=12, slug="visit", title_en="A visit", start=PartialDate(1934, 6), published=True
    )


def test_a_view_is_kept_with_its_question_release_count_and_checksum(client, visit):
    release()
    EventFactory(start=PartialDate(1950), published=True)
    EventFactory(start=PartialDate(1934))

    response = keep(client, "to=1940&order=newest&x=1")

    view = FrozenView.objects.get()
    assert (response.status_code, response.url) == (302, f"/en/cite/{view.pk}/")
    assert (view.question, view.release, view.count) == ("to=1940&order=newest", "2026.11", 1)
    assert view.day == datetime.date(2026, 11, 24)
    assert [number for number, _mark in view.marks] == [12]


def test_anyone_can_check_the_checksum(client, visit):
    EventFactory(published=True, start=PartialDate(1933))
    keep(client)
    view = FrozenView.objects.get()

    held = client.get(f"/v/{view.pk}.json").json()

    lines = "".join(f"{one['id']} {one['mark']}\n" for one in held["records"])
    assert hashlib.sha256(lines.encode()).hexdigest() == held["checksum"] == view.checksum
    assert (held["count"], len(held["records"])) == (2, 2)
    assert held["url"] == f"{HOST}/v/{view.pk}"


def test_the_short_address_of_a_view_leads_to_its_page(client, visit):
    keep(client)
    view = FrozenView.objects.get()

    response = client.get(f"/v/{view.pk}", headers={"accept-language": "ja"})

    assert (response.status_code, response.url) == (302, f"/ja/cite/{view.pk}/")
    assert client.get(f"/v/{view.pk + 1}").status_code == 404
    assert client.get(f"/v/{view.pk + 1}.bib").status_code == 404
    assert client.get("/v/99999999999999999999").status_code == 404


def test_the_same_finding_is_kept_once(client, visit):
    first = keep(client, "to=1940&kind=meeting")

    again = keep(client, "kind=meeting&to=1940&kind=meeting")

    assert first.url == again.url
    assert FrozenView.objects.count() == 1


@pytest.mark.parametrize("change", ["record", "release", "question"])
def test_another_finding_is_another_view(client, visit, change):
    keep(client)
    if change == "record":
        Event.objects.update(title_en="Another title")
    elif change == "release":
        release()

    keep(client, "order=newest" if change == "question" else "")

    assert FrozenView.objects.count() == 2


def test_keeping_needs_the_form_of_the_page(visit):
    careful = Client(enforce_csrf_checks=True)

    assert careful.post("/en/cite/").status_code == 403
    page = careful.get("/en/cite/").content.decode()
    token = re.search('name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    response = careful.post("/en/cite/", {"csrfmiddlewaretoken": token})
    assert response.status_code == 302


def test_so_many_views_are_kept_in_an_hour_and_no_more(client, visit, monkeypatch):
    monkeypatch.setattr(frozen, "AN_HOUR", 2)
    known = keep(client)
    keep(client, "order=newest")

    response = keep(client, "kind=meeting")

    assert (response.status_code, response["Retry-After"]) == (429, "3600")
    assert "Please try again later." in words(response)
    assert FrozenView.objects.count() == 2
    # What is known already needs no room.
    assert keep(client).url == known.url
    an_hour_ago = timezone.now() - datetime.timedelta(hours=1)
    FrozenView.objects.update(created=an_hour_ago)
    assert keep(client, "kind=meeting").status_code == 302


def test_what_is_too_large_is_cited_by_its_release(client, monkeypatch):
    monkeypatch.setattr(frozen, "MOST", 1)
    EventFactory.create_batch(2, published=True)

    assert "<form method" not in client.get("/en/cite/").content.decode()
    response = keep(client)
    assert response.status_code == 400
    assert "cite a release" in words(response)


# What a cited view says later


def since(client, view=None):
    """The headings of what changed, each with the titles below it."""
    view = view or FrozenView.objects.get()
    response = client.get(f"/en/cite/{view.pk}/")
    assert response.status_code == 200
    section = response.content.decode().split('id="since"')[1].split("</section>")[0]
    parts = re.split(r'<h3 class="cite__kind">(.+?)</h3>', section)
    titles = [re.findall('thread__title" href="[^"]+">(.+?)</a>', part) for part in parts[2::2]]
    return dict(zip(parts[1::2], titles, strict=True))


def test_a_view_says_that_nothing_changed(client, visit):
    keep(client)
    Event.objects.update(note="Looked at again.", updated=timezone.now())

    assert since(client) == {}
    page = words(client.get(FrozenView.objects.get().get_absolute_url()))
    assert "Nothing: the same records are found, and each says what it said." in page


def test_a_view_tells_what_became_of_each_of_its_records(client, visit):
    gone = EventFactory(published=True, title_en="Gone", start=PartialDate(1930))
    double = EventFactory(published=True, title_en="Double", start=PartialDate(1930))
    moved = EventFactory(published=True, title_en="Moved", start=PartialDate(1931))
    keep(client, "to=1940")
    Event.objects.filter(pk=visit.pk).update(title_en="A state visit")
    Event.objects.filter(pk=gone.pk).update(status=Status.WITHDRAWN, reason="It was not so.")
    Event.objects.filter(pk=double.pk).update(status=Status.MERGED, merged_into=visit)
    moved.start = PartialDate(1950)
    moved.save()
    EventFactory(published=True, title_en="New", start=PartialDate(1925))
    EventFactory(title_en="A draft", start=PartialDate(1925))

    assert since(client) == {
        "Corrected since (2)": ["Moved", "A state visit"],
        "Withdrawn since (1)": ["Gone"],
        "Merged into another since (1)": ["Double"],
        "Public, and no longer found by this question (1)": ["Moved"],
        "Found by this question today, and not then (1)": ["New"],
    }
    page = words(client.get(FrozenView.objects.get().get_absolute_url()))
    assert "It was not so." in page
    assert "A draft" not in page


def test_a_record_that_is_a_draft_again_is_only_counted(client, visit):
    keep(client)
    Event.objects.update(status=Status.DRAFT, title_en="Secret")

    page = words(client.get(FrozenView.objects.get().get_absolute_url()))

    assert "1 record is no longer public." in page
    assert "Secret" not in page


@pytest.mark.parametrize(
    "change",
    [
        lambda event: event.participants.create(actor=ActorFactory()),
        lambda event: CitationFactory(event=event),
        lambda event: Event.objects.update(summary_ja="別の要約"),
        lambda event: Event.objects.update(approximate=True),
        lambda event: event.sector_links.all().delete(),
    ],
)
def test_whatever_a_record_says_counts(client, visit, change):
    keep(client)

    change(visit)

    assert since(client) == {"Corrected since (1)": ["A visit"]}


def test_a_mark_is_fixed_for_good(visit):
    """A mark that changed with the program would call every cited record corrected."""
    record = {
        "title": {"en": "A visit", "tr": None, "ja": "訪問"},
        "summary": {"en": "What happened.", "tr": None, "ja": None},
        "date": {"edtf": "1934-06~"},
        "kind": "meeting",
        "importance": "major",
        "background": False,
        "sectors": ["diplomacy"],
        "place": {"slug": "ankara"},
        "participants": [{"actor": "kono", "role": "host", "name": {}}],
        "agreements": [{"agreement": "treaty", "relation": "signed"}],
        "citations": [
            {"source": "report", "supports": "date", "stance": "supports", "locator": "¶ 3"}
        ],
        "claims": [{"about": "date", "value": "1934-06", "preferred": True, "reason": {}}],
    }

    assert frozen.mark(record) == "b58c492e5c07a568"


def test_a_question_that_can_no_longer_be_asked_still_has_its_records(client, visit):
    sector = SectorFactory(slug="trade")
    visit.sector_links.update(sector=sector)
    keep(client, "sector=trade")
    visit.sector_links.all().delete()
    sector.delete()

    page = words(client.get(FrozenView.objects.get().get_absolute_url()))

    assert "The question can no longer be asked" in page
    assert since(client) == {"Corrected since (1)": ["A visit"]}


def test_a_view_is_cited_with_its_day_and_release(client, visit):
    release()
    keep(client, "to=1940")
    release("2026.12", datetime.date(2026, 12, 1))
    view = FrozenView.objects.get()

    assert citations(client.get(f"/en/cite/{view.pk}/"))["Chicago"] == (
        "“Until 1940.” Japan–Türkiye: a sourced timeline, 1924–2025. Release 2026.11. Last "
        f"modified November 24, 2026. Accessed November 24, 2026. {HOST}/v/{view.pk}."
    )
    (entry,) = reading.bibliography(client.get(f"/v/{view.pk}.bib").content)
    assert entry == {
        "ENTRYTYPE": "online",
        "ID": f"jtt-v{view.pk}",
        "title": "Until 1940",
        "organization": "Japan–Türkiye: a sourced timeline, 1924–2025",
        "date": "2026-11-24",
        "version": "2026.11",
        "note": f"SHA-256: {view.checksum}",
        "url": f"{HOST}/v/{view.pk}",
        "urldate": "2026-11-24",
        "langid": "english",
    }
    (reference,) = reading.references(client.get(f"/v/{view.pk}.ris").content)
    assert (reference["type_of_reference"], reference["title"]) == ("ELEC", "Until 1940")
    (item,) = json.loads(client.get(f"/v/{view.pk}.csl.json").content)
    assert (item["type"], item["version"]) == ("webpage", "2026.11")


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_a_view_asks_a_fixed_number_of_questions(
    client, number, django_assert_num_queries
):
    EventFactory.create_batch(number, published=True)
    view = frozen.freeze(EventFilter({}, queryset=Event.objects.published().in_order()))

    with django_assert_num_queries(16):
        client.get(f"/en/cite/{view.pk}/")


@pytest.mark.parametrize("address", ["/en/cite/1/", "/v/1", "/v/1.json"])
def test_a_view_cannot_be_written_to(client, address):
    assert client.post(address).status_code == 405
