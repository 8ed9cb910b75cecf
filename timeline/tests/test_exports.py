"""Each format, opened by a program that is not ours: does it say what the record says?"""

import datetime
import html
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pyld import jsonld

from timeline.dates import PartialDate
from timeline.exports import FORMATS, xlsx
from timeline.exports.about import About
from timeline.models import Event
from timeline.tests import reading
from timeline.tests.factories import (
    ActorFactory,
    AgreementDateFactory,
    AgreementFactory,
    EventFactory,
    PlaceFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db

HOSTILE = [
    '=HYPERLINK("http://example.org/","x")',
    "+1+1",
    "-2+3",
    "@SUM(A1:A9)",
    "＝1+1",
    "\t=1+1",
    "  =1+1",
    "'=1+1",
    "'quoted'",
    'say "so", twice; once',
    "one\nline\n\nand another",
    "a carriage\rreturn\r\nor two",
    "]]></title><![CDATA[",
    "</script><script>window.hacked = true</script>",
    "<img src=x onerror='window.hacked = true'>",
    "&lt;b&gt; &amp; &#x41; &",
    "right \u202eto left\u202c and \u200fmarks\u200e",
    "𠮷野家 and 🎌",
    r"\input{x} $x_1^2$ % # & ~ {} \n \, \;",
    "_x0041_ is not A",
    "{{ 7 * 7 }} {% now %}",
    "line \u2028 and \u2029 separators",
    "BEGIN:VEVENT\r\nSUMMARY:forged\r\nEND:VEVENT",
    "ÖÇŞİĞÜ öçşığü 日本語 ﾄﾙｺ",
]


@pytest.fixture
def hostile():
    """One event for each text, in the order of HOSTILE, dated to the day."""
    return [
        EventFactory(
            published=True,
            slug=f"hostile-{number:02}",
            title_en=text,
            summary_en=f"{text} {text}",
            start=PartialDate(1930, 1, 1 + number),
            place=PlaceFactory(name_en=text),
        )
        for number, text in enumerate(HOSTILE)
    ]


def body_of(client, address):
    response = client.get(address)
    body = reading.whole(response)
    assert response.status_code == 200, body
    return body


def test_every_format_is_tried_here():
    assert set(reading.NUMBERS) == set(FORMATS)


# Hostile texts


def test_a_table_holds_hostile_texts_and_no_formulas(client, hostile):
    rows = reading.table(body_of(client, "/events.csv"))

    cells = [row["title_en"] for row in rows]
    assert [cell.removeprefix("'") for cell in cells] == HOSTILE
    assert [row["place_name_en"].removeprefix("'") for row in rows] == HOSTILE
    assert not [cell for cell in cells if re.match(r"\s*[=+\-@＝＋－＠]", cell)]


def test_a_workbook_holds_hostile_texts_as_texts(client, hostile):
    body = body_of(client, "/events.xlsx")
    rows = reading.workbook(body)

    # An XML reader sees codes where a spreadsheet program sees the characters.
    coded = {"\r": "_x000D_", "_x0041_": "_x005F_x0041_"}
    expected = []
    for text in HOSTILE:
        for sign, code in coded.items():
            text = text.replace(sign, code)
        expected.append(text)
    assert [row["title_en"] for row in rows] == expected
    sheet = reading.openpyxl.load_workbook(reading.io.BytesIO(body)).active
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row} == {
        "n",
        "s",
        "b",
    }


def test_json_holds_hostile_texts_and_is_harmless_in_a_page(client, hostile):
    body = body_of(client, "/events.json")

    assert [record["title"]["en"] for record in json.loads(body)["results"]] == HOSTILE
    assert not set(body.decode()) & set("<>&\u2028\u2029")


def test_linked_data_holds_hostile_texts_in_the_page_that_embeds_it(client, hostile):
    nodes = reading.linked(body_of(client, "/events.jsonld"))

    assert [node["name"][0]["@value"] for node in nodes] == HOSTILE
    assert [node["location"]["name"][0]["@value"] for node in nodes] == HOSTILE


