"""Translations: of which English text they were made, and who said that they are right."""

from django.db import transaction
from django.utils.timezone import localdate as today

from timeline import curation
from timeline.choices import Translation
from timeline.models import Rendering


def english_then(record, language: str) -> dict[str, str] | None:
    """The English texts of which the translation was made, by field; None when not known."""
    mark = getattr(record, f"{language}_of")
    if mark == record.english_mark:
        return record.english
    kept = Rendering.objects.of(record).filter(language=language, mark=mark).first()
    return kept and kept.english


def review_of(record, language: str) -> Rendering | None:
    """Who reviewed the translation as it now stands, and when; None when nobody did."""
    if not getattr(record, f"{language}_reviewed"):
        return None
    mark = getattr(record, f"{language}_of")
    kept = Rendering.objects.of(record).select_related("reviewed_by")
    return kept.filter(language=language, mark=mark, reviewed_on__isnull=False).first()


@transaction.atomic
def review(records, language: str, *, by=None) -> int:
    """`curation.review_translation()`, noting who did it."""
    todo = [one.pk for one in records if one.translation(language) != Translation.REVIEWED]
    count = curation.review_translation(records, language)
    for record in records.model.objects.filter(pk__in=todo):
        Rendering.objects.update_or_create(
            language=language,
            mark=record.english_mark,
            **{record._meta.model_name: record},
            defaults={
                "english": record.english,
                "reviewed_by": by,
                "reviewed_on": today(),
            },
        )
    return count
