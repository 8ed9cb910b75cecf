"""CSL-JSON, BibTeX and RIS, read by the programs that researchers read them with."""

import datetime
import json
import warnings

import pytest
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON

from timeline.choices import AgreementDateKind, SourceKind
from timeline.dates import PartialDate
from timeline.models import Release
from timeline.tests import reading
from timeline.tests.factories import (
    ActorFactory,
    AgreementDateFactory,
    AgreementFactory,
    EventFactory,
    SourceFactory,
)
from timeline.tests.test_exports import HOSTILE, VAGUE

pytestmark = pytest.mark.django_db

SITE = "Japan–Türkiye: a sourced timeline, 1924–2025"


@pytest.fixture(autouse=True)
def on_a_day(monkeypatch):
    """Each record is read on 24 November 2026."""
    monkeypatch.setattr("timeline.views.files.localdate", lambda: datetime.date(2026, 11, 24))


def body_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return reading.whole(response)


def csl(client, address):
    return json.loads(body_of(client, address))


def bib(client, address):
    return reading.bibliography(body_of(client, address))


def ris(client, address):
    return reading.references(body_of(client, address))


def full_event(**columns):
    return EventFactory(
        pk=12,
        slug="visit",
        published=True,
        title_en="The “Ertuğrul” visit",
        title_ja="エルトゥールル号の訪問",
        start=PartialDate(1934, 6),
        added=datetime.date(2026, 11, 3),
        sides=[],
        **columns,
    )


# An event is an entry in this record


def test_an_event_is_an_entry_dated_when_it_was_last_corrected(client):
    full_event(changed=datetime.date(2026, 11, 10))

    assert csl(client, "/events/visit.csl.json") == [
        {
            "id": "jtt-e12",
            "title": "The “Ertuğrul” visit",
            "language": "en",
            "URL": "http://testserver/e/12",
            "type": "entry-encyclopedia",
            "container-title": SITE,
            "issued": {"date-parts": [[2026, 11, 10]]},
            "event-date": {"date-parts": [[1934, 6]]},
            "note": "Date of the event: 1934-06",
            "accessed": {"date-parts": [[2026, 11, 24]]},
        }
    ]
    assert bib(client, "/events/visit.bib") == [
        {
            "ENTRYTYPE": "inreference",
            "ID": "jtt-e12",
            "title": "The “Ertuğrul” visit",
            "booktitle": SITE,
            "date": "2026-11-10",
            "eventdate": "1934-06",
            "note": "Date of the event: 1934-06",
            "url": "http://testserver/e/12",
            "urldate": "2026-11-24",
            "langid": "english",
        }
    ]
    assert ris(client, "/events/visit.ris") == [
        {
            "type_of_reference": "ENCYC",
            "id": "jtt-e12",
            "title": "The “Ertuğrul” visit",
            "secondary_title": SITE,
            "year": "2026",
            "date": "2026/11/10/",
            "language": "en",
            "notes": ["Date of the event: 1934-06"],
            "urls": ["http://testserver/e/12"],
            "access_date": "2026/11/24/",
        }
    ]


@pytest.mark.parametrize(("released", "version"), [("2026-11-02", None), ("2026-11-03", "2026.11")])
def test_the_release_is_named_only_when_it_has_the_record_as_it_stands(client, released, version):
    full_event()
    Release.objects.create(
        number="2026.11",
        day=datetime.date.fromisoformat(released),
        records=1,
        checksum="0" * 64,
        files=[],
        changes={},
    )

    (item,) = csl(client, "/events/visit.csl.json")
    (entry,) = bib(client, "/events/visit.bib")
    (reference,) = ris(client, "/events/visit.ris")

    assert item.get("version") == version
    assert entry.get("version") == version
    assert reference.get("edition") == version


def test_a_citation_speaks_the_language_that_is_asked_for(client):
    full_event()

    (item,) = csl(client, "/events/visit.csl.json?lang=ja")
    (turkish,) = csl(client, "/events/visit.csl.json?lang=tr")

    assert (item["title"], item["language"]) == ("エルトゥールル号の訪問", "ja")
    assert item["container-title"] == "日本・トルコ関係年表（出典付き）1924～2025年"
    # Not translated: the English title, and no claim that it were Turkish.
    assert (turkish["title"], turkish["language"]) == ("The “Ertuğrul” visit", "en")


