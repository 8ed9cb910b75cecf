"""Views of the timeline that are cited: first as they stand, then kept as they were."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.generic import DetailView

from timeline import delivery, frozen
from timeline.citation_styles import Reference
from timeline.exports import FORMATS, About
from timeline.filters import EventFilter
from timeline.models import Event, FrozenView, Release
from timeline.views import chips, citing, downloads, structured
from timeline.views.base import FilteredView, PublicMixin


class CiteView(FilteredView):
    """How a filtered view is cited as it stands, and a button that keeps it as it is today."""

    filterset_class = EventFilter
    template_name = "timeline/cite.html"
    http_method_names = ["get", "head", "options", "post"]
    page_kwarg = ""
    paginate_by = 1
    is_listed = False

    def crumbs(self):
        return [(_("Timeline"), reverse("timeline")), (_("Cite this view"), "")]

    def dispatch(self, request, *args, **kwargs):
        # Not exempt as the pages for reading are: a post keeps something for good.
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self):
        return Event.objects.published().in_order()

    def post(self, request, *args, **kwargs):
        asked = EventFilter(request.GET, queryset=self.get_queryset())
        if not asked.is_valid():
            return self.get(request, *args, **kwargs)
        try:
            return redirect(frozen.freeze(asked))
        except frozen.TooMany:
            return self._refused(
                _("A view of more than %(most)d records is not kept one by one: cite a release.")
                % {"most": frozen.MOST},
                400,
            )
        except frozen.TooOften:
            response = self._refused(
                _("Many views were kept in the last hour. Please try again later."), 429
            )
            response["Retry-After"] = "3600"
            return response
        except frozen.Moving:
            return self._refused(_("The records changed just now. Please try again."), 409)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        asked = context["filter"]
        context["list_url"] = f"{reverse('timeline')}?{asked.question}".rstrip("?")
        if not asked.is_valid():
            return context
        release = Release.objects.current()
        address = self.request.build_absolute_uri(context["list_url"])
        reference = Reference(
            title=chips.in_words(asked) or _("All records"),
            language=get_language(),
            container=structured.site_name(),
            release=release.number if release else "",
            accessed=citing.today(),
            url=address,
        )
        return context | {
            "asked": reference.title,
            "count": context["paginator"].count,
            "address": address,
            "citations": citing.in_all_styles(reference),
            "is_too_large": context["paginator"].count > frozen.MOST,
        }

    def render_to_response(self, context, **kwargs):
        if "refusal" in context:
            return PublicMixin.render_to_response(self, context, status=context["status"])
        return super().render_to_response(context, **kwargs)

    def _refused(self, refusal: str, status: int):
        self.extra_context = {"refusal": refusal, "status": status}
        return self.get(self.request)


class CitedView(PublicMixin, DetailView):
    """A cited view: what it held, how it is cited, and what has changed since."""

    model = FrozenView
    template_name = "timeline/cited_view.html"
    context_object_name = "view_then"
    pk_url_kwarg = "number"
    is_listed = False

    def crumbs(self):
        name = _("Cited view %(number)d") % {"number": self.object.pk}
        return [(_("Timeline"), reverse("timeline")), (name, "")]

    def get_context_data(self, **kwargs):
        view = self.object
        asked = EventFilter(QueryDict(view.question), queryset=Event.objects.published())
        since, address = frozen.since(view), reverse("short-view", args=[view.pk])
        kept = since.unchanged + since.corrected
        page = Paginator(kept, 100).get_page(self.request.GET.get("page"))
        return super().get_context_data(**kwargs) | {
            "asked": title_of(view, asked),
            "day": citing.partial(view.day),
            "since": since,
            "page": page,
            "address": self.request.build_absolute_uri(address),
            "citations": citing.in_all_styles(
                _reference(view, asked, self.request.build_absolute_uri(address))
            ),
            "files": [
                downloads.Download(
                    FORMATS[suffix].LABEL, reverse("view-file", args=[view.pk, suffix]), ""
                )
                for suffix in ("bib", "ris", "csl.json", "json")
            ],
            "list_url": f"{reverse('timeline')}?{view.question}".rstrip("?"),
        }


@delivery.open_to_all
def file(request, number, suffix):
    """A cited view for reference managers; as JSON with all that it held, to be checked."""
    view = FrozenView.objects.filter(pk=number).first()
    if not view:
        raise Http404
    address = request.build_absolute_uri(reverse("short-view", args=[view.pk]))
    if suffix == "json":
        return JsonResponse(_held(view, address), json_dumps_params={"ensure_ascii": False})
    with override("en"):
        asked = EventFilter(QueryDict(view.question), queryset=Event.objects.published())
        record = {
            "id": view.pk,
            "title": title_of(view, asked),
            "language": "en",
            "url": address,
            "updated": view.day.isoformat(),
            "checksum": view.checksum,
        }
        about = About(
            kind="views",
            count=1,
            url=request.build_absolute_uri(),
            page=address,
            site=request.build_absolute_uri("/").rstrip("/"),
            publisher=structured.site_name(),
            release=view.release or None,
            day=localdate(),
        )
        text = "".join(FORMATS[suffix].render([record], about))
    return HttpResponse(text, content_type=FORMATS[suffix].CONTENT_TYPE)


def title_of(view: FrozenView, asked: EventFilter) -> str:
    """What was asked, in words; as it stands in the address when it can no longer be read."""
    if not asked.is_valid():
        return view.question
    return chips.in_words(asked) or _("All records")


def _held(view: FrozenView, address: str) -> dict:
    return {
        "id": view.pk,
        "url": address,
        "question": view.question,
        "day": view.day.isoformat(),
        "release": view.release or None,
        "count": view.count,
        "checksum": view.checksum,
        "records": [{"id": number, "mark": mark} for number, mark in view.marks],
    }


def _reference(view: FrozenView, asked: EventFilter, address: str) -> Reference:
    return Reference(
        title=title_of(view, asked),
        language=get_language(),
        container=structured.site_name(),
        issued=citing.partial(view.day),
        release=view.release,
        accessed=citing.today(),
        url=address,
    )
