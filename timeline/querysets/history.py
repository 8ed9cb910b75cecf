"""What is asked of the history of the record."""

from typing import Self

from django.db.models import QuerySet


class RevisionQuerySet(QuerySet):
    def of(self, kind: str, number: int) -> Self:
        """The versions of one record, the latest first."""
        return self.filter(kind=kind, number=number).order_by("-version")

    def corrections(self) -> Self:
        """Those that changed what readers see, the latest first."""
        return self.filter(is_correction=True).order_by("-at", "-id")
