"""The lists and the single records of the API."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import override
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.response import Response
from rest_framework.views import APIView

from timeline import delivery, questions
from timeline.api import openapi, pages
from timeline.choices import Status
from timeline.found import Found
from timeline.models import Release
from timeline.records import LANGUAGES, MODELS, Form, Selection

DEFAULT_LIMIT = 50


class AlwaysJson(BaseContentNegotiation):
    """There is one form of an answer, whatever a browser says it would rather have."""

    def select_parser(self, request, parsers):
        return None

    def select_renderer(self, request, renderers, format_suffix=None):
        return renderers[0], renderers[0].media_type


class DataView(APIView):
    """What is asked of one kind of record; a question that cannot be read is answered with 400."""

    kind: str = ""
    content_negotiation_class = AlwaysJson

    def initial(self, request, *args, **kwargs):
        # In one language for everyone: the answer depends on nothing but its address.
        self.form = questions.PageForm(request.GET, kind=self.kind)
        super().initial(request, *args, **kwargs)

    def handle_exception(self, exception):
        if isinstance(exception, questions.Unreadable):
            return Response({"errors": exception.errors}, status=400)
        if isinstance(exception, pages.BadCursor):
            said = "This is not a cursor of this list. Start without one."
            return Response({"errors": {"cursor": [said]}}, status=400)
        return super().handle_exception(exception)

    def dispatch(self, request, *args, **kwargs):
        with override("en"):
            return super().dispatch(request, *args, **kwargs)

    def given(self, selection: Selection) -> list[dict]:
        asked = self.form.cleaned_data
        site = self.request.build_absolute_uri("/")
        form = Form(site, (asked["lang"],) if asked["lang"] else LANGUAGES)
        records = selection.given(form)
        if names := asked["fields"]:
            return [{name: record[name] for name in names} for record in records]
        return list(records)


class ListView(DataView):
    def get(self, request):
        found = questions.read(self.kind, request.GET, self.form)
        asked = self.form.cleaned_data
        page = pages.page(
            found.qs,
            questions.TABLES[self.kind].order,
            found.form.cleaned_data.get("order") == "newest",
            asked["cursor"],
            asked["limit"] or DEFAULT_LIMIT,
        )
        release = Release.objects.current()
        return Response(
            {
                "count": Found(found).count() if self.kind == "events" else found.qs.count(),
                "next": self.address(page.next),
                "previous": self.address(page.previous),
                "release": release and release.number,
                "results": self.given(Selection.numbered(self.kind, page.numbers)),
            }
        )

    def address(self, cursor: str | None) -> str | None:
        if not cursor:
            return None
        asked = self.request.GET.copy()
        asked["cursor"] = cursor
        return self.request.build_absolute_uri(f"{self.request.path}?{asked.urlencode()}")


class RecordView(DataView):
    def get(self, request, slug):
        for name in ("limit", "cursor"):
            del self.form.fields[name]
        questions.only(request.GET, self.form)
        record = MODELS[self.kind].objects.with_address().filter(slug=slug).first()
        if not record:
            raise Http404
        status = getattr(record, "status", Status.PUBLISHED)
        if status == Status.WITHDRAWN:
            said = {"status": status, "slug": record.slug, "reason": record.reason}
            return Response(said, status=410)
        if status == Status.MERGED:
            return self.moved(record.merged_into.slug)
        return Response(self.given(Selection.numbered(self.kind, [record.pk]))[0])

    def moved(self, slug: str) -> HttpResponse:
        response = HttpResponse(status=301)
        asked = f"?{self.request.GET.urlencode()}".rstrip("?")
        response["Location"] = reverse(f"api-one-of-{self.kind}", args=[slug]) + asked
        return response


class Nothing(APIView):
    """An address under /api/ at which nothing stands."""

    content_negotiation_class = AlwaysJson
    throttle_classes = ()
    schema = None

    def get(self, request, rest):
        raise Http404


def _open(view):
    return delivery.open_to_all(delivery.kept_while_unchanged(view))


# One class a kind, so that OpenAPI can say of each what it takes and gives.
LISTS, RECORDS = {}, {}
for kind in MODELS:
    documented = openapi.of_list(kind)(type(f"{kind.title()}List", (ListView,), {"kind": kind}))
    LISTS[kind] = _open(documented.as_view())
    documented = openapi.of_one(kind)(type(f"{kind.title()}Record", (RecordView,), {"kind": kind}))
    RECORDS[kind] = _open(documented.as_view())
nothing = delivery.open_to_all(Nothing.as_view())
