"""What hangs on a record of one kind or another, by a foreign key for each kind."""

from collections.abc import Iterable

from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _

TOLD = ["event", "agreement", "actor"]
"""The kinds of record that tell something; a source only attests it."""


def exactly_one(names: Iterable[str]) -> Q:
    """Exactly one of the foreign keys leads somewhere."""
    names = list(names)
    alone = (Q(**{f"{name}__isnull": name != one for name in names}) for one in names)
    return Q(*alone, _connector=Q.OR)


class OfRecord(models.Model):
    """Something noted of an event, an agreement or an actor."""

    event = models.ForeignKey(
        "timeline.Event",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="%(class)ss",
    )
    agreement = models.ForeignKey(
        "timeline.Agreement",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="%(class)ss",
    )
    actor = models.ForeignKey(
        "timeline.Actor",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="%(class)ss",
    )

    class Meta:
        abstract = True
        constraints = [
            CheckConstraint(
                name="%(class)s_one_record",
                condition=exactly_one(TOLD),
                violation_error_message=_("It belongs to exactly one record."),
            ),
        ]

    @property
    def record(self):
        return next(getattr(self, name) for name in TOLD if getattr(self, f"{name}_id"))