def test_a_calendar_holds_hostile_texts_and_no_forged_event(client, hostile):
    body = body_of(client, "/events.ics")

    # A calendar knows one kind of line break.
    expected = [text.replace("\r\n", "\n").replace("\r", "\n") for text in HOSTILE]
    events = reading.calendar(body).events
    assert [str(event["SUMMARY"]) for event in events] == expected
    assert [str(event["LOCATION"]) for event in events] == expected
    assert max(len(line) for line in body.split(b"\r\n")) <= 75
    assert b"\n" not in body.replace(b"\r\n", b"")


def test_a_feed_holds_hostile_texts_as_texts(client, hostile):
    body = body_of(client, "/events.atom")

    feed = reading.feed(body)
    atom = "{http://www.w3.org/2005/Atom}"
    titles = [one.text for one in ElementTree.fromstring(body).iter(f"{atom}title")][1:]  # noqa: S314
    expected = [f"{text} ({number} January 1930)" for number, text in enumerate(HOSTILE, 1)]
    assert titles[::-1] == expected
    assert {entry.title_detail.type for entry in feed.entries} == {"text/plain"}


def test_slides_hold_hostile_texts_escaped(client, hostile):
    slides = json.loads(body_of(client, "/events.timelinejs.json"))["events"]

    headlines = [slide["text"]["headline"] for slide in slides]
    shown = [html.unescape(text.replace("<br>", "\n")) for text in headlines]
    assert shown == [text.replace("\r\n", "\n").replace("\r", "\n") for text in HOSTILE]
    assert not [text for text in headlines if "<" in text.replace("<br>", "")]


def test_characters_that_xml_cannot_hold_break_no_file(client):
    EventFactory(
        published=True, title_en="a\x01b\x0bc\x1fd\ufffe\uffffe", start=PartialDate(1930, 1, 1)
    )

    assert reading.workbook(body_of(client, "/events.xlsx"))[0]["title_en"] == (
        "a_x0001_b_x000B_c_x001F_d_xFFFE__xFFFF_e"
    )
    (entry,) = reading.feed(body_of(client, "/events.atom")).entries
    assert entry.title == "abcde (1 January 1930)"
    (event,) = reading.calendar(body_of(client, "/events.ics")).events
    assert str(event["SUMMARY"]) == "abcde"


# Dates never gain precision


VAGUE = ["1924", "1924-08", "1924-08-06", "1927~", "1931-01-13/1931-01-18", "1930/1935", "1930-05~"]


@pytest.fixture
def vague():
    for number, text in enumerate(VAGUE):
        start, _slash, end = text.replace("~", "").partition("/")
        EventFactory(
            published=True,
            slug=f"event-{number}",
            start=PartialDate.parse(start),
            end=PartialDate.parse(end) if end else None,
            approximate="~" in text,
        )


def by_slug(records):
    return {record["slug"]: record for record in records}


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_table_says_dates_as_they_are_known(client, vague, suffix):
    read = {"csv": reading.table, "xlsx": reading.workbook}[suffix]
    rows = by_slug(read(body_of(client, f"/events.{suffix}")))

    assert [rows[f"event-{n}"]["date"] for n in range(len(VAGUE))] == VAGUE


def test_linked_data_says_dates_as_they_are_known_and_approximate_ones_not_at_all(client, vague):
    nodes = {node["identifier"]: node for node in reading.linked(body_of(client, "/events.jsonld"))}

    dates = [
        (nodes[f"event-{n}"].get("startDate"), nodes[f"event-{n}"].get("endDate"))
        for n in range(len(VAGUE))
    ]
    assert dates == [
        ("1924", None),
        ("1924-08", None),
        ("1924-08-06", None),
        (None, None),
        ("1931-01-13", "1931-01-18"),
        ("1930", "1935"),
        (None, None),
    ]


