from django.urls import reverse
from django.utils.translation import gettext as _

from timeline import wording
from timeline.filters import EventFilter
from timeline.footnotes import EVENT_PARTS, Footnotes
from timeline.models import Event
from timeline.views import tracks
from timeline.views.base import RecordView, trail


class EventView(RecordView):
    """One event: when, what, who, on whose word, and what came before and after."""

    model = Event
    kind = "events"
    template_name = "timeline/event.html"
    embedded = "embed-event"

    def crumbs(self):
        address, event = reverse("timeline"), self.object
        decade = f"{address}?from={event.decade}&to={event.decade + 9}"
        return [
            (_("Timeline"), address),
            (wording.decade(event.decade), decade),
            (str(event.year), f"{address}?year={event.year}"),
        ]

    def get_context_data(self, **kwargs):
        event, notes = self.object, Footnotes()
        walk = EventFilter(self.request.GET, queryset=Event.objects.published())
        is_narrowed = walk.is_valid() and walk.is_narrowed
        around = walk.qs if is_narrowed else Event.objects.published()
        return super().get_context_data(**kwargs) | {
            "marks": notes.mark_parts(event.citations.all(), EVENT_PARTS),
            "disputes": notes.mark_disputes(event.disputes.all()),
            "cast": [
                {"participation": one, "offices": one.actor.offices_on(event.when)}
                for one in event.participants.all()
            ],
            "agreements": [
                {"link": link, "stops": tracks.stops(link.agreement.dates.all())}
                for link in event.agreement_links.all()
            ],
            "notes": notes,
            "previous": around.before(event).first(),
            "next": around.after(event).first(),
            "trail": trail(self.request.GET) if is_narrowed else "",
            "walked": around.count() if is_narrowed else 0,
        }
