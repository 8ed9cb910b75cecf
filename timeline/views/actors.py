from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from timeline.drawing.offices import Office, career
from timeline.filters import ActorFilter
from timeline.footnotes import Footnotes
from timeline.models import Actor, Event, Tenure
from timeline.views import cards
from timeline.views.base import RecordListView, RecordView


class ActorListView(RecordListView):
    """All actors by name."""

    kind = "actors"
    filterset_class = ActorFilter
    template_name = "timeline/actor_list.html"
    heading = _("Actors")
    deck = _("The people, states, ministries, companies and institutions that took part.")
    paginate_by = 100

    def get_queryset(self):
        return Actor.objects.published().with_event_count().by_name()

    def counted(self, n):
        return ngettext("%(n)d actor", "%(n)d actors", n) % {"n": n}


class ActorView(RecordView):
    """One actor: names, offices held, and the events in which the actor takes part."""

    model = Actor
    kind = "actors"
    template_name = "timeline/actor.html"

    def crumbs(self):
        address, record = reverse("actors"), self.object
        return [
            (gettext("Actors"), address),
            (record.get_kind_display(), f"{address}?kind={record.kind}"),
        ]

    def get_context_data(self, **kwargs):
        actor, notes = self.object, Footnotes()
        offices = [
            {"tenure": tenure, "marks": notes.mark(tenure.citations.all())}
            for tenure in actor.tenures.all()
        ]
        events = Event.objects.published().with_actors([actor]).with_attestation()
        events = list(events.in_order().for_naming())
        return super().get_context_data(**kwargs) | {
            "offices": offices,
            "career": self.career(list(actor.tenures.all()), events),
            "events": events,
            "cards": cards.of(self.request, [event.pk for event in events]),
            "agreements": actor.agreements.published(),
            "notes": notes,
        }

    def career(self, tenures: list[Tenure], events: list[Event]) -> dict | None:
        """The picture of the offices, with what each of its bars and beads stands for."""
        held = [tenure for tenure in tenures if tenure.is_dated]
        if not held:
            return None
        drawn = career(
            [Office(one.heading.text, one.start, one.end) for one in held],
            [event.when for event in events],
        )
        return {
            "drawn": drawn,
            "bars": list(zip(held, drawn.bars, strict=True)),
            "beads": list(zip(events, drawn.beads, strict=True)),
        }
