"""The public page of a record before it is public: for staff, never kept, marked as what it is."""

from django.contrib.admin.views.decorators import staff_member_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator

from timeline.models import Actor, Citation, Event
from timeline.roles import Act, may
from timeline.views.actors import ActorView
from timeline.views.agreements import AgreementView
from timeline.views.events import EventView
from timeline.views.sources import SourceView
from timeline.views.stories import StoryView


class PreviewMixin:
    """Shows the record as readers would see it today, were it published.

    What it rests on is shown as it stands: a source or an actor that is a draft itself is
    missing here as it would be there, and named above the page.
    """

    is_listed = False

    # Asked before anything is looked up: an answer must not tell whether there is such a draft.
    @method_decorator(staff_member_required(login_url="admin:login"))
    def dispatch(self, request, *args, **kwargs):
        if not may(request.user, Act.LOOK, self.model):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def records(self) -> QuerySet:
        return self.model.objects.all()

    def get(self, request, *args, **kwargs):
        self.object = self.get_object()
        response = self.render_to_response(self.get_context_data(object=self.object))
        patch_cache_control(response, private=True, no_store=True)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    # There is nothing yet that others could cite, take along or find.
    def taken_along(self):
        return {}

    def linked_data(self):
        return {}

    def work(self):
        return {}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "discovery": None,
            "preview": {
                "record": self.object,
                "form": f"admin:timeline_{self.model._meta.model_name}_change",
                "hidden": self.hidden(),
            },
        }

    def hidden(self) -> list:
        """The records named in this one that readers cannot see."""
        return []


class _CitedMixin(PreviewMixin):
    def hidden(self):
        hidden = Citation.objects.cited_for(self.object).not_shown().select_related("source")
        return list(dict.fromkeys(citation.source for citation in hidden))


class EventPreview(_CitedMixin, EventView):
    def hidden(self):
        event = self.object
        return [
            *super().hidden(),
            *Actor.objects.not_shown().filter(participations__event=event).distinct().by_name(),
            *(link.agreement for link in event.agreement_links.not_shown("agreement")),
            *(link.target for link in event.related.not_shown("target")),
        ]


class ActorPreview(PreviewMixin, ActorView):
    pass


class AgreementPreview(_CitedMixin, AgreementView):
    def hidden(self):
        return [*super().hidden(), *self.object.parties.not_shown().by_name()]


class SourcePreview(PreviewMixin, SourceView):
    pass


class StoryPreview(PreviewMixin, StoryView):
    def hidden(self):
        cited = Citation.objects.filter(story_step__story=self.object).not_shown()
        told = Event.objects.not_shown().filter(story_steps__story=self.object).distinct()
        sources = dict.fromkeys(citation.source for citation in cited.select_related("source"))
        return [*sources, *told.in_order()]
