"""Guided paths through the record: all of them, and each as one long page."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import ListView

from timeline import telling
from timeline.models import Story
from timeline.views.base import PublicMixin, RecordView


class StoryListView(PublicMixin, ListView):
    """The stories, each with what it is about and which years it crosses."""

    template_name = "timeline/story_list.html"
    paginate_by = 20

    @classmethod
    def parameters(cls):
        return [cls.page_kwarg]

    def crumbs(self):
        return [(_("Stories"), "")]

    def get_queryset(self):
        return Story.objects.published().in_order().for_list()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        page = context["page_obj"]
        return context | {
            "stories": [{"story": one, "outline": telling.outlined(one)} for one in page],
            "pages": page.paginator.get_elided_page_range(page.number, on_ends=1),
        }


class StoryView(RecordView):
    """One story, step by step, with the line of the century beside it."""

    model = Story
    kind = "stories"
    template_name = "timeline/story.html"
    embedded = "embed-story"

    def crumbs(self):
        return [(_("Stories"), reverse("stories"))]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"told": telling.told(self.object)}
