from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from timeline.choices import Part
from timeline.filters import AgreementFilter
from timeline.footnotes import Footnotes
from timeline.models import Agreement
from timeline.views.base import RecordListView, RecordView


class AgreementListView(RecordListView):
    """All agreements, by the first of their dates."""

    filterset_class = AgreementFilter
    template_name = "timeline/agreement_list.html"
    heading = _("Agreements")
    deck = _("Treaties and other instruments, with every date that is known of each.")

    def get_queryset(self):
        return Agreement.objects.published().by_first_date().for_list()

    def counted(self, n):
        return ngettext("%(n)d agreement", "%(n)d agreements", n) % {"n": n}


class AgreementView(RecordView):
    """One agreement: its typed dates, its parties, and the events that touch it."""

    model = Agreement
    template_name = "timeline/agreement.html"

    def get_context_data(self, **kwargs):
        agreement, notes = self.object, Footnotes()
        citations = agreement.citations.all()
        title = notes.mark_parts(citations, [Part.TITLE])
        dates = [
            {"date": date, "marks": notes.mark(date.citations.all())}
            for date in agreement.dates.all()
        ]
        rest = [Part.DATE, Part.SUMMARY, Part.PARTICIPANTS, Part.PLACE]
        links = sorted(agreement.event_links.all(), key=lambda link: link.event.start_earliest)
        return super().get_context_data(**kwargs) | {
            "marks": title | notes.mark_parts(citations, rest),
            "dates": dates,
            "disputes": notes.mark_disputes(agreement.disputes.all()),
            "links": links,
            "notes": notes,
        }
