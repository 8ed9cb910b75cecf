import secrets

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from timeline.choices import ReportState
from timeline.models.base import LocalizedModel, choice_constraint
from timeline.models.targets import exactly_one
from timeline.querysets import ReportQuerySet

REPORTED = ["event", "agreement", "actor", "source"]
# Without I, L, O and U: a number is read aloud and typed.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_case_number() -> str:
    """Ten letters and digits that nobody guesses: who knows the number may see the case."""
    return "".join(secrets.choice(_LETTERS) for _place in range(10))


class Report(LocalizedModel):
    """An error that a reader reported, and what became of it. Nothing is kept of the reader."""

    number = models.CharField(
        _("case number"), max_length=10, unique=True, editable=False, default=new_case_number
    )
    # The form it came from, so that a form sent twice is one report.
    form = models.CharField(max_length=32, unique=True, editable=False)
    event = models.ForeignKey(
        "Event", null=True, editable=False, on_delete=models.CASCADE, related_name="reports"
    )
    agreement = models.ForeignKey(
        "Agreement", null=True, editable=False, on_delete=models.CASCADE, related_name="reports"
    )
    actor = models.ForeignKey(
        "Actor", null=True, editable=False, on_delete=models.CASCADE, related_name="reports"
    )
    source = models.ForeignKey(
        "Source", null=True, editable=False, on_delete=models.CASCADE, related_name="reports"
    )
    text = models.TextField(_("what is wrong"), max_length=2000, editable=False)
    evidence = models.CharField(
        _("a source that says otherwise"), max_length=400, blank=True, editable=False
    )
    language = models.CharField(_("language of the page"), max_length=2, editable=False)
    received = models.DateTimeField(_("received"), auto_now_add=True)
    state = models.CharField(
        _("state"), max_length=9, choices=ReportState, default=ReportState.RECEIVED
    )
    closed = models.DateField(_("closed on"), null=True, editable=False)
    answer_en = models.TextField(
        _("answer (English)"),
        max_length=1000,
        blank=True,
        help_text=_(
            "Shown to whoever has the case number: what was corrected, or why nothing was."
        ),
    )
    answer_tr = models.TextField(_("answer (Turkish)"), max_length=1000, blank=True)
    answer_ja = models.TextField(_("answer (Japanese)"), max_length=1000, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("reader’s report")
        verbose_name_plural = _("readers’ reports")
        ordering = ["received", "id"]
        constraints = [
            choice_constraint("state", ReportState),
            CheckConstraint(name="report_one_record", condition=exactly_one(REPORTED)),
            CheckConstraint(
                name="report_declined_with_reason",
                condition=~Q(state=ReportState.DECLINED) | ~Q(answer_en=""),
                violation_error_message=_("Say in the answer why nothing was changed."),
            ),
            CheckConstraint(
                name="report_closed",
                condition=Q(state__in=[ReportState.CORRECTED, ReportState.DECLINED])
                ^ Q(closed__isnull=True),
                violation_error_message=_("A closed report, and no other, says since when."),
            ),
        ]

    def __str__(self):
        return self.case

    def get_absolute_url(self):
        return reverse("report-state", args=[self.case])

    @property
    def case(self) -> str:
        """The number as it is shown: in two halves."""
        return f"{self.number[:5]}-{self.number[5:]}"

    @property
    def record(self):
        return next(getattr(self, name) for name in REPORTED if getattr(self, f"{name}_id"))

    @property
    def is_closed(self) -> bool:
        return self.state in (ReportState.CORRECTED, ReportState.DECLINED)

    @property
    def answer(self):
        return self.localized("answer")


class ReportTally(models.Model):
    """How many reports came on a day, in all and from one sender.

    A sender is a keyed hash of an address, different every day, and is deleted the next.
    """

    day = models.DateField()
    sender = models.CharField(max_length=64, blank=True)
    count = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [UniqueConstraint(name="reporttally_once", fields=["day", "sender"])]

    def __str__(self):
        return f"{self.day}: {self.count}"
