from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import CheckConstraint, F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from timeline.choices import ActorKind, Status
from timeline.dates import DateRange
from timeline.fields import DateBound, PartialDateField
from timeline.models.base import (
    Lack,
    Localized,
    LocalizedModel,
    Record,
    TranslatedModel,
    choice_constraint,
    refuse_reversed,
)
from timeline.models.vocabulary import Named, country_code
from timeline.querysets import ActorQuerySet


class Actor(Named, TranslatedModel, Record):
    """Who takes part: a person, a state, a ministry, a company …"""

    TRANSLATED: ClassVar[list[str]] = ["name"]

    kind = models.CharField(_("kind"), max_length=12, choices=ActorKind)
    aliases = models.TextField(
        _("other names"),
        blank=True,
        help_text=_("Historical and other spellings, one to a line. All are searched."),
    )
    country = models.CharField(
        _("country"),
        max_length=2,
        blank=True,
        validators=[country_code],
        help_text=_("ISO 3166 code: JP, TR. Empty for international bodies."),
    )
    wikidata = models.CharField(
        _("Wikidata id"),
        max_length=12,
        blank=True,
        validators=[RegexValidator(r"\AQ[1-9][0-9]*\Z", _("A Wikidata id looks like Q555867."))],
    )

    objects = ActorQuerySet.as_manager()

    class Meta:
        verbose_name = _("actor")
        verbose_name_plural = _("actors")
        ordering = ["name_en", "slug"]
        constraints = [
            *Record.Meta.constraints,
            choice_constraint("kind", ActorKind),
            CheckConstraint(
                name="actor_published_name",
                condition=~Q(status=Status.PUBLISHED) | ~Q(name_en=""),
                violation_error_message=_("A published actor has an English name."),
            ),
        ]

    def get_absolute_url(self):
        return reverse("actor", args=[self.slug])

    @property
    def all_names(self) -> list[str]:
        """Every name and spelling by which the actor may be searched."""
        return [self.name_en, self.name_tr, self.name_ja, *self.aliases.splitlines()]

    def searched_texts(self) -> list[str]:
        return self.all_names

    def missing(self) -> list[Lack]:
        return [] if self.name_en else [Lack(_("an English name"), "name_en")]

    def offices_on(self, when: DateRange) -> list["Tenure"]:
        """The offices held, as far as is known, when something happened; needs `tenures`.

        An office whose end is not known reaches to the start of the next one. One without
        any date is the answer only where no dated one is.
        """
        tenures = list(self.tenures.all())
        dated = [t for t in tenures if t.is_dated and t.may_cover(when, tenures)]
        return dated or [t for t in tenures if not t.is_dated]


class Tenure(LocalizedModel):
    """An office that a person held, and from when to when as far as that is known."""

    actor = models.ForeignKey(
        Actor, verbose_name=_("holder"), on_delete=models.CASCADE, related_name="tenures"
    )
    title_en = models.CharField(_("office (English)"), max_length=200)
    title_tr = models.CharField(_("office (Turkish)"), max_length=200, blank=True)
    title_ja = models.CharField(_("office (Japanese)"), max_length=200, blank=True)
    institution = models.ForeignKey(
        Actor,
        verbose_name=_("institution"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="officers",
    )
    start = PartialDateField(
        _("from"),
        null=True,
        blank=True,
        help_text=_("1924, 1924-08 or 1924-08-03. Empty when not known: never guess."),
    )
    end = PartialDateField(
        _("to"), null=True, blank=True, help_text=_("Empty when not known, or held to this day.")
    )
    start_earliest = DateBound(of="start", end="earliest")
    end_latest = DateBound(of="end", end="latest")

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = [F("start_earliest").asc(nulls_first=True), "id"]
        constraints = [
            CheckConstraint(
                name="tenure_start_not_after_end",
                condition=Q(start__isnull=True)
                | Q(end__isnull=True)
                | Q(start_earliest__lte=F("end_latest")),
                violation_error_message=_("The start is after the end."),
            ),
        ]

    def __str__(self):
        return f"{self.title_en}, {self.actor}"

    def clean(self):
        refuse_reversed(self.start, self.end)

    @property
    def record(self) -> Actor:
        return self.actor

    @property
    def heading(self) -> Localized:
        return self.localized("title")

    @property
    def is_dated(self) -> bool:
        return bool(self.start or self.end)

    def may_cover(self, when: DateRange, tenures: list["Tenure"]) -> bool:
        """Whether nothing rules out that the office was held at that time.

        `tenures` are all those of the same holder.
        """
        if self.start and self.start.earliest > when.latest:
            return False
        if self.end:
            return self.end.latest >= when.earliest
        later = (t.start.earliest for t in tenures if t.start and t.start != self.start)
        following = [day for day in later if day > self.start.earliest]
        return not following or min(following) > when.earliest
