"""What the public pages have in common."""

from django.http import HttpResponsePermanentRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import DetailView
from django_filters.views import FilterView

from timeline.choices import Status
from timeline.views import chips, citing, downloads, finders, panel, structured


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
    embedded = ""
    """The name of the address at which the page can be had for a frame, if it can."""

    @classmethod
    def parameters(cls) -> list[str]:
        """What of an address makes another page of it, in the order of the canonical one."""
        return []

    @method_decorator(csrf_exempt)  # There is nothing to forge.
    def dispatch(self, request, *args, **kwargs):
        return super().dispatch(request, *args, **kwargs)

    def crumbs(self) -> list[tuple[str, str]]:
        """Where the page stands: labels and addresses, "" for that of the page itself."""
        return []

    def name(self) -> str:
        """What the page is called in lists of pages."""
        crumbs = self.crumbs()
        return crumbs[-1][0] if crumbs else structured.site_name()

    def address(self) -> str:
        """Where the page stands, with no more of the question than counts."""
        return self.request.path

    def linked_data(self) -> dict:
        """What the page says to programs."""
        return structured.graph(self.request, self.address(), self.name(), self.crumbs(), {})

    def work(self) -> dict:
        """The page as an item of a reference manager."""
        return structured.work(self.request, self.address(), self.name())

    def render_to_response(self, context, **kwargs):
        context |= {"crumbs": self.crumbs()}
        if kwargs.get("status", 200) == 200:
            # Called only by the templates that say it.
            context |= {"linked_data": self.linked_data, "work": self.work}
        else:
            # An address that cannot be read is not to be found under any other.
            context |= {"discovery": None}
        return super().render_to_response(context, **kwargs)


class RecordView(PublicMixin, DetailView):
    """The page of one record. Old addresses of merged records lead on, withdrawn ones say why."""

    context_object_name = "record"
    kind = ""
    """The kind of record, as its files are named: "events", "actors" …"""
    withdrawn_template = "410.html"

    def records(self):
        """The records whose address answers."""
        return self.model.objects.with_address()

    def get_queryset(self):
        return self.records().for_page()

    def address_of(self, record):
        """Where the same kind of page stands for another record."""
        return record.get_absolute_url()

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | self.taken_along()

    def taken_along(self) -> dict:
        """How the record is cited, shared and taken along."""
        return {
            "downloads": downloads.of_one(self.kind, self.object.slug),
            "citing": citing.of_record(self.request, self.kind, self.object, self.embedded),
        }

    def get(self, request, *args, **kwargs):
        record = self.object = self.get_object()
        if record.status == Status.MERGED:
            return HttpResponsePermanentRedirect(self.address_of(record.merged_into))
        if record.status == Status.WITHDRAWN:
            context = {"reason": record.reason, "discovery": None}
            return render(request, self.withdrawn_template, context, status=410)
        return self.render_to_response(self.get_context_data(object=record))

    def name(self):
        return self.object.heading.text

    def linked_data(self):
        entity = structured.of_record(self.request, self.kind, self.object)
        crumbs = [*self.crumbs(), (self.name(), "")]
        return structured.graph(
            self.request, self.address(), self.name(), crumbs, entity, self.object
        )

    def work(self):
        address = reverse(citing.SHORT[self.kind], args=[self.object.pk])
        is_entry = self.kind != "sources"
        return structured.work(self.request, address, self.name(), self.object, is_entry=is_entry)


class FilteredView(PublicMixin, FilterView):
    """A GET form, and one page of what it finds; an unreadable value is answered with 400."""

    context_object_name = "records"
    paginate_by = 50
    kind = "events"
    """The kind of record listed, as its files are named."""
    strict = False  # The filtersets themselves find nothing when a value cannot be read.

    @classmethod
    def parameters(cls):
        names = [*cls.filterset_class.base_filters, cls.page_kwarg]
        return [name for name in names if name]

    def address(self):
        return f"{self.request.path}?{self.filterset.question}".rstrip("?")

    def name(self):
        asked = chips.in_words(self.filterset) if self.filterset.is_valid() else ""
        return f"{super().name()}: {asked}" if asked else super().name()

    def get_filterset_kwargs(self, filterset_class):
        return super().get_filterset_kwargs(filterset_class) | {"data": self.request.GET}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        page, asked = context["page_obj"], context["filter"]
        return context | {
            "pages": page.paginator.get_elided_page_range(page.number, on_ends=1),
            "chips": chips.of(asked) if asked.is_valid() else [],
            "downloads": downloads.of_list(self.kind, asked),
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

    def crumbs(self):
        return [(str(self.heading), "")]

    def counted(self, n: int) -> str:
        """How many records were found, in words."""
        raise NotImplementedError
