"""The anniversaries that come up."""

import datetime
from operator import attrgetter
from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from timeline import anniversaries, delivery
from timeline.dates import DateRange, PartialDate, Precision
from timeline.exports import About, ics
from timeline.models import Event
from timeline.views import structured
from timeline.views.base import PublicMixin


class DayField(forms.CharField):
    """A day of the years within reach, as a `datetime.date` or None."""

    first, last = PartialDate(1924, 1, 1), PartialDate(2150, 12, 31)

    def clean(self, value):
        text = super().clean(value)
        return self._day(text) if text else None

    def _day(self, text: str) -> datetime.date:
        try:
            day = PartialDate.parse(text)
        except ValueError:
            day = None
        if day and day.precision is Precision.DAY and self.first.year <= day.year <= self.last.year:
            return day.earliest
        raise ValidationError(
            _(
                "“%(text)s” is not a day from %(first)s to %(last)s. "
                "Write its year, month and day: 2026-08-06."
            ),
            code="invalid",
            params={"text": text[:40], "first": self.first.year, "last": self.last.year},
        )


class StartForm(forms.Form):
    """From which day to look ahead. `from` is a word of Python, so it cannot be declared."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["from"] = DayField(label=_("From"), required=False)


class Listed(NamedTuple):
    """An anniversary, and the event of which it is one."""

    event: Event
    on: PartialDate
    years: int

    @property
    def month(self) -> PartialDate:
        return PartialDate(self.on.year, self.on.month)


class AnniversariesView(PublicMixin, TemplateView):
    """The round anniversaries of twelve months, from today or from the day that is asked for."""

    template_name = "timeline/anniversaries.html"

    def crumbs(self):
        return [(gettext("About"), reverse("about")), (gettext("Anniversaries"), "")]

    @classmethod
    def parameters(cls):
        return ["from"]

    def get(self, request, *args, **kwargs):
        form = StartForm(request.GET)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=400)
        first, last = anniversaries.twelve_months(form.cleaned_data["from"] or timezone.localdate())
        context = self.get_context_data(
            form=form,
            period=DateRange(_partial(first), _partial(last)),
            listed=upcoming(first, last),
        )
        return self.render_to_response(context)


@delivery.open_to_all
def calendar(request):
    """The same of the coming twelve months as iCalendar, each on its day."""
    first, last = anniversaries.twelve_months(timezone.localdate())
    found = [_occasion(request, one) for one in upcoming(first, last)]
    about = About(
        kind="events",
        count=len(found),
        url=request.build_absolute_uri(),
        page=request.build_absolute_uri(reverse("anniversaries")),
        site=structured.site(request),
        title=f"{gettext('Anniversaries ahead')} – {structured.site_name()}",
        language=get_language(),
    )
    lines = ics.render_anniversaries(found, about)
    return HttpResponse("".join(lines), content_type=ics.CONTENT_TYPE)


def _occasion(request, one: Listed) -> dict:
    event = one.event
    return {
        "id": event.pk,
        "title": event.in_all_languages("title"),
        "url": request.build_absolute_uri(reverse("short-event", args=[event.pk])),
        "updated": (event.changed or event.added).isoformat(),
        "date": str(event.when),
        "on": one.on.earliest,
        "years": one.years,
    }


def upcoming(first: datetime.date, last: datetime.date) -> list[Listed]:
    """The round anniversaries in the period, by date; on one day the oldest event first."""
    events = Event.objects.published().with_anniversary(first, last).in_order()
    found = [
        Listed(event, _partial(one.on), one.years)
        for event in events.for_anniversaries()
        for one in anniversaries.between(first, last, of=event.start.earliest)
    ]
    return sorted(found, key=attrgetter("on.earliest"))


def _partial(day: datetime.date) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)
