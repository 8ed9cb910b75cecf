"""Translations: of which English text they were made, and who said that they are right.

Both are read from history, which keeps every version of a record.
"""

from timeline import history
from timeline.choices import Action
from timeline.models import Revision
from timeline.models.base import mark_of


def english_then(record, language: str) -> dict[str, str] | None:
    """The English texts of which the translation was made, by field; None when not known."""
    mark = getattr(record, f"{language}_of")
    if mark == record.english_mark:
        return record.english
    for revision in _versions(record):
        english = _texts(record, revision, "en")
        if mark_of(english.values()) == mark:
            return english
    return None


def review_of(record, language: str) -> Revision | None:
    """The review, by whom and when, of the translation as it now stands; None without one."""
    if not getattr(record, f"{language}_reviewed"):
        return None
    stands = f"reviewed {getattr(record, f'{language}_of')}"
    texts = {field: getattr(record, f"{field}_{language}") for field in record.TRANSLATED}
    first = None
    for revision in _versions(record).select_related("by"):
        if _state(revision, language) != stands or _texts(record, revision, language) != texts:
            break
        first = revision
    return first if first and first.action == Action.REVIEWED else None


def _versions(record):
    return Revision.objects.of(history.kind_of(record), record.pk)


def _state(revision: Revision, language: str) -> str | None:
    return revision.entry.get("translations", {}).get(language)


def _texts(record, revision: Revision, language: str) -> dict[str, str]:
    return {field: revision.entry.get(field, {}).get(language, "") for field in record.TRANSLATED}
