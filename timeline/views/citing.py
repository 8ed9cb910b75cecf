"""How a page is cited, shared and taken along: ready citations, files, the code of a frame."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language

from timeline.citation_styles import Piece, Reference, Style, cited
from timeline.dates import PartialDate
from timeline.models import Release
from timeline.views.oembed import frame_code
from timeline.views.structured import site_name

SHORT = {
    "events": "short-event",
    "actors": "short-actor",
    "agreements": "short-agreement",
    "sources": "short-source",
    "stories": "short-story",
}


class Citing(NamedTuple):
    """What a box for citing and sharing shows."""

    address: str
    is_permanent: bool
    citations: list[tuple[str, list[Piece]]]
    embed: str
    """The code of the frame; "" where there is none."""
    cite_url: str = ""
    """Where the citations stand, when not in the box."""


def of_record(request, kind: str, record, embedded: str = "") -> Citing:
    """A source is cited as the document it is, every other record as an entry in this one."""
    address = request.build_absolute_uri(reverse(SHORT[kind], args=[record.pk]))
    reference = _document(record) if kind == "sources" else _entry(record, address)
    frame = embedded and reverse(embedded, args=[record.slug])
    return Citing(
        address,
        True,
        in_all_styles(reference),
        _frame(request, frame, record.heading.text) if frame else "",
    )


def of_list(request, question: str, title: str) -> Citing:
    """The timeline, for a readable question."""
    here = f"{reverse('timeline')}?{question}".rstrip("?")
    return Citing(
        request.build_absolute_uri(here),
        False,
        [],
        _frame(request, f"{reverse('embed')}?{question}".rstrip("?"), title or site_name()),
        f"{reverse('cite')}?{question}".rstrip("?"),
    )


def in_all_styles(reference: Reference) -> list[tuple[str, list[Piece]]]:
    return [(style.value, cited(reference, style, get_language())) for style in Style]


def today() -> PartialDate:
    return partial(localdate())


def _entry(record, address: str) -> Reference:
    changed, release = record.changed or record.added, Release.objects.current()
    return Reference(
        title=record.heading.text,
        language=record.heading.language,
        container=site_name(),
        issued=partial(changed),
        release=release.number if release and release.holds(changed) else "",
        accessed=today(),
        url=address,
    )


def _document(source) -> Reference:
    return Reference(
        title=source.title,
        language=source.language,
        author=source.author,
        publisher=source.publisher,
        issued=source.date,
        accessed=source.accessed,
        url=source.url or source.copy_url or source.archived_url,
    )


def partial(day) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)


def _frame(request, address: str, title: str) -> str:
    return frame_code(request.build_absolute_uri(address), title)
