from django.db import models
from django.db.models import CheckConstraint, F, Q
from django.utils.translation import gettext_lazy as _

from timeline.choices import Research
from timeline.dates import PartialDate
from timeline.models.base import SeededModel, choice_constraint
from timeline.models.vocabulary import Sector


class CoverageStatement(SeededModel):
    """Whether the record has been researched for some years and sectors, as someone judged it.

    Where no statement speaks, nobody has looked yet: an absence there says nothing.
    """

    first_year = models.PositiveSmallIntegerField(_("first year"))
    last_year = models.PositiveSmallIntegerField(_("last year"))
    sectors = models.ManyToManyField(
        Sector,
        verbose_name=_("sectors"),
        blank=True,
        related_name="coverage_statements",
        help_text=_("Leave it empty when the statement holds for all sectors."),
    )
    research = models.CharField(_("state of research"), max_length=7, choices=Research)
    judged_by = models.CharField(_("judged by"), max_length=200)
    judged_on = models.DateField(_("judged on"))
    note_en = models.TextField(
        _("what was searched (English)"),
        help_text=_("Where was looked, and for what. Shown to readers."),
    )
    note_tr = models.TextField(_("what was searched (Turkish)"), blank=True)
    note_ja = models.TextField(_("what was searched (Japanese)"), blank=True)

    class Meta:
        verbose_name = _("coverage statement")
        verbose_name_plural = _("coverage statements")
        ordering = ["first_year", "last_year", "slug"]
        constraints = [
            choice_constraint("research", Research),
            CheckConstraint(
                name="coverage_years",
                condition=Q(first_year__gte=1, last_year__lte=9999, first_year__lte=F("last_year")),
                violation_error_message=_("The first year is after the last."),
            ),
        ]

    def __str__(self):
        return f"{self.first_year}–{self.last_year}: {self.get_research_display()}"

    @property
    def judged(self) -> PartialDate:
        return PartialDate.parse(self.judged_on.isoformat())
