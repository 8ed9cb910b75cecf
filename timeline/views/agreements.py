from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from timeline.choices import AgreementDateKind, Part
from timeline.drawing.axis import Axis
from timeline.drawing.century import Century, century
from timeline.facets import FIRST_YEAR, LAST_YEAR
from timeline.filters import AgreementFilter
from timeline.footnotes import AGREEMENT_PARTS, Footnotes
from timeline.models import Agreement
from timeline.views import tracks
from timeline.views.base import RecordListView, RecordView


class AgreementListView(RecordListView):
    """All agreements, by the first of their dates."""

    kind = "agreements"
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
    kind = "agreements"
    template_name = "timeline/agreement.html"

    def crumbs(self):
        address, record = reverse("agreements"), self.object
        return [
            (gettext("Agreements"), address),
            (record.get_kind_display(), f"{address}?kind={record.kind}"),
        ]

    def get_context_data(self, **kwargs):
        agreement, notes = self.object, Footnotes()
        citations = agreement.citations.all()
        title = notes.mark_parts(citations, [Part.TITLE])
        links = sorted(agreement.event_links.all(), key=lambda link: link.event.start_earliest)
        dates = tracks.stops(agreement.dates.all(), notes, links)
        return super().get_context_data(**kwargs) | {
            "marks": title | notes.mark_parts(citations, AGREEMENT_PARTS),
            "dates": dates,
            "century": self.century(agreement),
            "disputes": notes.mark_disputes(agreement.disputes.all()),
            "links": links,
            "notes": notes,
        }

    def century(self, agreement: Agreement) -> Century | None:
        kinds = [AgreementDateKind.SIGNED, AgreementDateKind.IN_FORCE, AgreementDateKind.TERMINATED]
        return century(
            Axis(FIRST_YEAR, LAST_YEAR),
            *(agreement.first_date(kind) for kind in kinds),
            binds_today=agreement.binds_today,
        )