def test_no_date_gains_precision(client):
    for number, text in enumerate(VAGUE):
        start, _slash, end = text.replace("~", "").partition("/")
        EventFactory(
            pk=number + 1,
            published=True,
            start=PartialDate.parse(start),
            end=PartialDate.parse(end) if end else None,
            approximate="~" in text,
        )

    items = {item["id"]: item["event-date"] for item in csl(client, "/events.csl.json")}
    entries = reading.bibliography(body_of(client, "/events.bib"), decoded=False)

    assert items == {
        "jtt-e1": {"date-parts": [[1924]]},
        "jtt-e2": {"date-parts": [[1924, 8]]},
        "jtt-e3": {"date-parts": [[1924, 8, 6]]},
        "jtt-e4": {"date-parts": [[1927]], "circa": True},
        "jtt-e5": {"date-parts": [[1931, 1, 13], [1931, 1, 18]]},
        "jtt-e6": {"date-parts": [[1930], [1935]]},
        "jtt-e7": {"date-parts": [[1930, 5]], "circa": True},
    }
    dates = {entry["ID"]: entry["eventdate"] for entry in entries}
    assert dates == {f"jtt-e{number}": text for number, text in enumerate(VAGUE, 1)}


# An agreement is cited as the treaty, a source as the document


def test_an_agreement_is_a_treaty_dated_by_its_signing(client):
    agreement = AgreementFactory(pk=4, slug="lausanne", title_en="Treaty", published=True)
    dated = {"agreement": agreement, "approximate": False}
    AgreementDateFactory(kind=AgreementDateKind.IN_FORCE, date=PartialDate(1924, 8, 6), **dated)
    AgreementDateFactory(
        kind=AgreementDateKind.SIGNED, date=PartialDate(1923, 7), agreement=agreement
    )

    (item,) = csl(client, "/agreements/lausanne.csl.json")
    (entry,) = bib(client, "/agreements/lausanne.bib")
    (reference,) = ris(client, "/agreements/lausanne.ris")

    assert (item["type"], item["issued"]) == ("treaty", {"date-parts": [[1923, 7]]})
    assert item["note"] == "signed 1923-07; in-force 1924-08-06"
    assert item["source"] == SITE
    assert (entry["ENTRYTYPE"], entry["date"], entry["addendum"]) == ("legal", "1923-07", SITE)
    # LEGAL would become a court case in Zotero.
    assert (reference["type_of_reference"], reference["date"]) == ("STAT", "1923/07//")


@pytest.mark.parametrize(
    ("columns", "types"),
    [
        ({"kind": SourceKind.TREATY_TEXT}, ("treaty", "legal", "STAT")),
        ({"kind": SourceKind.PRESS}, ("article-newspaper", "article", "NEWS")),
        ({"kind": SourceKind.OFFICIAL}, ("webpage", "online", "ELEC")),
        ({"kind": SourceKind.OFFICIAL, "url": ""}, ("document", "misc", "GEN")),
        ({"kind": SourceKind.PRESS, "archive_location": "1.1.0"}, ("document", "misc", "GEN")),
    ],
)
def test_a_source_is_the_document_that_it_is(client, columns, types):
    SourceFactory(slug="report", **{"url": "https://example.org/a"} | columns)

    (item,) = csl(client, "/sources/report.csl.json")
    (entry,) = bib(client, "/sources/report.bib")
    (reference,) = ris(client, "/sources/report.ris")

    assert (item["type"], entry["ENTRYTYPE"], reference["type_of_reference"]) == types


def test_a_source_says_who_when_where_and_nothing_that_is_not_known(client):
    SourceFactory(pk=7, slug="bare", title="日本とトルコ", language="ja", publisher="")
    SourceFactory(
        pk=8,
        slug="full",
        author="A Ministry",
        date=PartialDate(1924, 8),
        accessed=PartialDate(2026),
        url="https://example.org/{a b}",
        archive_location="1.1.0.1",
    )

    assert csl(client, "/sources/bare.csl.json") == [
        {"id": "jtt-s7", "title": "日本とトルコ", "language": "ja", "type": "document"}
    ]
    (item,) = csl(client, "/sources/full.csl.json")
    (entry,) = bib(client, "/sources/full.bib")
    assert (item["author"], item["issued"]) == (
        [{"literal": "A Ministry"}],
        {"date-parts": [[1924, 8]]},
    )
    assert (item["accessed"], item["archive_location"]) == ({"date-parts": [[2026]]}, "1.1.0.1")
    assert (entry["author"], entry["library"]) == ("A Ministry", "1.1.0.1")
    (raw,) = reading.bibliography(body_of(client, "/sources/full.bib"), decoded=False)
    assert raw["url"] == "https://example.org/%7Ba%20b%7D"


