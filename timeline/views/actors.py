from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from timeline.filters import ActorFilter
from timeline.footnotes import Footnotes
from timeline.models import Actor, Event
from timeline.views.base import RecordListView, RecordView


class ActorListView(RecordListView):
    """All actors by name."""

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
    template_name = "timeline/actor.html"

    def get_context_data(self, **kwargs):
        actor, notes = self.object, Footnotes()
        offices = [
            {"tenure": tenure, "marks": notes.mark(tenure.citations.all())}
            for tenure in actor.tenures.all()
        ]
        return super().get_context_data(**kwargs) | {
            "offices": offices,
            "events": Event.objects.published().with_actors([actor]).in_order().for_cards(),
            "agreements": actor.agreements.published(),
            "notes": notes,
        }
