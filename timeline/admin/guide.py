"""The guide for curators, as staff read it, and the help texts that lead to its sections."""

import re
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from django.conf import settings
from django.contrib import admin
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

DOCS = Path(settings.BASE_DIR, "docs")
FIELDS = {
    "title_en": "wording",
    "summary_en": "wording",
    "start": "dates",
    "importance": "importance",
    "side": "sources-and-sides",
    "kind": "what-a-record-needs",
    "standing": "agreements-and-their-dates",
    "reason": "statuses",
    "translation_states": "translations",
}
"""The field of a form, and the section of the guide that says what to enter."""


class GuidedMixin:
    """A form whose help texts lead to the guide."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name in FIELDS:
            field.help_text = format_html(
                '{} <a href="{}#{}" target="_blank">{}</a>',
                field.help_text,
                reverse("guide"),
                FIELDS[db_field.name],
                _("More in the guide"),
            )
        return field


def guide(request):
    """docs/curating.md as a page."""
    context = admin.site.each_context(request) | {
        "title": _("Guide for curators"),
        "guide": _rendered(DOCS / "curating.md", reverse("guide")),
    }
    return TemplateResponse(request, "admin/guide.html", context)


def picture(request, name):
    """A picture of the guide."""
    path = DOCS / "pictures" / f"{name}.jpg"
    if not name.startswith("admin-") or not path.is_file():
        raise Http404
    return HttpResponse(path.read_bytes(), content_type="image/jpeg")


@lru_cache(maxsize=2)
def _rendered(path: Path, address: str) -> SafeString:
    """The page as HTML. Its own HTML is not let through; its headings get names to link to."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(path.read_text(encoding="utf-8"))
    for token, inside in pairwise(tokens):
        if token.type == "heading_open":
            token.attrSet("id", _anchor(inside.content))
        inside.children = _led(inside.children or [], address)
    return SafeString(reader.renderer.render(tokens, reader.options, {}))


def _led(parts: list[Token], address: str) -> list[Token]:
    """The parts of a text; pictures are here, other neighbours only in the repository."""
    kept, is_linked = [], True
    for part in parts:
        if part.type == "image":
            name = part.attrGet("src").removeprefix("pictures/").removesuffix(".jpg")
            part.attrSet("src", f"{address}pictures/{name}")
            part.attrSet("loading", "lazy")
        if part.type == "link_open":
            is_linked = part.attrGet("href").startswith(("#", "https://"))
        if is_linked or part.type not in ("link_open", "link_close"):
            kept.append(part)
    return kept


def _anchor(heading: str) -> str:
    """The name of a section, as it is made where the guide is read in the repository."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
