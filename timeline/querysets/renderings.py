"""Of which English text translations were made."""

from collections.abc import Iterable

from django.db.models import QuerySet


class RenderingQuerySet(QuerySet):
    def of(self, record) -> "RenderingQuerySet":
        return self.filter(**{record._meta.model_name: record})

    def keep(self, records: Iterable) -> None:
        """Keep the English text of which the translations of the records were made.

        To be called with the records as they stand before their English changes: only then is
        it still known. What is kept already stays.
        """
        self.bulk_create(
            (
                self.model(
                    language=language,
                    mark=record.english_mark,
                    english=record.english,
                    **{record._meta.model_name: record},
                )
                for record in records
                for language in record.translations
                if getattr(record, f"{language}_of") == record.english_mark
            ),
            ignore_conflicts=True,
        )
