from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from timeline.querysets import UploadQuerySet


class Upload(models.Model):
    """A spreadsheet between its preview and its import: only who sent it sees it."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="uploads"
    )
    kind = models.CharField(max_length=20)
    name = models.CharField(_("file"), max_length=200)
    content = models.BinaryField()
    created = models.DateTimeField(auto_now_add=True)
    # How many records it became; empty while it is only looked at.
    saved = models.PositiveIntegerField(null=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("uploaded spreadsheet")
        verbose_name_plural = _("uploaded spreadsheets")
        ordering = ["-created"]

    def __str__(self):
        return self.name
