"""Addresses without a language: the front door, and the short ones that never change."""

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request, override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from timeline.models import Actor, Agreement, Event, FrozenView, Source, Story


def _in_readers_language(request, address):
    with override(get_language_from_request(request)):
        response = redirect(address())
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


@csrf_exempt
@require_safe
def front_door(request):
    asked = request.META.get("QUERY_STRING", "")
    return _in_readers_language(request, lambda: f"{reverse('timeline')}?{asked}".rstrip("?"))


def short_address(model):
    """A view that leads from the number of a record to its page."""

    @csrf_exempt
    @require_safe
    def view(request, number):
        record = get_object_or_404(model.objects.with_address(), pk=number)
        return _in_readers_language(request, record.get_absolute_url)

    return view


@csrf_exempt
@require_safe
def view(request, number):
    """From the number of a cited view to its page."""
    kept = get_object_or_404(FrozenView.objects.only("pk"), pk=number)
    return _in_readers_language(request, kept.get_absolute_url)


event, actor, agreement, source = map(short_address, (Event, Actor, Agreement, Source))
story = short_address(Story)
