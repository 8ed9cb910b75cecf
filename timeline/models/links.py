from django.db import models
from django.db.models import UniqueConstraint
from django.utils.translation import gettext_lazy as _

from timeline.choices import LinkStatus
from timeline.models.base import choice_constraint
from timeline.models.sources import Source
from timeline.querysets import LinkCheckQuerySet
from timeline.querysets.work import GIVEN_UP

ADDRESSES = ["url", "copy_url", "archived_url"]
"""The columns of a source that hold an address."""


class LinkCheck(models.Model):
    """What came of asking for an address of a source, the last time that `check_links` did.

    Of the site and not of the record: it is not in the data files, and changes no source.
    """

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="link_checks")
    column = models.CharField(max_length=12, choices=[(name, name) for name in ADDRESSES])
    # As it was asked for: what is found says nothing of an address entered since.
    address = models.CharField(max_length=600)
    status = models.CharField(max_length=11, choices=LinkStatus)
    code = models.PositiveSmallIntegerField(null=True)
    moved_to = models.CharField(max_length=2000, default="", blank=True)
    checked = models.DateTimeField(_("checked"))
    answered = models.DateTimeField(null=True, help_text=_("When it last answered."))
    failures = models.PositiveSmallIntegerField(
        default=0, help_text=_("How many times in succession it could not be reached.")
    )

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["id"]
        constraints = [
            choice_constraint("status", LinkStatus),
            UniqueConstraint(name="linkcheck_once", fields=["source", "column"]),
        ]

    def __str__(self):
        return f"{self.address}: {self.get_status_display()}"

    @property
    def has_answered(self) -> bool:
        """Whether it answered when it was last asked."""
        return self.status in (LinkStatus.ANSWERS, LinkStatus.MOVED)

    @property
    def is_dead(self) -> bool:
        """Whether it is one of LinkCheckQuerySet.dead(), of an address that the source gives."""
        is_silent = self.status in (LinkStatus.TIMEOUT, LinkStatus.UNREACHABLE)
        return self.status == LinkStatus.MISSING or (is_silent and self.failures >= GIVEN_UP)
