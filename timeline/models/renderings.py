from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from timeline.models.base import TARGET_LANGUAGES
from timeline.models.targets import TOLD, OfRecord
from timeline.querysets import RenderingQuerySet


class Rendering(OfRecord):
    """The English text of which a translation was made, and who said that it is right.

    Records hold only a mark of that text (`tr_of`, `ja_of`). This keeps the text itself, for
    translators to see what has changed since.
    """

    language = models.CharField(max_length=2)
    mark = models.CharField(max_length=8)
    english = models.JSONField(help_text=_("The English texts by field, as they were then."))
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reviewed by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Not public, and not in the data files."),
    )
    reviewed_on = models.DateField(_("reviewed on"), null=True)

    objects = RenderingQuerySet.as_manager()

    class Meta(OfRecord.Meta):
        verbose_name = _("translated text")
        verbose_name_plural = _("translated texts")
        constraints = [
            *OfRecord.Meta.constraints,
            CheckConstraint(name="rendering_language", condition=Q(language__in=TARGET_LANGUAGES)),
            *(
                UniqueConstraint(
                    name=f"rendering_once_per_{record}", fields=[record, "language", "mark"]
                )
                for record in TOLD
            ),
        ]

    def __str__(self):
        return f"{self.record}, {self.language}"
