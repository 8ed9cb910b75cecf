"""The JSON that TimelineJS draws. Its texts are HTML there, so they are escaped here."""

from html import escape

from django.utils.translation import gettext as _
from django.utils.translation import override

from timeline.dates import DateRange, PartialDate
from timeline.exports.json import dumps
from timeline.exports.texts import date_in_words, heading, said

LABEL = "TimelineJS"
CONTENT_TYPE = "application/json"
KINDS = {"events"}
SINGLE = set()
NEEDS_DAYS = False


def render(records, about):
    title = {"text": {"headline": escape(about.title), "text": _link(about.page, about.page)}}
    yield '{"title": ' + dumps(title) + ', "events": ['
    for number, record in enumerate(records):
        with override(about.language):
            slide = dumps(_slide(record, about.language))
        yield (",\n" if number else "\n") + slide
    yield "\n]}\n"


def _slide(record, language: str) -> dict:
    when = DateRange.parse(record["date"]["edtf"])
    headline, text = heading(record, language), said(record["summary"], language)
    slide = {
        "start_date": _date(when.start),
        # What is drawn is a point in any case; these are the words that stand beside it.
        "display_date": escape(date_in_words(record)),
        "unique_id": f"event-{record['id']}",
        "group": record["sectors"][0] if record["sectors"] else "",
        "text": {
            "headline": _marked(*headline, language),
            "text": f"<p>{_marked(*text, language)}</p><p>{_link(record['url'], _('Sources'))}</p>",
        },
    }
    return slide | ({"end_date": _date(when.end)} if when.end else {})


def _date(date: PartialDate) -> dict:
    """As much of the date as is known."""
    parts = {"year": date.year, "month": date.month, "day": date.day}
    return {name: part for name, part in parts.items() if part}


def _marked(text: str, language: str, page_language: str) -> str:
    text = "<br>".join(escape(text).replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return text if language == page_language else f'<span lang="{language}">{text}</span>'


def _link(url: str, words: str) -> str:
    return f'<a href="{escape(url)}">{escape(words)}</a>'
