"""The corrections of the public record, as a page and as a feed."""

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from django.views.generic import ListView

from timeline import corrections
from timeline.views.base import PublicMixin

SHORT = {
    "events": "short-event",
    "actors": "short-actor",
    "agreements": "short-agreement",
    "sources": "short-source",
    "stories": "short-story",
}
IN_FEED = 50


class ChangesView(PublicMixin, ListView):
    """Every correction: what was said before, what is said now, when and why."""

    template_name = "timeline/changes.html"
    context_object_name = "revisions"
    paginate_by = 30

    @classmethod
    def parameters(cls):
        return [cls.page_kwarg]

    def get_queryset(self):
        return corrections.public()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        page = context["page_obj"]
        return context | {
            "corrections": corrections.told(page.object_list),
            "pages": page.paginator.get_elided_page_range(page.number, on_ends=1),
        }


@csrf_exempt
@require_safe
def changes_feed(request):
    """The latest corrections as an Atom feed in the language of its address."""
    feed = Atom1Feed(
        title=_("Japan–Türkiye: corrections"),
        link=request.build_absolute_uri(reverse("changes")),
        description=_("What was said before, what is said now, when and why."),
        language=get_language(),
        feed_url=request.build_absolute_uri(),
        feed_guid=request.build_absolute_uri(reverse("changes")),
    )
    for one in corrections.told(corrections.public()[:IN_FEED]):
        revision = one.revision
        permanent = reverse(SHORT[revision.kind], args=[revision.number])
        feed.add_item(
            title=one.heading,
            link=request.build_absolute_uri(one.record.get_absolute_url()),
            description=render_to_string("timeline/_correction_feed.html", {"correction": one}),
            unique_id=request.build_absolute_uri(f"{permanent}#version-{revision.version}"),
            pubdate=revision.at,
            updateddate=revision.at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=Atom1Feed.content_type)
