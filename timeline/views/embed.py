"""Parts of the site made to stand in a frame on someone else's page. Only here may they."""

from csp.decorators import csp_replace
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.clickjacking import xframe_options_exempt

from timeline import telling
from timeline.filters import EventFilter
from timeline.models import Event, Story
from timeline.views import chips
from timeline.views.base import FilteredView, RecordView, trail

may_be_framed = [xframe_options_exempt, csp_replace({"frame-ancestors": ["*"]})]


@method_decorator(may_be_framed, name="dispatch")
class EmbeddedListView(FilteredView):
    """What a question finds, a few to a page, with the way to the whole list."""

    filterset_class = EventFilter
    template_name = "timeline/embed_list.html"
    paginate_by = 20
    is_listed = False

    def get_queryset(self):
        return Event.objects.published().in_order()

    def paginate_queryset(self, events, page_size):
        return super().paginate_queryset(events.for_anniversaries(), page_size)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        asked, address = context["filter"], reverse("timeline") + trail(self.request.GET)
        return context | {
            "asked": chips.in_words(asked) if asked.is_valid() else "",
            "address": self.request.build_absolute_uri(address),
        }


@method_decorator(may_be_framed, name="dispatch")
class EmbeddedEventView(RecordView):
    """One event: when, what, where and on whose word, with the way to its page."""

    model = Event
    kind = "events"
    template_name = "timeline/embed_event.html"
    withdrawn_template = "timeline/embed_withdrawn.html"
    is_listed = False

    def address_of(self, record):
        return reverse("embed-event", args=[record.slug])

    def get_queryset(self):
        return Event.objects.with_address().for_cards().select_related("place")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "address": self.request.build_absolute_uri(self.object.get_absolute_url())
        }


@method_decorator(may_be_framed, name="dispatch")
class EmbeddedStoryView(RecordView):
    """The head of a story and its steps, each leading to its place on the page."""

    model = Story
    kind = "stories"
    template_name = "timeline/embed_story.html"
    withdrawn_template = "timeline/embed_withdrawn.html"
    is_listed = False

    def address_of(self, record):
        return reverse("embed-story", args=[record.slug])

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "address": self.request.build_absolute_uri(self.object.get_absolute_url()),
            "told": telling.told(self.object),
        }
