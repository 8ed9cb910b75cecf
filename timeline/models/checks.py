from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from timeline.models.sources import Source
from timeline.models.targets import OfRecord


class Check(OfRecord):
    """That a curator compared a record with some of its sources, on a day.

    It holds for as long as the record states the facts that were compared, whose mark is
    `facts`. Whether it still does is kept in `is_current` by `checks.refresh()`.
    """

    sources = models.ManyToManyField(Source, verbose_name=_("sources"), related_name="checks")
    on = models.DateField(_("checked on"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("checked by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Not public, and not in the data files."),
    )
    facts = models.CharField(max_length=8, editable=False)
    is_current = models.BooleanField(editable=False, default=True)

    class Meta(OfRecord.Meta):
        verbose_name = _("check")
        verbose_name_plural = _("checks")
        ordering = ["-on", "-id"]

    def __str__(self):
        return f"{self.record}, {self.on}"
