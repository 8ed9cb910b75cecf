"""Every change of a record's status."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate as today
from django.utils.translation import gettext as _

from timeline.choices import Status, Translation


@transaction.atomic
def publish(records) -> int:
    """Make the records public, all or none, and return how many were not yet.

    Raises `ValidationError` with one message for each record that lacks something.
    """
    refusals = []
    todo = list(records.select_for_update().exclude(status=Status.PUBLISHED))
    for record in todo:
        if record.status == Status.MERGED:
            refusals.append(_("“%(record)s” was merged into another.") % {"record": record})
        elif lacks := record.missing():
            needed = ", ".join(map(str, lacks))
            refusals.append(
                _("“%(record)s” still needs %(needed)s.") % {"record": record, "needed": needed}
            )
    if refusals:
        raise ValidationError(refusals)
    for record in todo:
        record.status = Status.PUBLISHED
        record.added = record.added or today()
        record.save(update_fields=["status", "added", "updated"])
    return len(todo)


def note_correction(record) -> None:
    """Note that a public record says something else from today on; a draft is just written."""
    if record.is_published:
        record.changed = today()
        record.save(update_fields=["changed", "updated"])


@transaction.atomic
def withdraw(records) -> int:
    """Take published records back, all or none, and return how many there were.

    Their addresses go on answering, with the reason. Raises `ValidationError` with one message
    for each record that gives none.
    """
    todo = list(records.select_for_update().filter(status=Status.PUBLISHED))
    refusals = [
        _("“%(record)s” needs a reason for its withdrawal.") % {"record": record}
        for record in todo
        if not record.reason
    ]
    if refusals:
        raise ValidationError(refusals)
    for record in todo:
        record.status = Status.WITHDRAWN
        record.save(update_fields=["status", "updated"])
    return len(todo)


@transaction.atomic
def review_translation(records, language: str) -> int:
    """Note that the translations into "tr" or "ja" were compared with the English, and are right.

    Returns how many were not yet. Raises `ValidationError` with one message for each record
    that is not translated.
    """
    todo = [
        record
        for record in records.select_for_update()
        if record.translation(language) != Translation.REVIEWED
    ]
    refusals = [
        _("“%(record)s” is not translated.") % {"record": record}
        for record in todo
        if record.translation(language) == Translation.MISSING
    ]
    if refusals:
        raise ValidationError(refusals)
    for record in todo:
        record.note_translation(language, reviewed=True)
        record.save(update_fields=[f"{language}_of", f"{language}_reviewed", "updated"])
    return len(todo)
