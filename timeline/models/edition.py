from django.db import models
from django.db.models import CheckConstraint, Q

from timeline.querysets import EditionQuerySet


class Edition(models.Model):
    """Which state of the record this is: one row, whose mark the database changes by itself.

    Every change that is committed gives it another (see `triggers.py`), so that a page made
    under the same mark shows the same record. `raised` is the second in which it did.
    """

    mark = models.BigIntegerField()
    raised = models.BigIntegerField(default=0)

    objects = EditionQuerySet.as_manager()

    class Meta:
        constraints = [CheckConstraint(name="edition_is_one", condition=Q(pk=1))]

    def __str__(self):
        return str(self.mark)
