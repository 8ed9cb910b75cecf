"""What is asked of the history of the record."""

from typing import Self

from django.db.models import OuterRef, QuerySet, Subquery


class RevisionQuerySet(QuerySet):
    def of(self, kind: str, number: int) -> Self:
        """The versions of one record, the latest first."""
        return self.filter(kind=kind, number=number).order_by("-version")

    def corrections(self) -> Self:
        """Those that changed what readers see, the latest first."""
        return self.filter(is_correction=True).order_by("-at", "-id")

    def with_earlier(self) -> Self:
        """Adds `earlier`: what the record said in the version before."""
        before = self.model.objects.filter(
            kind=OuterRef("kind"), number=OuterRef("number"), version=OuterRef("version") - 1
        )
        return self.annotate(earlier=Subquery(before.values("entry")[:1]))
