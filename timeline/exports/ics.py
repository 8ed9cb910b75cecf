"""iCalendar (RFC 5545), for what is dated to the day: other dates a calendar cannot say."""

import datetime
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from timeline.exports.texts import heading, said, without_controls

LABEL = gettext_lazy("Calendar")
CONTENT_TYPE = "text/calendar; charset=utf-8"
KINDS = SINGLE = {"events"}
NEEDS_DAYS = True


def render(records, about):
    yield from _lines(_head(about))
    for record in records:
        yield from _lines(_event(record, about))
    yield from _lines(["END:VCALENDAR"])


def render_anniversaries(occasions, about):
    """Round anniversaries, each written out on its day: a rule that begins in 1924 some readers
    drop. An occasion says `on` and `years`, and of its event id, title, url, date, updated.
    """
    yield from _lines(_calendar(about, _("Round anniversaries of events whose day is known.")))
    for occasion in occasions:
        yield from _lines(_anniversary(occasion, about))
    yield from _lines(["END:VCALENDAR"])


def _anniversary(occasion, about) -> list[str]:
    title, language = said(occasion["title"], about.language)
    years = ngettext("%(n)d year", "%(n)d years", occasion["years"]) % {"n": occasion["years"]}
    on = occasion["on"]
    return [
        "BEGIN:VEVENT",
        f"UID:anniversary-{occasion['id']}-{occasion['years']}@{urlsplit(about.site).hostname}",
        f"DTSTAMP:{_stamp(occasion['updated'])}",
        f"DTSTART;VALUE=DATE:{_day(on.isoformat())}",
        f"DTEND;VALUE=DATE:{_day((on + datetime.timedelta(1)).isoformat())}",
        f"SUMMARY;LANGUAGE={language}:{_text(f'{years}: {title}')}",
        f"DESCRIPTION:{_text(occasion['date'])}",
        f"URL:{_address(occasion['url'])}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _head(about) -> list[str]:
    with override(about.language):
        note = _("Each event on the days it took place.")
        if about.left_out:
            note += " " + ngettext(
                "%(n)d record is left out: its day is not known.",
                "%(n)d records are left out: their days are not known.",
                about.left_out,
            ) % {"n": about.left_out}
    return _calendar(about, note)


def _calendar(about, note: str) -> list[str]:
    return [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Japan-Türkiye//timeline//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        *(f"{name}:{_text(about.title)}" for name in ("NAME", "X-WR-CALNAME")),
        *(f"{name}:{_text(note)}" for name in ("DESCRIPTION", "X-WR-CALDESC")),
        f"SOURCE;VALUE=URI:{_address(about.url)}",
        f"URL:{_address(about.page)}",
    ]


def _event(record, about) -> list[str]:
    title, title_language = heading(record, about.language)
    summary, summary_language = said(record["summary"], about.language)
    last = datetime.date.fromisoformat(record["date"]["latest"])
    lines = [
        "BEGIN:VEVENT",
        f"UID:event-{record['id']}@{urlsplit(about.site).hostname}",
        f"DTSTAMP:{_stamp(record['updated'])}",
        f"CREATED:{_stamp(record['published'])}",
        f"LAST-MODIFIED:{_stamp(record['updated'])}",
        f"DTSTART;VALUE=DATE:{_day(record['date']['earliest'])}",
        f"SUMMARY;LANGUAGE={title_language}:{_text(title)}",
        f"DESCRIPTION;LANGUAGE={summary_language}:{_text(summary)}",
        f"URL:{_address(record['url'])}",
        f"CATEGORIES:{','.join(map(_text, record['sectors']))}",
        "TRANSP:TRANSPARENT",
        "STATUS:CONFIRMED",
        "END:VEVENT",
    ]
    if last < datetime.date.max:  # The end is the day after; without one, it is the same day.
        lines.insert(6, f"DTEND;VALUE=DATE:{_day((last + datetime.timedelta(1)).isoformat())}")
    if record["place"]:
        place, language = said(record["place"]["name"], about.language)
        lines.insert(-1, f"LOCATION;LANGUAGE={language}:{_text(place)}")
    return lines


def _day(text: str) -> str:
    return text.replace("-", "")


def _stamp(day: str) -> str:
    return f"{_day(day)}T000000Z"


def _text(text: str) -> str:
    text = without_controls(text).replace("\r\n", "\n").replace("\r", "\n")
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _address(url: str) -> str:
    return "".join(url.split())


def _lines(lines: list[str]):
    """Folded at 75 octets, never inside a character."""
    for line in lines:
        folded, length = [], 0
        for letter in line:
            size = len(letter.encode())
            if length + size > 74:
                folded.append("\r\n ")
                length = 1
            folded.append(letter)
            length += size
        yield "".join(folded) + "\r\n"
