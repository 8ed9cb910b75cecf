"""What is asked of uploaded spreadsheets."""

import datetime
from typing import Self

from django.db.models import QuerySet
from django.utils import timezone


class UploadQuerySet(QuerySet):
    def of(self, user) -> Self:
        return self.filter(owner=user)

    def outdated(self) -> Self:
        """Those nobody will come back to: a day old."""
        return self.filter(created__lt=timezone.now() - datetime.timedelta(days=1))
