"""How search engines and shared links find and name the pages, and what stays out of sight."""

import re
import struct
from datetime import UTC, datetime
from html import unescape

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import expect

from timeline.choices import Status
from timeline.models import Event
from timeline.tests.factories import (
    ActorFactory,
    AgreementFactory,
    EventFactory,
    SectorFactory,
    SourceFactory,
    StoryFactory,
)
from timeline.urls import pages

pytestmark = pytest.mark.django_db

HOST = "http://testserver"
ADDRESSES = [
    "/en/",
    "/tr/?page=2",
    "/ja/lanes/?sector=diplomacy&by=kind&zoom=decade&at=1930",
    "/en/actors/",
    "/tr/agreements/?kind=treaty",
    "/ja/sources/?q=%E5%9B%BD%E4%BA%A4&side=japan",
    "/en/events/visit/",
    "/tr/actors/kono/",
    "/ja/agreements/lausanne/",
    "/en/sources/report/",
    "/tr/about/",
    "/ja/coverage/",
    "/en/anniversaries/?from=2026-01-01",
    "/tr/briefing/?sector=diplomacy",
]


@pytest.fixture
def record():
    """A record of each kind, and enough events for a second page."""
    EventFactory.create_batch(50, published=True, sides=[])
    EventFactory(slug="visit", published=True, actors=[ActorFactory(slug="kono")])
    AgreementFactory(slug="lausanne", published=True)
    SourceFactory(slug="report", title="国交")


def links(response, rel):
    """The addresses in the head of a page, as they are meant."""
    page = response.content.decode()
    found = re.findall(rf'<link rel="{rel}"(?: hreflang="([^"]+)")? href="([^"]+)">', page)
    return [(language, unescape(url)) for language, url in found]


def canonical(response):
    return [url for _none, url in links(response, "canonical")]


def metas(response):
    """What the head says of the page: the content by the name, a list where there are several."""
    page = response.content.decode()
    found = {}
    for name, content in re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', page):
        found.setdefault(name, []).append(unescape(content))
    return {name: values[0] if len(values) == 1 else values for name, values in found.items()}


# Canonical addresses and languages


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_names_itself_and_its_other_languages(client, record, address):
    response = client.get(address)

    assert response.status_code == 200
    assert canonical(response) == [HOST + address]
    rest = address[len("/en") :]
    assert links(response, "alternate") == [
        ("en", f"{HOST}/en{rest}"),
        ("tr", f"{HOST}/tr{rest}"),
        ("ja", f"{HOST}/ja{rest}"),
        ("x-default", HOST + rest),
    ]


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_other_languages_of_a_page_name_it_back(client, record, address):
    alternates = links(client.get(address), "alternate")

    for _language, url in alternates[:3]:
        response = client.get(url.removeprefix(HOST))
        assert canonical(response) == [url]
        assert links(response, "alternate") == alternates


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("language", ["en", "tr", "ja"])
def test_the_address_without_a_language_leads_to_the_readers(client, record, address, language):
    [*_others, (_default, url)] = links(client.get(address), "alternate")

    response = client.get(url.removeprefix(HOST), headers={"accept-language": language})

    assert response.status_code == 302
    assert response.url == f"/{language}{address[len('/en') :]}"


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("/en/?page=1", "/en/"),
        ("/en/?utm_source=letter", "/en/"),
        ("/en/?to=1952&from=1924", "/en/?from=1924&to=1952"),
        (
            "/en/?sector=trade&sector=diplomacy&sector=trade&x=1",
            "/en/?sector=diplomacy&sector=trade",
        ),
        ("/en/?order=newest&page=2&q=a+b", "/en/?q=a+b&order=newest&page=2"),
        ("/en/events/visit/?sector=diplomacy", "/en/events/visit/"),
        ("/en/about/?sector=diplomacy", "/en/about/"),
    ],
)
def test_one_page_has_one_canonical_address_however_it_is_asked_for(client, record, asked, meant):
    Event.objects.update(folded="a b")
    SectorFactory(slug="trade")

    assert canonical(client.get(asked)) == [HOST + meant]


