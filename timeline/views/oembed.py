"""oEmbed: what another site shows when someone pastes one of our addresses.

https://oembed.com, a “rich” answer: the frame in which the page can be had.
"""

from urllib.parse import urlsplit
from xml.etree import ElementTree

from django import forms
from django.http import HttpResponse, JsonResponse, QueryDict
from django.urls import Resolver404, resolve, reverse
from django.utils.html import format_html
from django.utils.translation import get_language, get_language_from_path, override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from timeline.filters import EventFilter
from timeline.models import Event, Story
from timeline.views import chips
from timeline.views.structured import site_name

WIDTH, HEIGHT = 640, 480
SMALLEST = 200


class Question(forms.Form):
    url = forms.CharField(max_length=2000)
    format = forms.CharField(required=False, max_length=10)
    maxwidth = forms.IntegerField(required=False, min_value=SMALLEST, max_value=10_000)
    maxheight = forms.IntegerField(required=False, min_value=SMALLEST, max_value=10_000)


@csrf_exempt
@require_safe
def oembed(request):
    question = Question(request.GET)
    if not question.is_valid():
        lines = [f"{name}: {' '.join(said)}" for name, said in question.errors.items()]
        return _refusal("\n".join(lines), 400)
    asked = question.cleaned_data
    render = FORMATS.get(asked["format"] or "json")
    if not render:
        return _refusal("format: json and xml are what is on offer.", 501)
    frame = framed(request, asked["url"])
    if not frame:
        return _refusal("url: there is nothing of ours to embed at that address.", 404)
    address, title = frame
    size = (min(asked["maxwidth"] or WIDTH, WIDTH), min(asked["maxheight"] or HEIGHT, HEIGHT))
    response = render(
        {
            "version": "1.0",
            "type": "rich",
            "title": title,
            "provider_name": site_name(),
            "provider_url": request.build_absolute_uri("/"),
            "html": frame_code(address, title, *size),
            "width": size[0],
            "height": size[1],
            "cache_age": 3600,
        }
    )
    response["Access-Control-Allow-Origin"] = "*"
    return response


def frame_code(address: str, title: str, width: int = WIDTH, height: int = HEIGHT) -> str:
    """The lines of HTML that put the frame into a page."""
    return format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy"></iframe>',
        address,
        title,
        width,
        height,
    )


def framed(request, url: str) -> tuple[str, str] | None:
    """The address of the frame for one of our pages, and its title; None for any other address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or parts.netloc != request.get_host():
        return None
    with override(get_language_from_path(parts.path) or get_language()):
        try:
            match = resolve(parts.path)
        except Resolver404:
            return None
        find = PAGES.get(match.url_name)
        found = find and find(QueryDict(parts.query), **match.kwargs)
    return found and (request.build_absolute_uri(found[0]), found[1])


def _event(_data, **which) -> tuple[str, str] | None:
    event = Event.objects.published().filter(**which).first()
    return event and (reverse("embed-event", args=[event.slug]), event.heading.text)


def _story(_data, **which) -> tuple[str, str] | None:
    story = Story.objects.published().filter(**which).first()
    return story and (reverse("embed-story", args=[story.slug]), story.heading.text)


def _list(data: QueryDict) -> tuple[str, str] | None:
    data = data.copy()
    for name, values in data.lists():
        data.setlist(name, [value for value in values if value.strip()])
    found = EventFilter(data, queryset=Event.objects.published())
    if not found.is_valid():
        return None
    title = chips.in_words(found) or site_name()
    return f"{reverse('embed')}?{found.question}".rstrip("?"), title


PAGES = {
    "front-door": _list,
    "timeline": _list,
    "embed": _list,
    "event": _event,
    "embed-event": _event,
    "story": _story,
    "embed-story": _story,
    "short-story": lambda data, number: _story(data, pk=number),
    "short-event": lambda data, number: _event(data, pk=number),
}


def _refusal(text: str, status: int) -> HttpResponse:
    return HttpResponse(f"{text}\n", "text/plain; charset=utf-8", status=status)


def _xml(answer: dict) -> HttpResponse:
    root = ElementTree.Element("oembed")
    for name, value in answer.items():
        ElementTree.SubElement(root, name).text = str(value)
    text = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(text, "text/xml; charset=utf-8")


FORMATS = {"json": JsonResponse, "xml": _xml}
