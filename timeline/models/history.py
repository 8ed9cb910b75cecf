from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from timeline.choices import Action
from timeline.querysets import RevisionQuerySet


class Revision(models.Model):
    """A version of a record, with everything that hangs on it, and how it came about.

    `kind` and `number` name the record as the data files do, so that its history outlives it.
    """

    kind = models.CharField(_("kind of record"), max_length=12)
    number = models.PositiveBigIntegerField(_("number"))
    version = models.PositiveIntegerField(_("version"))
    # The record as it then stood, in the form in which the data files say it. A draft may be
    # unfinished, so it need not be an entry that the files would accept.
    entry = models.JSONField(_("what it says"))
    action = models.CharField(_("what was done"), max_length=10, choices=Action)
    reason = models.CharField(_("why"), max_length=300, default="")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    at = models.DateTimeField(_("when"))
    # Whether readers saw a record that says something else from here on.
    is_correction = models.BooleanField(default=False)
    # What was done to several records at once is undone at once.
    part_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="parts")

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["is_correction", "-at", "-id"])]
        constraints = [
            UniqueConstraint(name="revision_once", fields=["kind", "number", "version"]),
            CheckConstraint(name="revision_action", condition=Q(action__in=Action.values)),
        ]
        default_permissions = []
        permissions = [
            ("contribute", _("Can enter drafts and submit them")),
            ("edit", _("Can review, publish, correct, merge and withdraw")),
            ("keep_vocabulary", _("Can change places, sectors and coverage statements")),
        ]

    def __str__(self):
        return f"{self.entry['slug']}, {self.version}"
