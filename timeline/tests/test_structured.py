"""What a page says to programs: linked data, and the fields that reference managers read."""

import datetime
import html
import json
import re
from urllib.parse import parse_qs

import extruct
import pytest
from pyld import jsonld

from timeline.choices import AgreementDateKind, Status
from timeline.dates import PartialDate
from timeline.models import Release
from timeline.tests.factories import (
    ActorFactory,
    AgreementDateFactory,
    AgreementFactory,
    CitationFactory,
    EventFactory,
    SourceFactory,
)
from timeline.tests.test_discovery import metas
from timeline.tests.test_exports import HOSTILE

pytestmark = pytest.mark.django_db

HOST = "http://testserver"
SCHEMA = "https://schema.org/"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def graph(client, address):
    """The nodes that a page says, by their type, as extruct finds them in the page."""
    response = client.get(address)
    assert response.status_code == 200
    found = extruct.extract(response.content.decode(), syntaxes=["json-ld"])["json-ld"]
    assert len(found) == 1
    return {node["@type"]: node for node in found[0]["@graph"]}


def refuse(url, options):
    raise AssertionError(f"{url} was asked for: a page must say its context itself.")


def expanded(client, address):
    """The same as a linked-data processor understands it, without a look outside."""
    page = client.get(address).content.decode()
    (found,) = extruct.extract(page, syntaxes=["json-ld"])["json-ld"]
    return jsonld.expand(found, {"documentLoader": refuse})


@pytest.fixture
def visit():
    event = EventFactory(
        pk=12,
        slug="visit",
        title_en="A visit",
        title_tr="Bir ziyaret",
        start=PartialDate(1934, 6),
        published=True,
        sides=[],
        actors=[ActorFactory(slug="kono", name_en="Kōno")],
        changed=datetime.date(2026, 11, 25),
    )
    CitationFactory(event=event, source=SourceFactory(slug="report", title="A report"))
    return event


# Linked data


def test_the_page_of_an_event_says_what_it_is_about_and_no_more_of_its_date_than_is_known(
    client, visit
):
    nodes = graph(client, "/tr/events/visit/")

    assert sorted(nodes) == ["BreadcrumbList", "Event", "WebPage"]
    assert nodes["WebPage"] == {
        "@id": f"{HOST}/tr/events/visit/",
        "@type": "WebPage",
        "url": f"{HOST}/tr/events/visit/",
        "name": "Bir ziyaret",
        "inLanguage": "tr",
        "license": LICENCE,
        "isPartOf": {
            "@type": "WebSite",
            "name": "Türkiye–Japonya: kaynaklı zaman çizelgesi, 1924–2025",
            "url": f"{HOST}/",
        },
        "datePublished": "2026-11-24",
        "dateModified": "2026-11-25",
        "mainEntity": {"@id": f"{HOST}/events/visit.jsonld"},
        "citation": [{"@id": f"{HOST}/sources/report.jsonld"}],
        "breadcrumb": {"@id": f"{HOST}/tr/events/visit/#breadcrumb"},
    }
    event = nodes["Event"]
    assert event["@id"] == f"{HOST}/events/visit.jsonld"
    assert event["startDate"] == "1934-06"
    assert "endDate" not in event
    assert "location" not in event
    assert event["name"] == [
        {"@value": "A visit", "@language": "en"},
        {"@value": "Bir ziyaret", "@language": "tr"},
    ]
    assert [
        (one["position"], one["name"]) for one in nodes["BreadcrumbList"]["itemListElement"]
    ] == [
        (1, "Zaman çizelgesi"),
        (2, "1930’lar"),
        (3, "1934"),
        (4, "Bir ziyaret"),
    ]


def test_the_page_and_the_file_say_the_same_of_an_event(client, visit):
    said = json.loads(b"".join(client.get("/events/visit.jsonld")))

    event = graph(client, "/en/events/visit/")["Event"]

    assert {name: value for name, value in said.items() if name != "@context"} == event


