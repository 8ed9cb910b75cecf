"""Frames for other pages, and how other sites learn of them."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from playwright.sync_api import expect

from timeline.choices import Status
from timeline.dates import PartialDate
from timeline.tests.factories import EventFactory, SectorFactory
from timeline.tests.test_discovery import metas
from timeline.tests.test_pages import words as words_with_tag

pytestmark = pytest.mark.django_db

HOST = "http://testserver"


@pytest.fixture
def visit():
    return EventFactory(
        pk=12,
        slug="visit",
        published=True,
        title_en="The “Ertuğrul” visit",
        title_ja="エルトゥールル号の訪問",
        start=PartialDate(1934, 6),
    )


def ancestors(response):
    """Who may frame a page, by either header."""
    policy = dict(
        part.strip().split(" ", 1)
        for part in response["Content-Security-Policy"].split(";")
        if " " in part.strip()
    )
    return policy["frame-ancestors"], response.get("X-Frame-Options")


def words(response):
    return words_with_tag(response).removeprefix("> ")


# The frames


@pytest.mark.parametrize("address", ["/en/embed/", "/tr/embed/events/visit/"])
def test_others_may_frame_what_is_made_for_it(client, visit, address):
    assert ancestors(client.get(address)) == ("*", None)


@pytest.mark.parametrize(
    "address",
    ["/en/", "/en/events/visit/", "/en/lanes/", "/en/cite/", "/en/data/", "/admin/login/"],
)
def test_others_may_frame_nothing_else(client, visit, address):
    assert ancestors(client.get(address)) == ("'none'", "DENY")


def test_a_frame_has_the_policy_of_all_pages_otherwise(client, visit):
    def policy(address):
        parts = client.get(address)["Content-Security-Policy"].split("; ")
        return {part for part in parts if not part.startswith("frame-ancestors")}

    assert policy("/en/embed/") == policy("/en/")


def test_a_list_in_a_frame_is_the_filtered_one_with_the_way_to_the_whole(client, visit):
    SectorFactory(slug="trade")
    EventFactory(published=True, title_en="Something else", start=PartialDate(1950))
    EventFactory(title_en="A draft")

    response = client.get("/en/embed/?to=1940&order=newest")

    assert words(response) == "Until 1940 1 record June 1934 The “Ertuğrul” visit"
    page = response.content.decode()
    assert f'<link rel="canonical" href="{HOST}/en/?to=1940&amp;order=newest">' in page
    assert "<script" not in page
    assert "<nav" not in page


def test_a_long_list_goes_on_inside_the_frame(client):
    EventFactory.create_batch(21, published=True)

    first = client.get("/en/embed/").content.decode()
    second = client.get("/en/embed/?page=2").content.decode()

    assert 'target="_self" rel="next" href="?page=2"' in first
    assert first.count("thread__item") == 20
    assert second.count("thread__item") == 1


def test_an_event_in_a_frame_says_when_what_and_on_whose_word(client, visit):
    response = client.get("/ja/embed/events/visit/")

    assert words(response) == (
        "1934年6月 日は不明 エルトゥールル号の訪問 What happened. 日本側のみ 出典1点"
    )
    assert f'<link rel="canonical" href="{HOST}/ja/events/visit/">' in response.content.decode()


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/en/embed/?from=nonsense", 400),
        ("/en/embed/events/gone/", 410),
        ("/en/embed/events/draft/", 404),
        ("/en/embed/?page=2", 404),
    ],
)
def test_what_is_not_there_is_said_in_the_frame_too(client, address, status):
    EventFactory(slug="gone", status=Status.WITHDRAWN, reason="It never happened.")
    EventFactory(slug="draft")

    response = client.get(address)

    assert response.status_code == status
    if status == 410:
        assert "It never happened." in words(response)


def test_the_old_name_of_a_merged_event_leads_to_the_frame_of_the_other(client, visit):
    EventFactory(slug="old", status=Status.MERGED, merged_into=visit)

    response = client.get("/en/embed/events/old/")

    assert (response.status_code, response.url) == (301, "/en/embed/events/visit/")


@pytest.mark.parametrize("address", ["/en/embed/", "/en/embed/events/visit/", "/oembed"])
def test_frames_are_for_reading(client, visit, address):
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("address", "questions"), [("/en/embed/", 4), ("/en/embed/?to=1990", 4)])
def test_a_frame_asks_a_fixed_number_of_questions(
    client, number, address, questions, django_assert_num_queries
):
    EventFactory.create_batch(number, published=True)

    with django_assert_num_queries(questions):
        client.get(address)


# oEmbed


def oembed(client, url, **asked):
    return client.get("/oembed", {"url": url, **asked})


@pytest.mark.parametrize(
    ("url", "frame", "title"),
    [
        (f"{HOST}/en/events/visit/", "/en/embed/events/visit/", "The “Ertuğrul” visit"),
        (f"{HOST}/ja/events/visit/?q=x", "/ja/embed/events/visit/", "エルトゥールル号の訪問"),
        (f"{HOST}/e/12", "/en/embed/events/visit/", "The “Ertuğrul” visit"),
        (f"{HOST}/en/embed/events/visit/", "/en/embed/events/visit/", "The “Ertuğrul” visit"),
        (
            f"{HOST}/en/?to=1940&page=3&x=1&to=",
            "/en/embed/?to=1940",
            "Until 1940",
        ),
        (f"{HOST}/?year=1934", "/en/embed/?year=1934", "1934"),
        (f"{HOST}/en/", "/en/embed/", "Japan–Türkiye: a sourced timeline, 1924–2025"),
    ],
)
def test_an_address_of_ours_is_a_frame(client, visit, url, frame, title):
    answer = oembed(client, url).json()

    html = answer.pop("html")
    assert html == (
        f'<iframe src="{HOST}{frame}" title="{title}" width="640" height="480" loading="lazy">'
        "</iframe>"
    )
    assert answer == {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": "Japan–Türkiye: a sourced timeline, 1924–2025",
        "provider_url": f"{HOST}/",
        "width": 640,
        "height": 480,
        "cache_age": 3600,
    }
    assert client.get(frame).status_code == 200


def test_the_same_is_to_be_had_as_xml(client, visit):
    response = oembed(client, f"{HOST}/en/events/visit/", format="xml")

    root = ElementTree.fromstring(response.content)  # noqa: S314
    said = {one.tag: one.text for one in root}
    numbers = {name: int(said[name]) for name in ("width", "height", "cache_age")}
    assert (root.tag, response["Content-Type"]) == ("oembed", "text/xml; charset=utf-8")
    assert said | numbers == oembed(client, f"{HOST}/en/events/visit/").json()


def test_a_frame_is_no_larger_than_asked(client, visit):
    answer = oembed(client, f"{HOST}/e/12", maxwidth=300, maxheight=9999).json()

    assert (answer["width"], answer["height"]) == (300, 480)
    assert 'width="300" height="480"' in answer["html"]


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("", 400),
        ("x" * 2001, 400),
        ("https://elsewhere.example/en/events/visit/", 404),
        ("//testserver/en/", 404),
        ("ftp://testserver/en/", 404),
        ("javascript:alert(1)", 404),
        ("http://[", 404),
        (f"{HOST}/en/events/draft/", 404),
        (f"{HOST}/en/events/nothing/", 404),
        (f"{HOST}/en/?from=nonsense", 404),
        (f"{HOST}/admin/", 404),
        (f"{HOST}/en/about/", 404),
        (f"{HOST}@elsewhere.example/en/", 404),
        (f"{HOST}/en/\x00", 400),
        (f"{HOST}/e/99999999999999999999", 404),
    ],
)
def test_nothing_but_our_pages_is_framed(client, url, status):
    EventFactory(slug="draft")

    assert oembed(client, url).status_code == status


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        ({"format": "yaml"}, 501, "format:"),
        ({"maxwidth": "wide"}, 400, "maxwidth:"),
        ({"maxwidth": "-1"}, 400, "maxwidth:"),
        ({"maxheight": "0"}, 400, "maxheight:"),
        ({"maxheight": "9" * 40}, 400, "maxheight:"),
    ],
)
def test_an_unreadable_parameter_is_named(client, visit, asked, status, said):
    response = oembed(client, f"{HOST}/e/12", **asked)

    assert response.status_code == status
    assert response.content.decode().startswith(said)


def test_a_hostile_title_stays_in_its_attribute(client, visit):
    visit.title_en = '"><script>alert(1)</script>'
    visit.save()

    html = oembed(client, f"{HOST}/en/events/visit/").json()["html"]

    assert 'title="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"' in html


# Discovery and sharing


@pytest.mark.parametrize("address", ["/en/?to=1940", "/ja/events/visit/"])
def test_a_page_tells_where_its_frame_is_described(client, visit, address):
    page = client.get(address).content.decode()

    described = f"{HOST}/oembed?url={quote(HOST + address, safe='')}"
    for kind, name in (("application/json", "json"), ("text/xml", "xml")):
        found = f'<link rel="alternate" type="{kind}+oembed" href="{described}&amp;format={name}"'
        assert found in page
    assert client.get(described.removeprefix(HOST)).status_code == 200


def test_a_page_without_a_frame_tells_of_none(client):
    assert "oembed" not in client.get("/en/about/").content.decode()


def test_a_page_gives_the_code_of_its_frame_to_copy(client, visit):
    page = client.get("/en/events/visit/").content.decode()

    assert (
        f"&lt;iframe src=&quot;{HOST}/en/embed/events/visit/&quot; title=&quot;The “Ertuğrul” "
        "visit&quot; width=&quot;640&quot; height=&quot;480&quot; loading=&quot;lazy&quot;&gt;"
        "&lt;/iframe&gt;</textarea>"
    ) in page


def test_a_frame_is_not_listed_itself(client, visit):
    assert metas(client.get("/en/embed/"))["robots"] == "noindex"


@pytest.fixture
def elsewhere(live_server):
    """The address of another site, whose one page frames a page made for it and one that is not."""
    body = "".join(
        f'<iframe id="{name}" src="{live_server.url}{address}"></iframe>'
        for name, address in {
            "ours": "/en/embed/events/visit/",
            "other": "/en/events/visit/",
        }.items()
    )

    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *args):
            pass

    # A real one: Chromium lets no page from afar, or made up by a test, into this machine.
    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.mark.django_db(transaction=True)
def test_a_page_elsewhere_shows_the_frame_and_no_other_page_of_ours(elsewhere, page, visit):
    said = []
    page.on("console", lambda message: said.append(message.text))

    page.goto(elsewhere)

    ours, other = page.frame_locator("#ours"), page.frame_locator("#other")
    expect(ours.get_by_role("heading")).to_have_text("The “Ertuğrul” visit")
    expect(other.get_by_text("The “Ertuğrul” visit")).to_have_count(0)
    assert [text for text in said if "frame-ancestors 'none'" in text]
    assert not [text for text in said if "/embed/" in text]
