"""How a page is cited, shared and taken along: ready citations, files, the code of a frame."""

from typing import NamedTuple

from django.http import QueryDict
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language

from timeline.citation_styles import Piece, Reference, Style, cited
from timeline.dates import PartialDate
from timeline.exports import FORMATS
from timeline.models import Release
from timeline.views.oembed import frame_code
from timeline.views.structured import site_name

LABELS = {
    "csv": "CSV",
    "xlsx": "XLSX",
    "json": "JSON",
    "jsonld": "JSON-LD",
    "ics": "iCalendar",
    "atom": "Atom",
    "bib": "BibTeX",
    "ris": "RIS",
    "csl.json": "CSL-JSON",
    "timelinejs.json": "TimelineJS",
}
FOR_CITING = ["bib", "ris", "csl.json"]
SHORT = {
    "events": "short-event",
    "actors": "short-actor",
    "agreements": "short-agreement",
    "sources": "short-source",
}


class File(NamedTuple):
    label: str
    url: str
    content_type: str


class Citing(NamedTuple):
    """What a box for citing and sharing shows."""

    address: str
    is_permanent: bool
    citations: list[tuple[str, list[Piece]]]
    files: list[File]
    embed: str
    """The code of the frame; "" where there is none."""
    cite_url: str = ""
    """Where the citations stand, when not in the box."""


def of_record(request, kind: str, record, embedded: str = "") -> Citing:
    """A source is cited as the document it is, every other record as an entry in this one."""
    address = request.build_absolute_uri(reverse(SHORT[kind], args=[record.pk]))
    reference = _document(record) if kind == "sources" else _entry(record, address)
    return Citing(
        address,
        True,
        in_all_styles(reference),
        [
            _file(suffix, reverse("file-of-one", args=[kind, record.slug, suffix]))
            for suffix in FOR_CITING
        ],
        _frame(request, reverse(embedded, args=[record.slug]), record.heading.text)
        if embedded
        else "",
    )


def of_list(request, question: str, title: str) -> Citing:
    """The timeline, for a readable question."""
    here = f"{reverse('timeline')}?{question}".rstrip("?")
    return Citing(
        request.build_absolute_uri(here),
        False,
        [],
        [],
        _frame(request, f"{reverse('embed')}?{question}".rstrip("?"), title or site_name()),
        f"{reverse('cite')}?{question}".rstrip("?"),
    )


def files_of_list(kind: str, data: QueryDict) -> list[File]:
    """The same list in every format that can hold it."""
    asked = data.copy()
    asked.pop("page", None)
    return [
        _file(suffix, reverse("file", args=[kind, suffix]), asked)
        for suffix in LABELS
        if kind in FORMATS[suffix].KINDS
    ]


def in_all_styles(reference: Reference) -> list[tuple[str, list[Piece]]]:
    return [(style.value, cited(reference, style, get_language())) for style in Style]


def today() -> PartialDate:
    return _partial(localdate())


def _entry(record, address: str) -> Reference:
    changed, release = record.changed or record.added, Release.objects.current()
    return Reference(
        title=record.heading.text,
        language=record.heading.language,
        container=site_name(),
        issued=_partial(changed),
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


def _partial(day) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)


def _file(suffix: str, address: str, asked: QueryDict | None = None) -> File:
    """Formats that speak one language speak that of the page."""
    asked = asked.copy() if asked else QueryDict(mutable=True)
    speaks_one = not getattr(FORMATS[suffix], "LANGUAGES_TOGETHER", False)
    if speaks_one and get_language() != "en":
        asked["lang"] = get_language()
    url = f"{address}?{asked.urlencode()}".rstrip("?")
    return File(LABELS[suffix], url, FORMATS[suffix].CONTENT_TYPE.split(";")[0])


def _frame(request, address: str, title: str) -> str:
    return frame_code(request.build_absolute_uri(address), title)
