"""What every page shows: the other languages, the navigation, the size of the record."""

from django.conf import settings
from django.urls import reverse, translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from timeline.models import Actor, Agreement, Event, Source


def site(request):
    """Context processor. Nothing is asked of the database unless a template shows it."""
    return {
        "language_links": _language_links(request),
        "nav": _navigation(request),
        "colophon": SimpleLazyObject(_colophon),
    }


def _language_links(request) -> list[dict]:
    here = request.get_full_path()
    links = []
    for code, _name in settings.LANGUAGES:
        url = translate_url(here, code)
        # A page that is the same in all languages, or none at all, has no translation.
        if url == here and code != get_language():
            url = f"/{code}/"
        links.append(
            {
                "code": code,
                "name": get_language_info(code)["name_local"],
                "url": url,
                "current": code == get_language(),
            }
        )
    return links


def _navigation(request) -> list[dict]:
    pages = {
        "timeline": _("Timeline"),
        "actors": _("Actors"),
        "agreements": _("Agreements"),
        "sources": _("Sources"),
        "about": _("About"),
    }
    return [
        {"url": reverse(name), "label": label, "current": request.path == reverse(name)}
        for name, label in pages.items()
    ]


def _colophon() -> dict:
    return {
        "records": Event.objects.published().count(),
        "actors": Actor.objects.published().count(),
        "agreements": Agreement.objects.published().count(),
        "sources": Source.objects.published().count(),
        "trust": [
            {"url": reverse("about"), "label": _("What gets in, and how we judge")},
            {"url": reverse("coverage"), "label": _("How complete is this?")},
        ],
    }
