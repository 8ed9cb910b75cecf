"""The office in which somebody takes part, worked out from tenures while one enters an event."""

from django.http import JsonResponse
from django.utils.translation import gettext as _

from timeline.admin.choosing import is_key
from timeline.choices import ActorKind
from timeline.dates import DateRange
from timeline.models import Actor
from timeline.reading_dates import read


def office_on(actor: Actor, when: DateRange) -> str:
    """The office held then, in words, or that none is known; needs `tenures`.

    Nobody but a person holds an office: for the others there is nothing to say.
    """
    if held := actor.offices_on(when):
        return "; ".join(tenure.heading.text for tenure in held)
    if actor.tenures.all():
        return _("No office covers this date")
    return _("No office is entered") if actor.kind == ActorKind.PERSON else ""


def office_at(actor: Actor, event) -> str:
    """The office at an event, which may have no date yet, or dates in the wrong order."""
    try:
        return office_on(actor, event.when) if event.start else ""
    except ValueError:
        return ""


def office_view(request):
    """The same for a form in which nothing is saved yet; empty while anything is missing."""
    number = request.GET.get("actor", "")
    if not is_key(number) or not request.GET.get("start"):
        return JsonResponse({})
    actor = Actor.objects.filter(pk=number).prefetch_related("tenures").first()
    try:
        when = _when(request.GET)
    except ValueError:
        return JsonResponse({})
    return JsonResponse({"office": office_on(actor, when)} if actor else {})


def _when(data) -> DateRange:
    """The dates typed so far; `ValueError` when they cannot be read."""
    typed = [data.get(name, "").strip() for name in ("start", "end")]
    return DateRange(*(read(text).date for text in typed if text))
