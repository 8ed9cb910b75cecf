"""The record shape itself, as the API gives it: a list in one page, or one record."""

import json

LABEL = "JSON"
CONTENT_TYPE = "application/json"
KINDS = SINGLE = {"events", "actors", "agreements", "sources", "stories"}
NEEDS_DAYS = False
LANGUAGES_TOGETHER = True


def render(records, about):
    if about.is_one:
        yield from map(dumps, records)
        return
    head = {"count": about.count, "next": None, "previous": None, "release": about.release}
    yield dumps(head)[:-1] + ', "results": ['
    for number, record in enumerate(records):
        yield (",\n" if number else "\n") + dumps(record)
    yield "\n]}\n"


def dumps(value) -> str:
    """JSON that stays data where it is put into a page: no tag can end in it, none begin."""
    text = json.dumps(value, ensure_ascii=False)
    for sign, code in _IN_PAGES.items():
        text = text.replace(sign, code)
    return text


_IN_PAGES = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}
