"""The API described: for programs as OpenAPI, for people as a page with examples."""

import functools

from django.conf import settings
from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

from timeline import delivery
from timeline.api.openapi import CODE, DATE, SLUG, YEAR, schema_of
from timeline.questions import asked_of
from timeline.records import SHAPES

EXAMPLES = {
    "events": ["?year=1930&sector=trade", "?from=1950&to=1959&lang=ja&fields=slug,date,title"],
    "actors": ["?kind=state", "?q=ertuğrul"],
    "agreements": ["?standing=in-force&limit=10"],
    "sources": ["?side=turkiye&kind=official"],
    "stories": ["?lang=tr&fields=slug,title,steps"],
    "sectors": [""],
}


@functools.cache
def specification() -> dict:
    return SchemaGenerator().get_schema(request=None, public=True)


@delivery.open_to_all
def openapi(request):
    return JsonResponse(specification(), json_dumps_params={"ensure_ascii": False})


@csrf_exempt
@require_safe
def documentation(request):
    context = {"lists": [_list(kind) for kind in SHAPES], "rate": settings.API_RATE}
    return render(request, "timeline/api_docs.html", context)


def _list(kind: str) -> dict:
    address = reverse(f"api-{kind}")
    return {
        "kind": kind,
        "address": address,
        "heading": _HEADINGS[kind](),
        "one": reverse(f"api-one-of-{kind}", args=["SLUG"]).replace("SLUG", "<slug>"),
        "examples": [address + example for example in EXAMPLES[kind]],
        "fields": list(SHAPES[kind].model_fields),
        "parameters": [
            {"name": name, "label": _LABELS[name]() if name in _LABELS else field.label}
            | _values(schema_of(field))
            for name, field in asked_of(kind).items()
        ],
    }


def _values(schema: dict) -> dict:
    """The words of a vocabulary, or the form of a value."""
    may_repeat = schema["type"] == "array"
    one = schema["items"] if may_repeat else schema
    return {
        "words": one.get("enum"),
        "form": _FORMS.get(one.get("pattern")),
        "may_repeat": may_repeat,
    }


_FORMS = {YEAR: "1924", DATE: "1924-08", CODE: "tr", SLUG: "a-slug"}
_HEADINGS = {
    "events": lambda: _("Events"),
    "actors": lambda: _("Actors"),
    "agreements": lambda: _("Agreements"),
    "sources": lambda: _("Sources"),
    "sectors": lambda: _("Sectors"),
    "stories": lambda: _("Stories"),
}
_LABELS = {
    "lang": lambda: _("One language instead of all"),
    "limit": lambda: _("How many records a page holds; 50 unless said"),
    "cursor": lambda: pgettext("parameter", "Where a page begins, as “next” and “previous” say"),
    "fields": lambda: _("Only these fields, separated by commas"),
}
