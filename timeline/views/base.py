"""What the public pages have in common."""

from django.http import HttpResponsePermanentRedirect, QueryDict
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import DetailView
from django_filters.views import FilterView

from timeline.choices import Status
from timeline.views import chips, finders, panel


def trail(data: QueryDict) -> str:
    """The question a list answers, for its records to carry along; empty when none was asked."""
    rest = data.copy()
    rest.pop("page", None)
    return f"?{rest.urlencode()}" if rest else ""


class PublicMixin:
    """A page for reading: any other method is answered with 405."""

    http_method_names = ["get", "head", "options"]
    is_listed = True
    """Whether search engines may list the page."""

    @classmethod
    def parameters(cls) -> list[str]:
        """What of an address makes another page of it, in the order of the canonical one."""
        return []

    @method_decorator(csrf_exempt)  # There is nothing to forge.
    def dispatch(self, request, *args, **kwargs):
        return super().dispatch(request, *args, **kwargs)

    def render_to_response(self, context, **kwargs):
        # An address that cannot be read is not to be found under any other.
        if kwargs.get("status", 200) != 200:
            context |= {"discovery": None}
        return super().render_to_response(context, **kwargs)


class RecordView(PublicMixin, DetailView):
    """The page of one record. Old addresses of merged records lead on, withdrawn ones say why."""

    context_object_name = "record"

    def records(self):
        """The records whose address answers."""
        return self.model.objects.with_address()

    def get_queryset(self):
        return self.records().for_page()

    def get(self, request, *args, **kwargs):
        record = self.object = self.get_object()
        if record.status == Status.MERGED:
            return HttpResponsePermanentRedirect(record.merged_into.get_absolute_url())
        if record.status == Status.WITHDRAWN:
            context = {"reason": record.reason, "discovery": None}
            return render(request, "410.html", context, status=410)
        return self.render_to_response(self.get_context_data(object=record))


class FilteredView(PublicMixin, FilterView):
    """A GET form, and one page of what it finds; an unreadable value is answered with 400."""

    context_object_name = "records"
    paginate_by = 50
    strict = False  # The filtersets themselves find nothing when a value cannot be read.

    @classmethod
    def parameters(cls):
        names = [*cls.filterset_class.base_filters, cls.page_kwarg]
        return [name for name in names if name]

    def get_filterset_kwargs(self, filterset_class):
        return super().get_filterset_kwargs(filterset_class) | {"data": self.request.GET}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        page, asked = context["page_obj"], context["filter"]
        return context | {
            "pages": page.paginator.get_elided_page_range(page.number, on_ends=1),
            "chips": chips.of(asked) if asked.is_valid() else [],
        }

    def get(self, request, *args, **kwargs):
        # A plain form also sends its empty fields; the address that people keep has none.
        said = finders.resolved(request.GET)
        for name, values in said.lists():
            said.setlist(name, [value for value in values if value.strip()])
        if said.urlencode() != request.GET.urlencode():
            return redirect(f"{request.path}?{said.urlencode()}".rstrip("?"))
        return super().get(request, *args, **kwargs)

    def render_to_response(self, context, **kwargs):
        status = 200 if context["filter"].is_valid() else 400
        return super().render_to_response(context, status=status, **kwargs)


class RecordListView(FilteredView):
    """The list of one kind of record, with a short form above it."""

    heading = deck = None

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "heading": self.heading,
            "deck": self.deck,
            "counted": self.counted(context["page_obj"].paginator.count),
            "fields": panel.questions(context["filter"]),
        }

    def counted(self, n: int) -> str:
        """How many records were found, in words."""
        raise NotImplementedError