# Hostile texts


def in_one_line(text):
    """What these formats hold of a text: its words, and no characters that control."""
    return " ".join(text.replace("\x01", "").split())


@pytest.fixture
def hostile():
    for number, text in enumerate(HOSTILE):
        EventFactory(published=True, title_en=text, start=PartialDate(1930, 1, 1 + number))


def test_csl_json_holds_hostile_texts(client, hostile):
    items = csl(client, "/events.csl.json")

    assert [item["title"] for item in items] == [in_one_line(text) for text in HOSTILE]


def test_ris_holds_hostile_texts_and_no_forged_record(client, hostile):
    body = body_of(client, "/events.ris")

    titles = [reference["title"] for reference in reading.references(body)]
    assert titles == [in_one_line(text) for text in HOSTILE]


def test_ris_cannot_be_forged_by_a_title(client):
    EventFactory(published=True, title_en="A visit\r\nER  - \r\nTY  - BOOK\r\nTI  - Forged")

    (reference,) = ris(client, "/events.ris")

    assert reference["title"] == "A visit ER - TY - BOOK TI - Forged"


def test_bibtex_holds_hostile_texts(client, hostile):
    entries = bib(client, "/events.bib")

    # The reader takes TeX's ^ for its accent, and a double quotation mark for none.
    titles = [entry["title"].replace("ˆ", "^") for entry in entries]
    assert titles == [in_one_line(text) for text in HOSTILE]


def closed_at(text):
    """How often the braces of a text are all closed, counted as BibTeX does: every one of them."""
    depth, closed = 0, 0
    for sign in text:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        closed += sign == "}" and depth == 0
    return closed


@pytest.mark.parametrize("text", ["a } b", "{ a", "} {", "a {b} c", "@book{x, title={y}}"])
def test_braces_end_no_field(client, text):
    EventFactory(published=True, title_en=text, summary_en="x")
    EventFactory(published=True, title_en="The next one", start=PartialDate(1950))

    body = body_of(client, "/events.bib")
    (first, second) = reading.bibliography(body, decoded=False)

    assert closed_at(body.decode()) == 2

    spelt = {r"\textbraceleft{}": "{", r"\textbraceright{}": "}", r"\{": "{", r"\}": "}"}
    title = first["title"]
    for tex, sign in spelt.items():
        title = title.replace(tex, sign)
    assert title == f"{{{text}}}"
    assert second["title"] == "{The next one}"


# A citation processor


def test_a_citation_processor_writes_the_items(client):
    full_event()
    items = csl(client, "/events.csl.json")

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of variables the processor does not know
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
        bibliography.register(Citation([CitationItem("jtt-e12")]))
        written = str(bibliography.bibliography()[0])

    assert "The “Ertuğrul” visit" in written
    assert SITE in written
    assert "2026" in written


# Lists


@pytest.mark.parametrize("kind", ["events", "actors", "agreements", "sources"])
def test_an_empty_list_is_an_empty_file(client, kind):
    assert csl(client, f"/{kind}.csl.json") == []
    assert bib(client, f"/{kind}.bib") == []
    assert ris(client, f"/{kind}.ris") == []


def test_keys_tell_all_kinds_of_records_apart(client):
    EventFactory(pk=1, published=True, sides=[])
    ActorFactory(pk=1)
    AgreementFactory(pk=1, published=True)
    SourceFactory(pk=1)

    kinds = ["events", "actors", "agreements", "sources"]
    keys = [entry["ID"] for kind in kinds for entry in bib(client, f"/{kind}.bib")]

    assert keys == ["jtt-e1", "jtt-p1", "jtt-t1", "jtt-s1"]
