from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from timeline.choices import (
    AgreementDateKind,
    AgreementKind,
    AgreementRelation,
    Standing,
    Status,
)
from timeline.dates import DateRange
from timeline.fields import DateBound, PartialDateField
from timeline.models.actors import Actor
from timeline.models.base import Lack, Localized, Record, TranslatedModel, choice_constraint
from timeline.models.vocabulary import Place, Sector
from timeline.querysets import AgreementQuerySet


class Titled(TranslatedModel, Record):
    """A record with a title and a summary in three languages."""

    TRANSLATED: ClassVar[list[str]] = ["title", "summary"]

    title_en = models.CharField(_("title (English)"), max_length=200)
    title_tr = models.CharField(_("title (Turkish)"), max_length=200, blank=True)
    title_ja = models.CharField(_("title (Japanese)"), max_length=200, blank=True)
    summary_en = models.TextField(
        _("summary (English)"),
        blank=True,
        help_text=_("Two to four plain sentences in our own words: facts, each of them cited."),
    )
    summary_tr = models.TextField(_("summary (Turkish)"), blank=True)
    summary_ja = models.TextField(_("summary (Japanese)"), blank=True)

    class Meta:
        abstract = True
        constraints = [
            *Record.Meta.constraints,
            CheckConstraint(
                name="%(class)s_published_texts",
                condition=~Q(status=Status.PUBLISHED) | ~(Q(title_en="") | Q(summary_en="")),
                violation_error_message=_(
                    "A published record has an English title and an English summary."
                ),
            ),
        ]

    def clean(self):
        super().clean()
        if self.is_published and not self.summary_en:
            raise ValidationError({"summary_en": _("A published record has a summary.")})

    def missing(self) -> list[Lack]:
        needed = [
            Lack(_("an English title"), "title_en"),
            Lack(_("an English summary"), "summary_en"),
        ]
        lacks = [lack for lack in needed if not getattr(self, lack.field)]
        if not all(dispute.is_decided for dispute in self.disputes.all()):
            lacks.append(Lack(_("a preferred claim for each question in dispute"), "disputes"))
        return lacks

    @property
    def heading(self) -> Localized:
        return self.localized("title")

    @property
    def lead(self) -> Localized:
        """The summary, as a page is described by it elsewhere."""
        return self.localized("summary")

    @property
    def cited_sources(self) -> list:
        """The sources cited for the record itself, each once; needs `citations`."""
        return list(dict.fromkeys(citation.source for citation in self.citations.all()))

    def own_texts(self) -> list[str]:
        """Title and summary in every language."""
        return [
            *self.in_all_languages("title").values(),
            *self.in_all_languages("summary").values(),
        ]


class Agreement(Titled):
    """A treaty or another instrument between the two sides, whatever it is called."""

    kind = models.CharField(_("kind"), max_length=17, choices=AgreementKind)
    standing = models.CharField(
        _("standing"),
        max_length=17,
        choices=Standing,
        default=Standing.UNKNOWN,
        help_text=_("Whether it binds today, as far as a source says. Unknown is honest."),
    )
    sectors = models.ManyToManyField(
        Sector, verbose_name=_("sectors"), blank=True, related_name="agreements"
    )
    parties = models.ManyToManyField(
        Actor,
        verbose_name=_("parties"),
        blank=True,
        related_name="agreements",
        help_text=_("Who is bound; who signed takes part in the event of signing."),
    )

    objects = AgreementQuerySet.as_manager()

    class Meta(Titled.Meta):
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["title_en", "slug"]
        constraints = [
            *Titled.Meta.constraints,
            choice_constraint("kind", AgreementKind),
            choice_constraint("standing", Standing),
        ]

    def __str__(self):
        return self.title_en

    def get_absolute_url(self):
        return reverse("agreement", args=[self.slug])

    def searched_texts(self) -> list[str]:
        return self.own_texts()

    @property
    def binds_today(self) -> bool:
        """Whether a source says so."""
        return self.standing == Standing.IN_FORCE

    def first_date(self, kind: AgreementDateKind) -> DateRange | None:
        """The earliest of its dates of one kind; needs `dates`."""
        return next((date.when for date in self.dates.all() if date.kind == kind), None)

    def missing(self) -> list[Lack]:
        cited = [*self.citations.all()]
        cited += [citation for date in self.dates.all() for citation in date.citations.all()]
        is_supported = any(citation.supports for citation in cited)
        if is_supported:
            return super().missing()
        return [*super().missing(), Lack(_("a supporting citation"), "citations")]


class AgreementDate(models.Model):
    """One typed date of an agreement: it was signed, ratified, came into force …"""

    agreement = models.ForeignKey(
        Agreement, verbose_name=_("agreement"), on_delete=models.CASCADE, related_name="dates"
    )
    kind = models.CharField(_("what happened"), max_length=23, choices=AgreementDateKind)
    date = PartialDateField(_("date"), help_text=_("1924, 1924-08 or 1924-08-03."))
    date_earliest = DateBound(of="date", end="earliest")
    approximate = models.BooleanField(_("about"), default=False)
    place = models.ForeignKey(
        Place,
        verbose_name=_("place"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="agreement_dates",
    )

    class Meta:
        verbose_name = _("date of the agreement")
        verbose_name_plural = _("dates of the agreement")
        ordering = ["date_earliest", "id"]
        constraints = [
            choice_constraint("kind", AgreementDateKind),
            UniqueConstraint(
                name="agreementdate_once",
                fields=["agreement", "kind", "date"],
                violation_error_message=_("This date is already entered."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.when}"

    @property
    def record(self) -> Agreement:
        return self.agreement

    @property
    def when(self) -> DateRange:
        return DateRange(self.date, approximate=self.approximate)

    def places(self, link) -> bool:
        """Whether it is by this date that an event linked to the agreement stands in time."""
        is_same_act = _ACTS.get(self.kind) == link.relation
        return is_same_act and self.when.may_overlap(link.event.when)


# Of one act an event and a date of the agreement speak in words of their own.
_ACTS = {
    AgreementDateKind.SIGNED: AgreementRelation.SIGNED,
    AgreementDateKind.RATIFIED: AgreementRelation.RATIFIED,
    AgreementDateKind.RATIFICATIONS_EXCHANGED: AgreementRelation.RATIFIED,
    AgreementDateKind.IN_FORCE: AgreementRelation.ENTERED_INTO_FORCE,
    AgreementDateKind.AMENDED: AgreementRelation.AMENDED,
    AgreementDateKind.TERMINATED: AgreementRelation.TERMINATED,
}
