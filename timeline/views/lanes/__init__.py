"""The lanes: a drawing of time whose every mark is a link."""

from django.urls import reverse

from timeline import facets, statistics
from timeline.filters import EventFilter
from timeline.found import Found
from timeline.models import Event, Sector
from timeline.views import finders, panel
from timeline.views.base import FilteredView, trail
from timeline.views.lanes import bar, far, near
from timeline.views.lanes.address import address, list_question
from timeline.views.lanes.look import Look, LookForm

KEPT = ("from", "to", "by", "zoom", "at")
"""What the filter form sends along besides what the timeline's does."""


class LanesView(FilteredView):
    """The records of the timeline by lanes, from the century down to three years."""

    filterset_class = EventFilter
    template_name = "timeline/lanes.html"
    page_kwarg = ""  # There are no pages: the lanes show all that is found.

    @classmethod
    def parameters(cls):
        return [*super().parameters(), *LookForm.base_fields]

    def get_queryset(self):
        return Event.objects.published().in_order()

    def paginate_queryset(self, events, page_size):
        if self.filterset.is_valid():
            self.found = events = Found(self.filterset)
        return super().paginate_queryset(events, page_size)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        asked, form = context["filter"], LookForm(self.request.GET)
        kept = [(name, self.request.GET[name]) for name in KEPT if name in self.request.GET]
        context |= {
            "look_form": form,
            "is_readable": asked.is_valid() and form.is_valid(),
            "finders": finders.finders(asked),
            "kept": panel.kept(asked) + kept,
        }
        if not context["is_readable"]:
            return context | {"facets": panel.facets(asked, None)}
        return context | self.view_of(asked, Look.of(form))

    def view_of(self, asked: EventFilter, look: Look) -> dict:
        """What is drawn, and the same as a list."""
        question = list_question(asked, look.window if look.is_near else None)
        shown = EventFilter(question, queryset=self.get_queryset())
        # A period asked for that lies outside the window leaves nothing to show.
        if not shown.is_valid():
            question = list_question(asked, None)
        research = statistics.research(list(Sector.objects.all()))
        everywhere = self.found
        counted = Found(shown) if shown.is_valid() else None
        return {
            "look": look,
            "number": counted.count() if counted else 0,
            "is_part": look.is_near or asked.is_narrowed,
            "total": len(everywhere.index),
            "vague": (counted or everywhere).vague,
            "facets": panel.facets(asked, facets.counts(counted or everywhere)),
            "list_url": f"{reverse('timeline')}?{question.urlencode()}".rstrip("?"),
            "bar": bar.zoom_bar(asked.data, look),
            "ticks": bar.ticks(asked.data, look),
            "decades": bar.decades(asked.data),
            "close_url": address(asked.data, event=None),
            "drawing": near.draw(everywhere, counted, look, research, trail(question))
            if look.is_near
            else far.draw(everywhere, look, research, trail(question)),
        }

    def render_to_response(self, context, **kwargs):
        response = super().render_to_response(context, **kwargs)
        if not context["is_readable"]:
            response.status_code = 400
        return response
