"""What every page shows: the other languages, the navigation, the size of the record."""

from urllib.parse import urlencode

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse, translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from timeline import editions
from timeline.models import Actor, Agreement, Event, Source


def site(request):
    """Context processor. Nothing is asked of the database unless a template shows it."""
    return {
        "language_links": _language_links(request),
        "nav": _navigation(request),
        "discovery": SimpleLazyObject(lambda: _discovery(request)),
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


LOCALES = {"en": "en_GB", "tr": "tr_TR", "ja": "ja_JP"}


def _discovery(request) -> dict:
    """How search engines and shared links are to name the page; empty for what is none of ours.

    The views say what of an address counts: see `PublicMixin`.
    """
    view = getattr(request.resolver_match and request.resolver_match.func, "view_class", None)
    if not hasattr(view, "parameters"):
        return {}
    asked = _asked(request.GET, view.parameters())
    here = request.path + (f"?{urlencode(asked)}" if asked else "")
    pages = {
        code: request.build_absolute_uri(translate_url(here, code))
        for code, _name in settings.LANGUAGES
    }
    # The address without a language leads to that of the reader.
    default = settings.LANGUAGE_CODE
    negotiated = pages[default].replace(f"/{default}/", "/", 1)
    return {
        "canonical": request.build_absolute_uri(here),
        "alternates": [*pages.items(), ("x-default", negotiated)],
        "is_listed": view.is_listed and all(name == "page" for name, _value in asked),
        "locale": LOCALES[get_language()],
        "other_locales": [name for code, name in LOCALES.items() if code != get_language()],
        "image": request.build_absolute_uri(static("img/og.png")),
        "oembed": _oembed(request, here) if view.embedded else "",
    }


def _oembed(request, here: str) -> str:
    address = urlencode({"url": request.build_absolute_uri(here)})
    return request.build_absolute_uri(f"{reverse('oembed')}?{address}")


def _asked(data, names) -> list[tuple[str, str]]:
    """The parameters that count, in one order whatever order they came in."""
    asked = [(name, value) for name in names for value in sorted({*data.getlist(name)})]
    return [pair for pair in asked if pair[1].strip() and pair != ("page", "1")]


def _navigation(request) -> list[dict]:
    pages = {
        "timeline": _("Timeline"),
        "lanes": _("Lanes"),
        "actors": _("Actors"),
        "agreements": _("Agreements"),
        "sources": _("Sources"),
        "stories": _("Stories"),
        "about": _("About"),
    }
    return [
        {"url": reverse(name), "label": label, "current": request.path == reverse(name)}
        for name, label in pages.items()
    ]


COUNTED = {"records": Event, "actors": Actor, "agreements": Agreement, "sources": Source}


def _size() -> dict[str, int]:
    return {name: model.objects.published().count() for name, model in COUNTED.items()}


def _colophon() -> dict:
    return {
        **editions.kept("size", _size),
        "use": [
            {"url": reverse("anniversaries"), "label": _("Anniversaries ahead")},
            {"url": reverse("data"), "label": _("Data and releases")},
            {"url": reverse("api-docs"), "label": _("Programming interface")},
        ],
        "trust": [
            {"url": reverse("about"), "label": _("What gets in, and how we judge")},
            {"url": reverse("coverage"), "label": _("How complete is this?")},
            {"url": reverse("changes"), "label": _("Corrections")},
        ],
    }
