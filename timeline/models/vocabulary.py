from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import CheckConstraint, F, Q
from django.utils.translation import gettext_lazy as _

from timeline.models.base import Localized, SeededModel
from timeline.querysets import PlaceQuerySet, SectorQuerySet

country_code = RegexValidator(r"\A[A-Z]{2}\Z", _("A country code is two capital letters: JP, TR."))


class Named(SeededModel):
    """A record that has a name in three languages."""

    name_en = models.CharField(_("name (English)"), max_length=200)
    name_tr = models.CharField(_("name (Turkish)"), max_length=200, blank=True)
    name_ja = models.CharField(_("name (Japanese)"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.name_en

    @property
    def heading(self) -> Localized:
        return self.localized("name")


class Sector(Named):
    """A field of relations. There are twelve, in a fixed order."""

    position = models.PositiveSmallIntegerField(_("position"))

    objects = SectorQuerySet.as_manager()

    class Meta:
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")
        ordering = ["position", "slug"]


class Place(Named):
    """A city, a district or a country where something happened."""

    aliases = models.TextField(
        _("other names"),
        blank=True,
        help_text=_("Historical and other spellings, one to a line. All are searched."),
    )
    country = models.CharField(
        _("country"),
        max_length=2,
        validators=[country_code],
        help_text=_("The country it lies in today, as an ISO 3166 code: JP, TR."),
    )
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=7,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=7,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )

    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="merged_from",
        help_text=_("The place that the old name in an address stands for."),
    )

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["name_en", "slug"]
        constraints = [
            CheckConstraint(
                name="place_coordinates",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                violation_error_message=_("A place has both coordinates or neither."),
            ),
            CheckConstraint(
                name="place_merged_into_another",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
            ),
        ]

    @property
    def all_names(self) -> list[str]:
        """Every name and spelling by which the place may be searched."""
        return [self.name_en, self.name_tr, self.name_ja, *self.aliases.splitlines()]
