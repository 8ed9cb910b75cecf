"""The formats read by programs that are not ours: what a reader of our files sees."""

import csv
import io
import json
import re
import warnings

import bibtexparser
import extruct
import feedparser
import icalendar
import openpyxl
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware


def whole(response) -> bytes:
    """The body of an answer, streamed or not."""
    return b"".join(response) if response.streaming else response.content


def table(body: bytes) -> list[dict]:
    """The rows of a CSV file, as a spreadsheet would hold them."""
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))


def workbook(body: bytes) -> list[dict]:
    sheet = openpyxl.load_workbook(io.BytesIO(body)).active
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def linked(body: bytes) -> list[dict]:
    """The nodes of a JSON-LD file, as found in a page that embeds it."""
    page = f'<html><script type="application/ld+json">{body.decode()}</script></html>'
    (found,) = extruct.extract(page, syntaxes=["json-ld"])["json-ld"]
    return found.get("@graph", [found])


def calendar(body: bytes) -> icalendar.Calendar:
    return icalendar.Calendar.from_ical(body)


def feed(body: bytes):
    found = feedparser.parse(body)
    assert not found.bozo, found.bozo_exception
    return found


def bibliography(body: bytes, *, decoded: bool = True) -> list[dict]:
    """The entries of a BibTeX file: its fields, with ENTRYTYPE and ID; TeX read as text."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the parser’s own grammar
        middleware = [LatexDecodingMiddleware()] if decoded else []
        found = bibtexparser.parse_string(body.decode(), append_middleware=middleware)
    assert not found.failed_blocks
    return [dict(entry.items()) for entry in found.entries]


def references(body: bytes) -> list[dict]:
    """The entries of a RIS file."""
    return rispy.loads(body.decode())


def _last_number(key: str) -> int:
    return int(re.search("[0-9]+$", key)[0])


def _number(url: str) -> int:
    return int(url.rsplit("/", 1)[1])


# By suffix, the numbers of the records in a file, in its order.
NUMBERS = {
    "csv": lambda body: [int(row["id"]) for row in table(body)],
    "xlsx": lambda body: [row["id"] for row in workbook(body)],
    "json": lambda body: [record["id"] for record in json.loads(body)["results"]],
    "jsonld": lambda body: [
        # The address of a source is that of the document; ours is the page about it.
        _number(node.get("mainEntityOfPage") or node["url"])
        for node in linked(body)
    ],
    "ics": lambda body: [_number(str(event["URL"])) for event in calendar(body).events],
    "atom": lambda body: [_number(entry.link) for entry in feed(body).entries],
    "bib": lambda body: [_last_number(one["ID"]) for one in bibliography(body, decoded=False)],
    "ris": lambda body: [_last_number(one["id"]) for one in references(body)],
    "csl.json": lambda body: [_last_number(item["id"]) for item in json.loads(body)],
    "timelinejs.json": lambda body: [
        int(slide["unique_id"].removeprefix("event-")) for slide in json.loads(body)["events"]
    ],
}
