"""What the templates say about records."""

import datetime
import json
from collections import Counter
from urllib.parse import urlencode, urlsplit

from django import template
from django.utils.encoding import uri_to_iri
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from timeline import wording
from timeline.choices import Attestation, SourceKind, Translation
from timeline.citation_styles import Piece
from timeline.dates import PartialDate
from timeline.models.base import Localized
from timeline.text import matches

register = template.Library()


class KeptNode(template.Node):
    """Not a `simple_block_tag`: of blocks inside one, Django does not find `block.super`."""

    def __init__(self, nodelist, name):
        self.nodelist, self.name = nodelist, name

    def render(self, context):
        context[self.name] = self.nodelist.render(context)
        return ""


@register.tag
def kept(parser, token):
    """{% kept as title %}…{% endkept %}: a part of the page that is said more than once."""
    _kept, _as, name = token.split_contents()
    nodelist = parser.parse(["endkept"])
    parser.delete_first_token()
    return KeptNode(nodelist, name)


@register.simple_tag
def in_language(text: Localized):
    """A text of a record, marked with its language where that is not the page's."""
    if text.language == (get_language() or "en")[:2]:
        return text.text
    return format_html('<span lang="{}">{}</span>', text.language, text.text)


@register.simple_tag
def json_ld(data: dict):
    """Linked data for programs. No browser runs it, so the policy against scripts lets it be."""
    # Nothing in it may end the element, or begin a comment in it.
    signs = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
    text = json.dumps(data, ensure_ascii=False).translate(signs)
    return format_html('<script type="application/ld+json">{}</script>', SafeString(text))


@register.simple_tag(takes_context=True)
def coins(context, title: Localized, kind: str, day, address: str):
    """One record of a list as OpenURL (COinS), so that Zotero offers to take it along."""
    said = {
        "ctx_ver": "Z39.88-2004",
        "rft_val_fmt": "info:ofi/fmt:kev:mtx:dc",
        "rft.type": kind,
        "rft.title": title.text,
        "rft.language": title.language,
        "rft.date": day or "",
        "rft.identifier": context.request.build_absolute_uri(address),
    }
    said = {name: str(value) for name, value in said.items() if value}
    return format_html('<span class="Z3988" title="{}"></span>', urlencode(said))


# Not a fragment: there are more than a thousand of them on a page.
_BAR = """<a class="lane__bar" id="b-{lane}-{year}" href="{url}" data-filter-link \
data-mark="{year}" data-year="{year}">
<rect class="lane__hit" x="{x}" width="{width}" height="100%"/>
<rect class="lane__column" x="{x}" y="{y}" width="{width}" height="{height}"/>
<text class="lane__tip" x="{middle}" y="-0.5em" text-anchor="{side}">{label}</text>
</a>"""


@register.simple_tag
def lane_bars(lane):
    """The bars of a lane of the century: see `views/lanes/far.py`."""
    # Of a bar only these two can hold what means something in HTML; a lane's name is a slug.
    drawn = (
        _BAR.format(
            **vars(bar) | {"url": escape(bar.url), "label": escape(bar.label)}, lane=lane.name
        )
        for bar in lane.bars
    )
    return SafeString("\n".join(drawn))


# Nor this: a hundred of them on every page of the timeline.
_YEAR = """<li class="year-strip__cell"><a class="year-strip__year" id="y{year}" data-year \
data-filter-link href="{url}" aria-label="{label}"></a></li>"""


@register.simple_tag
def year_links(cells):
    """The bars of the strip as links: see `views/strip.py`."""
    return format_html_join("\n", _YEAR, (cell._asdict() for cell in cells))


@register.filter
def plain_day(date: PartialDate) -> str:
    return wording.partial_date(date)


@register.simple_tag
def citation(pieces: list[Piece]):
    """A ready citation; titles of whole works are in italics, other languages are marked."""
    return format_html_join("", "{}", ((_piece(piece),) for piece in pieces))


def _piece(piece: Piece):
    if piece.is_work:
        return format_html("<cite>{}</cite>", _in(piece))
    return _in(piece)


def _in(piece: Piece):
    return in_language(Localized(piece.text, piece.language)) if piece.language else piece.text


@register.simple_tag
def highlighted(text: Localized, terms: list[str]):
    """A text of a record, with the words that were searched for marked."""
    if not terms:
        return in_language(text)
    pieces = (
        format_html("<mark>{}</mark>", piece) if is_match else piece
        for piece, is_match in matches(text.text, terms)
    )
    marked = format_html_join("", "{}", ((piece,) for piece in pieces))
    return in_language(text._replace(text=marked))


