"""What is asked of every kind of record."""

import datetime
from typing import Self

from django.db.models import Count, Max, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce

from timeline.choices import Status
from timeline.text import fold, search_terms


class RecordQuerySet(QuerySet):
    """Records with a status: what is public, what once was, what is found by words."""

    def published(self) -> Self:
        return self.filter(status=Status.PUBLISHED)

    def not_shown(self) -> Self:
        """Records that readers cannot see."""
        return self.exclude(status=Status.PUBLISHED)

    def standing(self) -> Self:
        """Those that may be referred to: neither taken back nor merged into another."""
        return self.exclude(status__in=[Status.MERGED, Status.WITHDRAWN])

    def withdrawn(self) -> Self:
        return self.filter(status=Status.WITHDRAWN)

    def merged(self) -> Self:
        """Records whose address leads to one that is public."""
        return self.filter(status=Status.MERGED, merged_into__status=Status.PUBLISHED)

    def with_address(self) -> Self:
        """Records whose address answers: published, or a tombstone that says why not."""
        return self.filter(status__in=[Status.PUBLISHED, Status.WITHDRAWN, Status.MERGED])

    def tombstones(self) -> Self:
        """Records that were public once, and say what became of them."""
        gone = self.filter(status__in=[Status.WITHDRAWN, Status.MERGED])
        return gone.select_related("merged_into")

    def answering(self) -> Self:
        """Records that an address may name: published, or merged into one that is."""
        named = Q(status=Status.PUBLISHED) | Q(merged_into__status=Status.PUBLISHED)
        return self.filter(named).select_related("merged_into")

    def for_sitemap(self) -> Self:
        """With no more than where each record stands, and when it last changed."""
        return self.only("slug", "updated").order_by("slug")

    def newest_first(self) -> Self:
        """By the day on which each record was corrected or, failing that, added."""
        return self.order_by(Coalesce("changed", "added").desc(), "-pk")

    def last_change(self) -> datetime.date | None:
        """When the last of the records was corrected or added; None when there are none."""
        return self.order_by().aggregate(last=Max(Coalesce("changed", "added")))["last"]

    def matching(self, query: str) -> Self:
        """Records in which every word, and every “quoted phrase”, of the query occurs.

        Case, width and diacritics do not matter. A query without words finds everything.
        """
        found = self
        for term in search_terms(query):
            found = found.filter(folded__contains=term)
        return found

    def for_publication(self) -> Self:
        """With what `missing()` reads."""
        return self

    def for_folding(self) -> Self:
        """With what `searched_texts()` reads."""
        return self

    def for_translation(self) -> Self:
        """With what `translation()` reads."""
        return self

    def refold(self) -> int:
        """Bring the searched text up to date, and return how many records were behind.

        To be called after any change to the words in the model's `searched_texts()`.
        """
        stale = []
        for record in self.for_folding():
            folded = fold(" ".join(text for text in record.searched_texts() if text))
            if record.folded != folded:
                record.folded = folded
                stale.append(record)
        self.bulk_update(stale, ["folded"], batch_size=200)
        return len(stale)

    def count_by_status(self) -> dict[str, int]:
        """How many records there are of each status that occurs."""
        return dict(self.order_by().values_list("status").annotate(Count("pk")))

    def related(self, name: str) -> QuerySet:
        """All records at the other end of a relation; this module knows no model by name."""
        return self.model._meta.get_field(name).related_model.objects.all()

    def with_evidence(self) -> Self:
        """With the citations of the record, and with its disputes and their claims."""
        return self.prefetch_related(
            Prefetch("citations", self.related("citations").for_notes()),
            Prefetch("disputes", self.related("disputes").for_page()),
        )
