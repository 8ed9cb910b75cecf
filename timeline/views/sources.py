from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from timeline.filters import SourceFilter
from timeline.models import Source
from timeline.views.base import RecordListView, RecordView


class SourceListView(RecordListView):
    """All sources by publisher, with how many statements rest on each."""

    filterset_class = SourceFilter
    template_name = "timeline/source_list.html"
    heading = _("Sources")
    deck = _("Every document on which a statement of this record rests.")

    def get_queryset(self):
        return Source.objects.published().with_statement_count()

    def counted(self, n):
        return ngettext("%(n)d source", "%(n)d sources", n) % {"n": n}


class SourceView(RecordView):
    """One source, and every statement that rests on it."""

    model = Source
    template_name = "timeline/source.html"

    def get_queryset(self):
        return self.records()

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "citations": self.object.citations.for_source_page(),
        }
