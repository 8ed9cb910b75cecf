import datetime
from functools import partial

from django.utils import timezone

from timeline import editions, facets
from timeline.filters import EventFilter
from timeline.found import Found
from timeline.models import Event
from timeline.text import search_terms
from timeline.views import cards, chips, citing, finders, panel, strip
from timeline.views.base import FilteredView, trail


class TimelineView(FilteredView):
    """The timeline: a form, a strip of years, and a list by decade and year."""

    filterset_class = EventFilter
    template_name = "timeline/timeline.html"
    embedded = "embed"

    def get_queryset(self):
        return Event.objects.published().in_order()

    def paginate_queryset(self, events, page_size):
        if self.filterset.is_valid():
            asked = self.filterset
            said = {
                "trail": trail(asked.data) if asked.is_narrowed else "",
                "terms": search_terms(asked.form.cleaned_data.get("q", "")),
            }
            events = self.found = Found(asked, partial(cards.of, self.request, **said))
        return super().paginate_queryset(events, page_size)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        events = context["filter"]
        context |= {"kept": panel.kept(events), "finders": finders.finders(events)}
        if not events.is_valid():
            return context | {"facets": panel.facets(events, None)}
        years = facets.years(self.found)
        return context | {
            "citing": citing.of_list(self.request, events.question, chips.in_words(events)),
            "total": len(self.found.index),
            "on_this_day": self.on_this_day(timezone.localdate()),
            "vague": self.found.vague,
            "facets": panel.facets(events, facets.counts(self.found)),
            "cells": strip.cells(years, events.data),
            "bars": strip.bars(years),
            "decades": strip.decades(facets.decades(self.found), events.data),
            "is_high": strip.scale(years) > strip.SCALE,
            "view": strip.window(events.data, years),
        }

    @staticmethod
    def on_this_day(today: datetime.date) -> list[Event]:
        events = Event.objects.published()
        first = events.on_this_day(today).values_list("pk", flat=True)[:3]
        numbers = editions.kept("on this day", partial(list, first), today)
        found = events.in_bulk(numbers)
        return [found[number] for number in numbers if number in found]
