from django.core.validators import RegexValidator
from django.db import models
from django.db.models import UniqueConstraint
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from timeline.querysets import ReleaseQuerySet

release_number = RegexValidator(
    r"\A[12][0-9]{3}\.(0[1-9]|1[0-2])(\.[1-9][0-9]{0,2})?\Z",
    _("A release is numbered by year and month: 2026.11, then 2026.11.1."),
)


class Release(models.Model):
    """A frozen, numbered state of the published data; its files stand in RELEASES_DIR."""

    number = models.CharField(_("number"), max_length=12, unique=True, validators=[release_number])
    day = models.DateField(_("day"))
    records = models.PositiveIntegerField(_("records"), help_text=_("How many events it holds."))
    checksum = models.CharField(_("checksum"), max_length=64, help_text=_("SHA-256 of the zip."))
    # Name, size and SHA-256 of each file; and by table, what was added, corrected and taken back.
    files = models.JSONField(_("files"))
    changes = models.JSONField(_("changes"))
    notes = models.TextField(_("notes"), blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["-id"]  # Numbers only ever go up.

    def __str__(self):
        return self.number

    def holds(self, changed) -> bool:
        """Whether a record last changed on that day stands in the release as it is now."""
        return changed <= self.day

    @property
    def parts(self) -> list[int]:
        """The number as it is compared: 2026.9 would stand before 2026.11."""
        return [int(part) for part in self.number.split(".")]


class FrozenView(models.Model):
    """What a question to the timeline found on a day, to be cited and compared with later."""

    question = models.TextField(_("question"), help_text=_("The query string, in one order."))
    day = models.DateField(_("day"))
    # "" before the first release; a release is never taken away.
    release = models.CharField(_("release"), max_length=12, blank=True)
    count = models.PositiveIntegerField(_("records"))
    checksum = models.CharField(_("checksum"), max_length=64)
    # In the order of the list, the number of each event and a mark of what it said.
    marks = models.JSONField(_("records and their marks"))
    created = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("cited view")
        verbose_name_plural = _("cited views")
        ordering = ["-id"]
        constraints = [
            UniqueConstraint(name="frozenview_once", fields=["question", "release", "checksum"]),
        ]

    def __str__(self):
        return f"{self.pk}: {self.question or '–'} ({self.day})"

    def get_absolute_url(self):
        return reverse("cited-view", args=[self.pk])