@pytest.mark.django_db(transaction=True)
def test_a_shared_view_is_the_one_shown_after_filtering(live_server, page):
    EventFactory.create_batch(3, published=True)
    page.goto(f"{live_server.url}/en/")
    page.get_by_label("Diplomacy").check()
    page.get_by_role("button", name="Apply").click()

    expect(page.locator("link[rel=canonical]")).to_have_attribute(
        "href", f"{live_server.url}/en/?sector=diplomacy"
    )


@pytest.mark.parametrize("address", ["/?sector=trade&from=1930", "/"])
def test_the_front_door_passes_the_question_on(client, address):
    response = client.get(address, headers={"accept-language": "ja"})

    assert response.url == f"/ja{address}"


# What may be listed


@pytest.mark.parametrize(
    ("address", "robots"),
    [
        ("/en/", None),
        ("/en/?page=2", None),
        ("/en/?x=1", None),
        ("/en/events/visit/?sector=diplomacy", None),
        ("/en/?sector=diplomacy", "noindex, follow"),
        ("/en/?order=newest", "noindex, follow"),
        ("/en/actors/?kind=person", "noindex, follow"),
        ("/en/briefing/", "noindex, follow"),
    ],
)
def test_selections_are_not_listed_but_followed(client, record, address, robots):
    assert metas(client.get(address)).get("robots") == robots


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/en/?from=nonsense", 400),
        ("/en/briefing/?from=nonsense", 400),
        ("/en/actors/?kind=nonsense", 400),
        ("/en/anniversaries/?from=nonsense", 400),
        ("/en/?page=99", 404),
        ("/en/events/hidden/", 404),
        ("/en/nowhere/", 404),
        ("/en/events/gone/", 410),
    ],
)
def test_what_is_no_page_is_not_to_be_found(client, record, address, status):
    EventFactory(slug="hidden")
    EventFactory(slug="gone", status=Status.WITHDRAWN, reason="It never happened.")

    response = client.get(address)

    assert response.status_code == status
    assert (canonical(response), links(response, "alternate")) == ([], [])
    assert [name for name in metas(response) if name.startswith("og:")] == []
    assert metas(response)["robots"] == "noindex"


def test_a_request_for_another_host_is_refused_and_not_named(client):
    response = client.get("/en/", headers={"host": "elsewhere.example"})

    assert response.status_code == 400
    assert "elsewhere.example" not in response.content.decode()


# Shared links


def test_a_shared_record_is_an_article_in_its_language(client):
    event = EventFactory(
        slug="visit",
        published=True,
        title_en="The “Ertuğrul” visit",
        title_tr="“Ertuğrul” ziyareti",
        summary_tr='Bir "ziyaret" & daha.',
    )
    Event.objects.update(updated=datetime(2026, 11, 3, 12, tzinfo=UTC))

    response = client.get(f"/tr/events/{event.slug}/")

    shared = {name: value for name, value in metas(response).items() if name[:3] in ("og:", "art")}
    alt = shared.pop("og:image:alt")
    assert alt
    assert shared.pop("og:site_name")
    assert shared == {
        "og:type": "article",
        "article:modified_time": "2026-11-03T12:00:00+00:00",
        "og:title": "“Ertuğrul” ziyareti (1 Haziran 1934) – Türkiye–Japonya",
        "og:description": 'Bir "ziyaret" & daha.',
        "og:url": f"{HOST}/tr/events/visit/",
        "og:locale": "tr_TR",
        "og:locale:alternate": ["en_GB", "ja_JP"],
        "og:image": f"{HOST}/static/img/og.png",
        "og:image:width": "1200",
        "og:image:height": "630",
    }
    assert metas(response)["twitter:card"] == "summary_large_image"


@pytest.mark.parametrize("address", ["/en/", "/en/actors/", "/en/about/"])
def test_other_pages_are_shared_as_the_site_under_their_own_title(client, address):
    response = client.get(address)

    title = re.search("<title>(.+?)</title>", response.content.decode()).group(1)
    shared = metas(response)
    assert (shared["og:type"], shared["og:title"]) == ("website", unescape(title))
    assert shared["og:description"] == shared["description"]


def test_the_shared_picture_is_as_large_as_said_and_light():
    with open(finders.find("img/og.png"), "rb") as file:
        picture = file.read()

    assert struct.unpack(">II", picture[16:24]) == (1200, 630)
    assert len(picture) < 60_000


