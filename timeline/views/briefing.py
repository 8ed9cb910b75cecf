from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone

from timeline.dates import PartialDate
from timeline.filters import EventFilter
from timeline.footnotes import Footnotes, Note
from timeline.models import Event
from timeline.views import chips
from timeline.views.base import FilteredView, trail


class Entry(NamedTuple):
    """An event as a briefing prints it."""

    event: Event
    marks: list[Note]
    contested: list[Note]
    disputes: list[dict]


class BriefingView(FilteredView):
    """All that a question finds, made for paper, with one numbered list of its sources."""

    filterset_class = EventFilter
    template_name = "timeline/briefing.html"
    paginate_by = 1000  # What is more has to be narrowed first: a briefing is not cut.
    page_kwarg = ""
    is_listed = False

    def get_queryset(self):
        return Event.objects.published().in_order()

    def paginate_queryset(self, events, page_size):
        return super().paginate_queryset(events.for_cards(), page_size)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        asked, notes = context["filter"], Footnotes()
        list_url = reverse("timeline") + trail(self.request.GET)
        context |= {"list_url": list_url}
        if not asked.is_valid():
            return context
        is_whole = context["paginator"].num_pages == 1
        return context | {
            "asked": chips.in_words(asked),
            "entries": [_entry(event, notes) for event in context["records"] if is_whole],
            "notes": notes,
            "vague": asked.vague.count(),
            "issued": PartialDate.parse(timezone.localdate().isoformat()),
            "address": self.request.build_absolute_uri(list_url),
        }


def _entry(event: Event, notes: Footnotes) -> Entry:
    """Marks are numbered in the order in which the entry is read."""
    citations = event.citations.all()
    return Entry(
        event,
        notes.mark(citation for citation in citations if citation.supports),
        notes.mark(citation for citation in citations if not citation.supports),
        notes.mark_disputes(event.disputes.all()),
    )
