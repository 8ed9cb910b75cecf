from django.utils import timezone

from timeline import facets
from timeline.filters import EventFilter
from timeline.models import Event
from timeline.text import search_terms
from timeline.views import chips, citing, finders, panel, strip
from timeline.views.base import FilteredView, trail


class TimelineView(FilteredView):
    """The timeline: a form, a strip of years, and a list by decade and year."""

    filterset_class = EventFilter
    template_name = "timeline/timeline.html"
    embedded = "embed"

    def get_queryset(self):
        return Event.objects.published().in_order()

    def paginate_queryset(self, events, page_size):
        return super().paginate_queryset(events.for_cards(), page_size)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        events = context["filter"]
        context |= {"kept": panel.kept(events), "finders": finders.finders(events)}
        if not events.is_valid():
            return context | {"facets": panel.facets(events, None)}
        years = facets.years(events)
        return context | {
            "citing": citing.of_list(self.request, events.question, chips.in_words(events)),
            "trail": trail(events.data) if events.is_narrowed else "",
            "terms": search_terms(events.form.cleaned_data.get("q", "")),
            "total": self.get_queryset().count(),
            "on_this_day": Event.objects.published().on_this_day(timezone.localdate())[:3],
            "vague": events.vague.count(),
            "facets": panel.facets(events, facets.counts(events)),
            "cells": strip.cells(years, events.data),
            "bars": strip.bars(years),
            "decades": strip.decades(facets.decades(events), events.data),
            "is_high": strip.scale(years) > strip.SCALE,
            "view": strip.window(events.data, years),
        }
