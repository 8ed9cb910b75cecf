"""How the record is made, and what is missing from it."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from timeline import statistics
from timeline.choices import Attestation, Research
from timeline.models import CoverageStatement, Event, Sector
from timeline.views.base import PublicMixin


class AboutView(PublicMixin, TemplateView):
    """What gets in, how dates, claims and sources are handled, and how to report an error."""

    template_name = "timeline/about.html"


class CoverageView(PublicMixin, TemplateView):
    """Records by year and sector, told apart from what nobody has looked for."""

    template_name = "timeline/coverage.html"

    def crumbs(self):
        return [(_("About"), reverse("about")), (_("Coverage"), "")]

    def get_context_data(self, **kwargs):
        rows = statistics.coverage()
        cells = [cell for row in rows for cell in row.cells]
        total = Event.objects.published().count()
        return super().get_context_data(**kwargs) | {
            "rows": rows,
            "sectors": Sector.objects.all(),
            "statements": CoverageStatement.objects.prefetch_related("sectors"),
            "research": {
                state.value: _share(sum(cell.research == state for cell in cells), len(cells))
                for state in Research
            },
            "total": total,
            "attestation": [(side, side.label, n) for side, n in statistics.attestation().items()],
            "both": _share(statistics.attestation()[Attestation.BOTH], total),
            "independent": _share(statistics.independent(), total),
            "translations": statistics.translations(),
        }


def _share(part: int, whole: int) -> dict[str, int]:
    """A part of a whole, and what per cent of it, rounded down: a share is never overstated."""
    return {"n": part, "of": whole, "percent": 100 * part // whole if whole else 0}