def test_an_approximate_date_is_not_said_at_all(client, visit):
    visit.approximate = True
    visit.save()

    assert "startDate" not in graph(client, "/en/events/visit/")["Event"]


def test_the_breadcrumb_is_the_one_that_is_shown(client, visit):
    page = client.get("/en/events/visit/").content.decode()

    shown = re.findall('breadcrumb__item"><a href="([^"]+)">(.+?)</a>', page)
    said = graph(client, "/en/events/visit/")["BreadcrumbList"]["itemListElement"]
    assert [(one["item"], one["name"]) for one in said][:-1] == [
        (HOST + html.unescape(url), label) for url, label in shown
    ]
    assert said[-1]["item"] == f"{HOST}/en/events/visit/"


@pytest.mark.parametrize(
    ("make", "address", "kind"),
    [
        (lambda: ActorFactory(slug="one", kind="person"), "/en/actors/one/", "Person"),
        (lambda: ActorFactory(slug="one", kind="organisation"), "/en/actors/one/", "Organization"),
        (
            lambda: AgreementFactory(slug="one", published=True),
            "/ja/agreements/one/",
            "Legislation",
        ),
        (lambda: SourceFactory(slug="one"), "/tr/sources/one/", "CreativeWork"),
    ],
)
def test_each_kind_of_record_is_said(client, make, address, kind):
    make()

    nodes = graph(client, address)

    assert sorted(nodes) == sorted(["BreadcrumbList", "WebPage", kind])
    assert nodes["WebPage"]["mainEntity"] == {"@id": nodes[kind]["@id"]}


def test_an_agreement_says_its_typed_dates_as_they_are_known(client):
    agreement = AgreementFactory(slug="treaty", published=True)
    AgreementDateFactory(agreement=agreement, date=PartialDate(1923, 7))
    AgreementDateFactory(
        agreement=agreement, kind=AgreementDateKind.IN_FORCE, date=PartialDate(1924)
    )

    said = graph(client, "/en/agreements/treaty/")["Legislation"]

    assert said["legislationDate"] == "1923-07"
    assert said["legislationDateOfApplicability"] == "1924"


@pytest.mark.parametrize(
    "address",
    ["/en/", "/tr/?kind=meeting", "/ja/actors/", "/en/about/", "/en/lanes/", "/en/anniversaries/"],
)
def test_every_page_says_what_it_is(client, visit, address):
    page = graph(client, address)["WebPage"]

    assert page["@id"] == HOST + address
    assert page["license"] == LICENCE
    assert page["name"]


def test_the_page_of_the_data_is_about_a_data_set(client):
    Release.objects.create(
        number="2026.11",
        day=datetime.date(2026, 11, 24),
        records=1,
        checksum="c" * 64,
        files=[{"name": "japan-turkiye-timeline-2026.11.zip", "bytes": 1, "sha256": "c" * 64}],
        changes={},
    )

    data = graph(client, "/en/data/")["Dataset"]

    assert (data["temporalCoverage"], data["version"]) == ("1924/2025", "2026.11")
    assert data["license"] == LICENCE
    assert data["distribution"][0]["contentUrl"] == (
        f"{HOST}/releases/2026.11/japan-turkiye-timeline-2026.11.zip"
    )


@pytest.mark.parametrize("address", ["/en/events/visit/", "/ja/actors/kono/", "/en/data/"])
def test_a_processor_understands_it_without_a_look_outside(client, visit, address):
    nodes = expanded(client, address)

    assert nodes
    assert {kind for node in nodes for kind in node["@type"]} > {f"{SCHEMA}WebPage"}