@register.simple_tag
def localized(record, field: str):
    """A field of a record in the reader's language or, marked as such, in English."""
    return in_language(record.localized(field))


@register.simple_tag
def other_languages(record, field: str) -> list[Localized]:
    """A field in the languages other than the one in which `localized` shows it."""
    shown = record.localized(field).language
    texts = record.in_all_languages(field)
    return [Localized(text, code) for code, text in texts.items() if text and code != shown]


@register.simple_tag
def translation_rows(record) -> list[dict]:
    """How far a record is translated, language by language; nothing for what is not."""
    states = getattr(record, "translations", {}).items()
    return [
        {"language": code, "name": get_language_info(code)["name_local"], "state": state.label}
        for code, state in states
    ]


@register.simple_tag
def translation_counts(states: Counter) -> str:
    """The number of records in each state of translation, in words."""
    return wording.listed(
        f"{states[state]} {state.label}" for state in Translation if states[state]
    )


@register.filter
def record_kind(name: str) -> str:
    """The name of a kind of record, in the plural."""
    return {
        "events": _("Events"),
        "agreements": _("Agreements"),
        "actors": _("Actors"),
        "sources": _("Sources"),
        "stories": _("Stories"),
    }[name]


@register.filter
def is_fallback(text: Localized) -> bool:
    """Whether a text stands in for one not yet written in the reader's language."""
    return bool(text.text) and text.language != (get_language() or "en")[:2]


@register.simple_tag
def date_range(when):
    """When something happened, in words, as a `time` element."""
    return format_html('<time datetime="{}">{}</time>', when.start, wording.date_range(when))


@register.simple_tag
def partial_date(date):
    """A single date in words, as a `time` element."""
    return format_html('<time datetime="{}">{}</time>', date, wording.partial_date(date))


@register.simple_tag
def calendar_day(day: datetime.date):
    """A day of the calendar in words, as a `time` element."""
    return partial_date(PartialDate(day.year, day.month, day.day))


@register.filter
def plain_date(when) -> str:
    return wording.date_range(when)


@register.filter
def unknown_part(when) -> str:
    return wording.what_is_unknown(when)


@register.simple_tag
def tenure_dates(tenure) -> str:
    """From when to when an office was held, as far as that is known."""
    start, end = (date and wording.partial_date(date) for date in (tenure.start, tenure.end))
    if start and end:
        return _("%(start)s – %(end)s") % {"start": start, "end": end}
    if start:
        return _("from %(start)s") % {"start": start}
    return _("until %(end)s") % {"end": end} if end else _("dates not recorded")


@register.filter
def decade_name(first: int) -> str:
    return wording.decade(first)


@register.filter
def percent(number: int) -> str:
    return wording.percent(number)


@register.filter
def country_name(code: str) -> str:
    return wording.country(code)


@register.filter
def language_name(code: str) -> str:
    return wording.language(code)


@register.filter
def attestation_label(attestation: str) -> str:
    return Attestation(attestation).label


@register.filter
def source_kinds(sources) -> str:
    """The kinds of some sources, with their number where there are several of one."""
    kinds = Counter(source.kind for source in sources)
    labels = ((str(SourceKind(kind).label), number) for kind, number in kinds.items())
    return wording.listed(f"{label} ({n})" if n > 1 else label for label, n in labels)


@register.filter
def runs(notes) -> list[list]:
    """Notes by number, with the first and the last standing for three or more in a row."""
    found = []
    for note in notes:
        if found and note.number == found[-1][-1].number + 1:
            found[-1].append(note)
        else:
            found.append([note])
    return [
        part
        for run in found
        for part in ([[run[0], run[-1]]] if len(run) > 2 else [[note] for note in run])
    ]


@register.filter
def legible(url: str) -> str:
    """An address as it is read: its letters instead of their codes."""
    return uri_to_iri(url)


@register.filter
def host(url: str) -> str:
    """The name of the site at an address."""
    return urlsplit(url).hostname.removeprefix("www.")


@register.filter
def disagreements(disputes) -> str:
    """On what sources disagree, in one phrase."""
    about = list(dict.fromkeys(str(dispute.get_about_display()) for dispute in disputes))
    return _("Sources disagree on %(what)s") % {"what": _(", ").join(about)}
