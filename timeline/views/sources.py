from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from timeline.filters import SourceFilter
from timeline.models import Source
from timeline.views.base import RecordListView, RecordView


class SourceListView(RecordListView):
    """All sources by publisher, with how many statements rest on each."""

    kind = "sources"
    filterset_class = SourceFilter
    template_name = "timeline/source_list.html"
    heading = _("Sources")
    deck = _("Every document on which a statement of this record rests.")

    def get_queryset(self):
        return Source.objects.published().in_order().with_statement_count()

    def counted(self, n):
        return ngettext("%(n)d source", "%(n)d sources", n) % {"n": n}


class SourceView(RecordView):
    """One source, and every statement that rests on it."""

    model = Source
    kind = "sources"
    template_name = "timeline/source.html"

    def crumbs(self):
        address, record = reverse("sources"), self.object
        return [
            (gettext("Sources"), address),
            (record.get_kind_display(), f"{address}?kind={record.kind}"),
        ]

    def get_queryset(self):
        return self.records().with_statement_count().for_page()

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "citations": self.object.citations.for_source_page(),
        }