# The sitemap


def locations(response):
    return re.findall("<loc>([^<]+)</loc>", response.content.decode())


def in_all_languages(*paths):
    return [f"{HOST}/{language}{path}" for path in paths for language in ("en", "tr", "ja")]


def test_the_sitemap_leads_to_its_sections(client):
    response = client.get("/sitemap.xml")

    sections = ["pages", "events", "actors", "agreements", "sources", "stories"]
    assert response["Content-Type"] == "application/xml"
    assert locations(response) == [f"{HOST}/sitemap-{name}.xml" for name in sections]
    assert [client.get(url.removeprefix(HOST)).status_code for url in locations(response)] == [
        200
    ] * 6
    assert client.get("/sitemap-drafts.xml").status_code == 404


@pytest.mark.parametrize(
    ("section", "factory"),
    [
        ("events", EventFactory),
        ("actors", ActorFactory),
        ("agreements", AgreementFactory),
        ("sources", SourceFactory),
        ("stories", StoryFactory),
    ],
)
def test_only_published_records_are_in_the_sitemap(client, section, factory):
    kept = {"sides": []} if factory is EventFactory else {}
    for status in (Status.DRAFT, Status.IN_REVIEW):
        factory(slug=status.value, status=status, **kept)
    factory(slug="gone", status=Status.WITHDRAWN, reason="Not so.", **kept)
    shown = factory(slug="shown", status=Status.PUBLISHED, **kept)
    factory(slug="merged", status=Status.MERGED, merged_into=shown, **kept)

    response = client.get(f"/sitemap-{section}.xml")

    assert locations(response) == in_all_languages(f"/{section}/shown/")


def test_an_address_in_the_sitemap_says_when_it_changed_and_in_which_languages_it_is(client):
    EventFactory(slug="visit", published=True)
    Event.objects.update(updated=datetime(2026, 11, 3, tzinfo=UTC))

    text = client.get("/sitemap-events.xml").content.decode()

    first = re.search("<url>(.+?)</url>", text, re.DOTALL).group(1)
    assert re.findall("<lastmod>(.+?)</lastmod>", first) == ["2026-11-03"]
    assert re.findall('hreflang="([^"]+)" href="([^"]+)"', first) == links(
        client.get("/en/events/visit/"), "alternate"
    )


def test_a_list_changed_when_the_newest_of_its_published_records_did(client):
    EventFactory(published=True)
    Event.objects.update(updated=datetime(2026, 11, 3, tzinfo=UTC))
    EventFactory()

    text = client.get("/sitemap-pages.xml").content.decode()

    assert re.findall(f"<loc>{HOST}/en/</loc><lastmod>(.+?)</lastmod>", text) == ["2026-11-03"]
    assert f"<loc>{HOST}/en/about/</loc><lastmod>" not in text


def test_every_page_is_in_the_sitemap_but_other_forms_of_the_timeline(client):
    paths = {f"/{one.pattern}" for one in pages.urlpatterns if one.name}
    named = {path for path in paths if "<" not in path}
    # A feed and a calendar are no pages.
    others = {"/briefing/", "/cite/", "/embed/", "/anniversaries.ics", "/changes.atom"}

    found = locations(client.get("/sitemap-pages.xml"))

    assert sorted(found) == sorted(in_all_languages(*(named - others)))


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("address", "questions"),
    [("sitemap", 20), ("sitemap-events", 1), ("sitemap-sources", 1), ("sitemap-pages", 5)],
)
def test_the_sitemap_asks_a_fixed_number_of_questions(
    client, address, questions, number, django_assert_num_queries
):
    EventFactory.create_batch(number, published=True, actors=[ActorFactory()])
    AgreementFactory.create_batch(number, published=True)

    with django_assert_num_queries(questions):
        client.get(f"/{address}.xml")


def test_crawlers_may_read_all_but_the_desk_of_the_curators(client):
    response = client.get("/robots.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == (
        f"User-agent: *\nDisallow: /admin/\nSitemap: {HOST}/sitemap.xml\n"
    )


@pytest.mark.parametrize("address", ["/robots.txt", "/sitemap.xml", "/sitemap-events.xml"])
def test_what_crawlers_read_cannot_be_written_to(client, address):
    assert client.post(address).status_code == 405