def test_a_calendar_leaves_out_what_is_not_dated_to_the_day_and_says_how_much(client, vague):
    calendar = reading.calendar(body_of(client, "/events.ics"))

    days = [(event["DTSTART"].dt, event["DTEND"].dt) for event in calendar.events]
    assert days == [
        (datetime.date(1924, 8, 6), datetime.date(1924, 8, 7)),
        (datetime.date(1931, 1, 13), datetime.date(1931, 1, 19)),
    ]
    note = "Each event on the days it took place. 5 records are left out: their days are not known."
    assert str(calendar["X-WR-CALDESC"]) == note


def test_slides_say_as_much_of_a_date_as_is_known(client, vague):
    slides = json.loads(body_of(client, "/events.timelinejs.json"))["events"]

    said = {slide["display_date"]: (slide["start_date"], slide.get("end_date")) for slide in slides}
    assert said == {
        "1924": ({"year": 1924}, None),
        "August 1924": ({"year": 1924, "month": 8}, None),
        "6 August 1924": ({"year": 1924, "month": 8, "day": 6}, None),
        "c. 1927": ({"year": 1927}, None),
        "13–18 January 1931": (
            {"year": 1931, "month": 1, "day": 13},
            {"year": 1931, "month": 1, "day": 18},
        ),
        "1930–1935": ({"year": 1930}, {"year": 1935}),
        "c. May 1930": ({"year": 1930, "month": 5}, None),
    }


def test_the_last_day_there_is_has_no_day_after_it(client):
    EventFactory(published=True, start=PartialDate(9999, 12, 31))

    (event,) = reading.calendar(body_of(client, "/events.ics")).events

    assert (event["DTSTART"].dt, "DTEND" in event) == (datetime.date(9999, 12, 31), False)


# What each format says


def test_a_table_is_utf_8_that_excel_recognises_with_all_languages(client):
    event = EventFactory(
        published=True, title_tr="Görüşme", title_ja="会談", sectors=["trade", "health"]
    )
    event.participants.create(actor=ActorFactory(slug="envoy"), role="guest")

    body = body_of(client, "/events.csv")

    assert body.startswith(b"\xef\xbb\xbf")
    (row,) = reading.table(body)
    assert (row["title_tr"], row["title_ja"], row["sectors"], row["participants"]) == (
        "Görüşme",
        "会談",
        "trade;health",
        "envoy:guest",
    )


def test_a_table_in_one_language_has_no_columns_for_the_others(client):
    EventFactory(published=True, title_tr="Görüşme")

    (row,) = reading.table(body_of(client, "/events.csv?lang=tr"))

    assert [name for name in row if name.startswith("title")] == ["title_tr"]
    assert row["title_tr"] == "Görüşme"


def test_linked_data_expands_to_schema_org_without_a_look_outside(client):
    event = EventFactory(
        published=True, slug="signing", start=PartialDate(1930, 10), title_tr="İmza"
    )
    agreement = AgreementFactory(published=True, slug="pact", standing="in-force")
    AgreementDateFactory(agreement=agreement, date=PartialDate(1930, 10))
    event.agreement_links.create(agreement=agreement, relation="signed")

    def refuse(url, options):
        raise AssertionError(f"{url} was asked for")

    listed = json.loads(body_of(client, "/events.jsonld"))
    (node,) = jsonld.expand(listed, {"documentLoader": refuse})
    schema = "https://schema.org/"
    assert node["@type"] == [f"{schema}Event"]
    assert node[f"{schema}name"] == [
        {"@value": event.title_en, "@language": "en"},
        {"@value": "İmza", "@language": "tr"},
    ]
    assert node[f"{schema}startDate"] == [{"@value": "1930-10"}]
    (about,) = node[f"{schema}about"]
    single = json.loads(body_of(client, "/agreements/pact.jsonld"))
    (treaty,) = jsonld.expand(single, {"documentLoader": refuse})
    assert about["@id"] == treaty["@id"] == "http://testserver/agreements/pact.jsonld"
    assert treaty["@type"] == [f"{schema}Legislation"]
    assert treaty[f"{schema}legislationDate"] == [{"@value": "1930-10"}]
    assert treaty[f"{schema}legislationLegalForce"] == [{"@id": f"{schema}InForce"}]


