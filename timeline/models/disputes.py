from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from timeline.choices import About
from timeline.dates import DateRange
from timeline.fields import DateBound, PartialDateField
from timeline.models.agreements import Agreement
from timeline.models.base import LocalizedModel, choice_constraint, refuse_reversed
from timeline.models.events import Event
from timeline.querysets import DisputeQuerySet


class Dispute(LocalizedModel):
    """A question on which sources disagree, with the reason for what is preferred."""

    event = models.ForeignKey(
        Event, null=True, blank=True, on_delete=models.CASCADE, related_name="disputes"
    )
    agreement = models.ForeignKey(
        Agreement, null=True, blank=True, on_delete=models.CASCADE, related_name="disputes"
    )
    about = models.CharField(_("what it is about"), max_length=12, choices=About)
    question_en = models.CharField(
        _("question (English)"),
        max_length=200,
        help_text=_("As a reader would ask it: On which day did relations begin?"),
    )
    question_tr = models.CharField(_("question (Turkish)"), max_length=200, blank=True)
    question_ja = models.CharField(_("question (Japanese)"), max_length=200, blank=True)
    reason_en = models.TextField(
        _("reason (English)"), help_text=_("Why the preferred value is preferred.")
    )
    reason_tr = models.TextField(_("reason (Turkish)"), blank=True)
    reason_ja = models.TextField(_("reason (Japanese)"), blank=True)

    objects = DisputeQuerySet.as_manager()

    class Meta:
        verbose_name = _("question in dispute")
        verbose_name_plural = _("questions in dispute")
        ordering = ["id"]
        constraints = [
            choice_constraint("about", About),
            CheckConstraint(
                name="dispute_one_record",
                condition=Q(event__isnull=True) ^ Q(agreement__isnull=True),
                violation_error_message=_("A question belongs to one event or one agreement."),
            ),
        ]

    def __str__(self):
        return self.question_en

    @property
    def record(self) -> Event | Agreement:
        return self.event or self.agreement

    @property
    def is_decided(self) -> bool:
        return any(claim.preferred for claim in self.claims.all())


class Claim(LocalizedModel):
    """One answer to a question in dispute: a date or a value in words."""

    dispute = models.ForeignKey(
        Dispute, verbose_name=_("question"), on_delete=models.CASCADE, related_name="claims"
    )
    value_en = models.CharField(
        _("value (English)"),
        max_length=200,
        blank=True,
        help_text=_("Leave it empty when the value is a date: the date is worded by itself."),
    )
    value_tr = models.CharField(_("value (Turkish)"), max_length=200, blank=True)
    value_ja = models.CharField(_("value (Japanese)"), max_length=200, blank=True)
    start = PartialDateField(_("date, or from"), null=True, blank=True)
    end = PartialDateField(_("to"), null=True, blank=True)
    approximate = models.BooleanField(_("about"), default=False)
    start_earliest = DateBound(of="start", end="earliest")
    end_latest = DateBound(of="end", otherwise="start", end="latest")
    preferred = models.BooleanField(
        _("preferred"), default=False, help_text=_("Exactly one claim of a question is preferred.")
    )

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["-preferred", "id"]
        constraints = [
            UniqueConstraint(
                name="claim_one_preferred",
                fields=["dispute"],
                condition=Q(preferred=True),
                violation_error_message=_("Only one claim of a question can be preferred."),
            ),
            CheckConstraint(
                name="claim_date_or_value",
                condition=Q(start__isnull=False, value_en="", value_tr="", value_ja="")
                | (Q(start__isnull=True, end__isnull=True) & ~Q(value_en="")),
                violation_error_message=_("A claim is either a date or a value in words."),
            ),
            CheckConstraint(
                name="claim_start_not_after_end",
                condition=Q(start__isnull=True) | Q(start_earliest__lte=F("end_latest")),
                violation_error_message=_("The start is after the end."),
            ),
        ]

    def __str__(self):
        return self.value_en or str(self.start)

    def clean(self):
        refuse_reversed(self.start, self.end)

    @property
    def record(self) -> Event | Agreement:
        return self.dispute.record

    @property
    def when(self) -> DateRange | None:
        return DateRange(self.start, self.end, self.approximate) if self.start else None
