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
SINGLE = {"stories"}
NEEDS_DAYS = False


def render(records, about):
    if about.kind == "stories":
        yield from _story(next(iter(records)), about)
        return
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


def _story(record, about):
    """Its steps, one slide each; a step of which no event is public any more has no place here."""
    with override(about.language):
        headline, text = heading(record, about.language), said(record["standfirst"], about.language)
        lead = f"<p>{_marked(*text, about.language)}</p><p>{_link(about.page, about.page)}</p>"
        title = {"text": {"headline": _marked(*headline, about.language), "text": lead}}
        steps = [step for step in record["steps"] if step["events"]]
        slides = [_step(step, about) for step in steps]
    yield dumps({"title": title, "events": slides}) + "\n"


def _step(step, about) -> dict:
    language = about.language
    dates = [DateRange.parse(one["date"]["edtf"]) for one in step["events"]]
    first = min(dates, key=lambda date: date.earliest)
    last = max(dates, key=lambda date: date.latest)
    headline, text = said(step["heading"], language), said(step["text"], language)
    events = "".join(
        f"<li>{escape(date_in_words(one))}: {_link(one['url'], heading(one, language)[0])}</li>"
        for one in step["events"]
    )
    years = dict.fromkeys([first.earliest.year, last.latest.year])
    slide = {
        "start_date": _date(first.start),
        "display_date": date_in_words(step["events"][0])
        if len(dates) == 1
        else "–".join(map(str, years)),
        "unique_id": f"step-{step['anchor']}",
        "text": {
            "headline": _marked(*headline, language),
            "text": f"<p>{_marked(*text, language)}</p><ul>{events}</ul>",
        },
    }
    end = last.end or last.start
    return slide | ({"end_date": _date(end)} if last.latest > first.latest or first.end else {})


def _date(date: PartialDate) -> dict:
    """As much of the date as is known."""
    parts = {"year": date.year, "month": date.month, "day": date.day}
    return {name: part for name, part in parts.items() if part}


def _marked(text: str, language: str, page_language: str) -> str:
    text = "<br>".join(escape(text).replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return text if language == page_language else f'<span lang="{language}">{text}</span>'


def _link(url: str, words: str) -> str:
    return f'<a href="{escape(url)}">{escape(words)}</a>'
