"""What is asked of the edition, by every request."""

from django.db.models import QuerySet


class EditionQuerySet(QuerySet):
    def mark(self) -> int | None:
        """The mark of the record as it is now; None before the first."""
        return self.values_list("mark", flat=True).first()