@pytest.mark.parametrize(
    ("address", "status"),
    [("/en/?from=x", 400), ("/en/events/gone/", 410), ("/en/events/draft/", 404)],
)
def test_what_is_no_page_says_nothing(client, address, status):
    EventFactory(slug="gone", status=Status.WITHDRAWN, reason="Not so.")
    EventFactory(slug="draft")

    response = client.get(address)

    assert response.status_code == status
    assert "ld+json" not in response.content.decode()
    assert not [name for name in metas(response) if name.startswith(("DC.", "citation_"))]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_come_through_and_end_no_element(client, text):
    EventFactory(slug="visit", title_en=text, published=True)

    page = client.get("/en/events/visit/").content.decode()

    assert page.count("<script") == 1
    assert graph(client, "/en/events/visit/")["Event"]["name"] == [
        {"@value": text, "@language": "en"}
    ]
    said = page.split('<script type="application/ld+json">')[1].split("</script>")[0]
    assert not set(said) & set("<>&\u2028\u2029")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", ["/en/", "/en/events/visit/", "/en/data/", "/en/cite/"])
def test_the_policy_against_scripts_lets_it_be(live_server, page, visit, address):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))

    page.goto(live_server.url + address)

    assert page.locator('script[type="application/ld+json"]').count() == 1
    assert complaints == []


# Reference managers


def work(response):
    said = metas(response).items()
    return {name: text for name, text in said if name.startswith(("DC.", "citation_"))}


def test_an_event_is_an_entry_of_a_reference_work_to_zotero(client, visit):
    assert work(client.get("/tr/events/visit/")) == {
        "DC.title": "Bir ziyaret",
        "DC.type": "encyclopediaArticle",
        "DC.date": "2026-11-25",
        "DC.language": "tr",
        "DC.publisher": "Türkiye–Japonya: kaynaklı zaman çizelgesi, 1924–2025",
        "DC.identifier": f"{HOST}/e/12",
        "DC.rights": LICENCE,
        "citation_title": "Bir ziyaret",
        "citation_date": "2026/11/25",
        "citation_publisher": "Türkiye–Japonya: kaynaklı zaman çizelgesi, 1924–2025",
        "citation_language": "tr",
        "citation_public_url": f"{HOST}/e/12",
    }


@pytest.mark.parametrize("address", ["/en/", "/en/actors/", "/en/about/", "/en/sources/report/"])
def test_other_pages_are_web_pages_to_zotero(client, visit, address):
    said = work(client.get(address))

    assert said["DC.type"] == "webpage"
    assert not [name for name in said if name.startswith("citation_")]


def test_a_filtered_list_is_another_page_to_zotero(client, visit):
    said = work(client.get("/en/?kind=meeting&to=1940&x=1"))

    assert said["DC.title"] == (
        "Japan–Türkiye: a sourced timeline, 1924–2025: Until 1940\N{NO-BREAK SPACE}· Meeting"
    )
    assert said["DC.identifier"] == f"{HOST}/en/?to=1940&kind=meeting"


def spans(response):
    """The COinS of a list."""
    found = re.findall('<span class="Z3988" title="([^"]+)"></span>', response.content.decode())
    return [
        {name: value for name, (value,) in parse_qs(html.unescape(text)).items()} for text in found
    ]


def test_each_record_of_a_list_can_be_taken_by_itself(client, visit):
    assert spans(client.get("/tr/")) == [
        {
            "ctx_ver": "Z39.88-2004",
            "rft_val_fmt": "info:ofi/fmt:kev:mtx:dc",
            "rft.type": "encyclopediaArticle",
            "rft.title": "Bir ziyaret",
            "rft.language": "tr",
            "rft.date": "2026-11-25",
            "rft.identifier": f"{HOST}/e/12",
        }
    ]
    (source,) = spans(client.get("/en/sources/"))
    assert (source["rft.type"], source["rft.title"]) == ("document", "A report")


def test_a_hostile_title_stays_in_its_span(client):
    EventFactory(published=True, title_en='"></span><script>alert(1)</script>&x=1')

    (span,) = spans(client.get("/en/"))

    assert span["rft.title"] == '"></span><script>alert(1)</script>&x=1'
