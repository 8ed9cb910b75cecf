"""Atom (RFC 4287): which records are new, and which were corrected.

The dates are those of the record. When the event happened stands in the words, for a reader
would take it for the date of the news.
"""

from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from timeline.exports.texts import date_in_words, heading, said, without_controls

LABEL = _("Atom feed")
CONTENT_TYPE = "application/atom+xml; charset=utf-8"
KINDS = {"events"}
SINGLE = set()
NEEDS_DAYS = False
NEWEST_FIRST = True


def render(records, about):
    yield _head(about)
    for record in records:
        with override(about.language):
            entry = _entry(record, about)
        yield entry
    yield "</feed>\n"


def _head(about) -> str:
    return f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:history="http://purl.org/syndication/history/1.0" \
xml:lang="{about.language}">
<id>{_text(about.url)}</id>
<title>{_text(about.title)}</title>
<updated>{_moment(about.updated or "1970-01-01")}</updated>
<author><name>{_text(about.publisher)}</name><uri>{_text(about.site)}</uri></author>
<rights>CC BY 4.0, https://creativecommons.org/licenses/by/4.0/</rights>
<link rel="self" type="application/atom+xml" href={_attribute(about.url)}/>
<link rel="alternate" type="text/html" hreflang="{about.language}" href={_attribute(about.page)}/>
<history:complete/>
"""


def _entry(record, about) -> str:
    title, title_language = heading(record, about.language)
    summary, summary_language = said(record["summary"], about.language)
    title = f"{title} ({date_in_words(record)})"
    address = _attribute(record["url"])
    return f"""<entry>
<id>tag:{urlsplit(about.site).hostname},2026:event/{record["id"]}</id>
<title xml:lang="{title_language}">{_text(title)}</title>
<published>{_moment(record["published"])}</published>
<updated>{_moment(record["updated"])}</updated>
<link rel="alternate" type="text/html" href={address}/>
{"".join(f"<category term={_attribute(sector)}/>" for sector in record["sectors"])}
<summary xml:lang="{summary_language}">{_text(summary)}</summary>
</entry>
"""


def _moment(day) -> str:
    return f"{day}T00:00:00Z"


def _text(text: str) -> str:
    # Written as a code, a carriage return is not taken for the end of a line.
    return escape(without_controls(text), {"\r": "&#13;"})


def _attribute(text: str) -> str:
    return quoteattr(without_controls(text))
