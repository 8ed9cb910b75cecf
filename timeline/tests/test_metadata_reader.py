"""Our pages read by the reader of metadata that Wikimedia's citation service uses."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from timeline.dates import PartialDate
from timeline.tests.factories import EventFactory

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PACKAGE = "html-metadata@3.0.1"
PROGRAM = """
const read = require(process.argv[1]);
read(process.argv[2]).then((found) => console.log(JSON.stringify(found)));
"""


@pytest.fixture(scope="session")
def html_metadata():
    """The folder of the program as it is published."""
    if not shutil.which("npm"):
        pytest.skip("npm is not installed, so html-metadata cannot be fetched")
    called = [settings.BASE_DIR / "scripts" / "npm-package", PACKAGE]
    said = subprocess.run(called, check=True, capture_output=True, text=True, timeout=120)
    return Path(said.stdout.strip())


@pytest.fixture
def read(live_server, html_metadata):
    """What the program finds on a page."""

    def read_page(address):
        called = ["node", "-e", PROGRAM, html_metadata, live_server.url + address]
        said = subprocess.run(called, check=True, capture_output=True, text=True, timeout=60)
        return json.loads(said.stdout)

    return read_page


def test_the_page_of_an_event_reads_as_an_entry_of_a_reference_work(read, live_server):
    EventFactory(
        pk=12,
        slug="visit",
        published=True,
        title_en="The “Ertuğrul” visit & more <b>",
        start=PartialDate(1934, 6),
    )

    found = read("/en/events/visit/")

    assert found["dublinCore"] == {
        "title": "The “Ertuğrul” visit & more <b>",
        "type": "encyclopediaArticle",
        "date": "2026-11-24",
        "language": "en",
        "publisher": "Japan–Türkiye: a sourced timeline, 1924–2025",
        "identifier": f"{live_server.url}/e/12",
        "rights": "https://creativecommons.org/licenses/by/4.0/",
    }
    assert found["highwirePress"] == {
        "title": "The “Ertuğrul” visit & more <b>",
        "date": "2026/11/24",
        "publisher": "Japan–Türkiye: a sourced timeline, 1924–2025",
        "language": "en",
        "public_url": f"{live_server.url}/e/12",
    }
    assert found["openGraph"]["type"] == "article"
    kinds = [node["@type"] for node in found["jsonLd"]["@graph"]]
    assert kinds == ["WebPage", "Event", "BreadcrumbList"]


def test_a_list_reads_as_a_page_of_several_works(read, live_server):
    EventFactory(pk=12, published=True, title_en="First", start=PartialDate(1930))
    EventFactory(pk=13, published=True, title_ja="次", title_en="Next", start=PartialDate(1931))

    found = read("/ja/")

    assert found["dublinCore"]["type"] == "webpage"
    assert [(one["rft"]["title"], one["rft"]["type"]) for one in found["coins"]] == [
        ("First", "encyclopediaArticle"),
        ("次", "encyclopediaArticle"),
    ]
    assert [one["rft"]["identifier"] for one in found["coins"]] == [
        f"{live_server.url}/e/12",
        f"{live_server.url}/e/13",
    ]
