"""In which formats what a page shows can be taken along, and where."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language

from timeline.exports import FORMATS


class Download(NamedTuple):
    label: str
    url: str
    content_type: str
    is_for_citing: bool = False


def of_list(kind: str, filterset) -> list[Download]:
    """The files of what the filters find; none while they cannot be read."""
    if not filterset.is_valid():
        return []
    asked = [
        (name, value)
        for name in filterset.form.fields
        for value in filterset.data.getlist(name)
        if value.strip()
    ]
    return [
        _download(suffix, reverse("file", args=[kind, suffix]), asked)
        for suffix, file_format in FORMATS.items()
        if kind in file_format.KINDS
    ]


def of_one(kind: str, slug: str) -> list[Download]:
    """The files of one record."""
    return [
        _download(suffix, reverse("file-of-one", args=[kind, slug, suffix]), [])
        for suffix, file_format in FORMATS.items()
        if kind in file_format.SINGLE
    ]


def _download(suffix: str, address: str, asked: list[tuple[str, str]]) -> Download:
    file_format, language = FORMATS[suffix], get_language()
    # A format that speaks one language speaks that of the page.
    if language != "en" and not getattr(file_format, "LANGUAGES_TOGETHER", False):
        asked = [*asked, ("lang", language)]
    label = getattr(file_format, "LABEL", suffix.upper())
    return Download(
        str(label),
        f"{address}?{urlencode(asked)}".rstrip("?"),
        file_format.CONTENT_TYPE,
        getattr(file_format, "FOR_CITING", False),
    )