def test_a_feed_is_dated_by_the_record_and_never_by_the_event(client):
    old = datetime.date(2026, 11, 1)
    EventFactory(
        published=True, title_en="Corrected", added=old, changed=datetime.date(2026, 11, 20)
    )
    EventFactory(published=True, title_en="Untouched", added=old)
    EventFactory(published=True, title_en="New", added=datetime.date(2026, 11, 10))

    feed = reading.feed(body_of(client, "/events.atom"))

    assert [(entry.title, entry.published, entry.updated) for entry in feed.entries] == [
        ("Corrected (1 June 1934)", "2026-11-01T00:00:00Z", "2026-11-20T00:00:00Z"),
        ("New (1 June 1934)", "2026-11-10T00:00:00Z", "2026-11-10T00:00:00Z"),
        ("Untouched (1 June 1934)", "2026-11-01T00:00:00Z", "2026-11-01T00:00:00Z"),
    ]
    assert feed.feed.updated == "2026-11-20T00:00:00Z"
    event = Event.objects.get(title_en="New")
    assert feed.entries[1].id == f"tag:testserver,2026:event/{event.pk}"


def test_a_format_of_one_language_falls_back_to_english_and_says_so(client):
    EventFactory(published=True, title_tr="Görüşme", start=PartialDate(1934, 6, 1))

    atom = reading.feed(body_of(client, "/events.atom?lang=tr"))
    (event,) = reading.calendar(body_of(client, "/events.ics?lang=tr")).events
    (slide,) = json.loads(body_of(client, "/events.timelinejs.json?lang=tr"))["events"]

    (entry,) = atom.entries
    assert (entry.title, entry.title_detail.language) == ("Görüşme (1 Haziran 1934)", "tr")
    assert (entry.summary, entry.summary_detail.language) == ("What happened.", "en")
    assert (event["SUMMARY"].params["LANGUAGE"], event["DESCRIPTION"].params["LANGUAGE"]) == (
        "tr",
        "en",
    )
    assert slide["display_date"] == "1 Haziran 1934"
    assert slide["text"]["text"].startswith('<p><span lang="en">What happened.</span></p>')


@pytest.mark.parametrize("kind", ["actors", "agreements", "sources"])
@pytest.mark.parametrize("suffix", ["csv", "xlsx", "json", "jsonld"])
def test_other_records_are_files_too(client, kind, suffix):
    made = {"actors": ActorFactory, "agreements": AgreementFactory, "sources": SourceFactory}[kind]
    records = [made(status="published") for _each in range(3)]
    made(status="draft")

    numbers = reading.NUMBERS[suffix](body_of(client, f"/{kind}.{suffix}"))

    assert sorted(numbers) == sorted(record.pk for record in records)


# Sizes


def test_a_sheet_that_cannot_hold_a_text_is_an_error():
    about = About(kind="events", count=1, url="", page="", site="", languages=("en",))
    record = {"slug": "x" * (xlsx.MOST_LETTERS + 1)}

    with pytest.raises(xlsx.TooLarge):
        xlsx._row(2, [record["slug"]])
    with pytest.raises(xlsx.TooLarge):
        xlsx._row(xlsx.MOST_ROWS + 1, [])
    assert about.count == 1


def test_formats_hold_nothing_back():
    """A file is begun before the last record is read."""

    def endless():
        raise AssertionError("a record was read before the head was given")
        yield

    about = About(kind="events", count=1, url="http://x/", page="http://x/", site="http://x")
    for suffix in ("csv", "xlsx", "json", "jsonld", "ics", "atom", "timelinejs.json"):
        assert next(iter(FORMATS[suffix].render(endless(), about)))


def test_no_format_reaches_for_a_model():
    folder = Path(xlsx.__file__).parent
    assert not [path for path in folder.glob("*.py") if "timeline.models" in path.read_text()]
