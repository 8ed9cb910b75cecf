"""What needs work, by name. A queue is a question of a queryset: a list in the admin asks it,
and the first page counts what the list would show."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Model, QuerySet
from django.utils.timezone import localdate as today
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from timeline import statistics, wording
from timeline.choices import Translation
from timeline.models import Actor, Agreement, Event, Report, Source
from timeline.models.base import TARGET_LANGUAGES

CHECK_HOLDS = timedelta(days=2 * 365)
"""After so long a record is to be compared with its sources again."""
THIN = 3
"""A year, or a decade of a sector, with fewer records is thin."""


@dataclass(frozen=True)
class Queue:
    """One list of work: the records of a model that a method of its queryset finds."""

    name: str
    label: object
    model: type[Model]
    method: str
    arguments: tuple = ()

    @property
    def full_name(self) -> str:
        return f"{self.model._meta.model_name}-{self.name}"

    @property
    def follows_from_record(self) -> bool:
        """Whether everybody finds the same in it, for as long as the record stays as it is."""
        return self.model is not Report and _whoever not in self.arguments

    def of(self, records: QuerySet, user) -> QuerySet:
        """Those of the records that need this work; some need it of one curator only.

        An argument that can be called is worked out for the curator, when it is asked.
        """
        values = (value(user) if callable(value) else value for value in self.arguments)
        return getattr(records, self.method)(*values)


@dataclass(frozen=True)
class Group:
    """Queues that stand under one heading."""

    heading: object
    queues: list[Queue]


def _whoever(user):
    return user


def _long_ago(_user):
    return today() - CHECK_HOLDS


def _each(name: str, label, method: str, models: list, *arguments) -> list[Queue]:
    return [Queue(name, label, model, method, arguments) for model in models]


RECORDS = [Event, Agreement, Actor]
_STATES = {
    Translation.UNREVIEWED: _("%(language)s: not yet reviewed"),
    Translation.STALE: _("%(language)s: made from an earlier English text"),
    Translation.MISSING: _("%(language)s: not translated"),
}


class _Label:
    """The label of a queue of translations, in the curator's language when it is shown."""

    def __init__(self, language: str, state: Translation) -> None:
        self.language, self.state = language, state

    def __str__(self) -> str:
        return str(_STATES[self.state]) % {"language": wording.language(self.language)}


GROUPS = [
    Group(
        _("To be decided"),
        [
            *_each("review", _("awaiting review"), "awaiting_review", [*RECORDS, Source]),
            *_each("returned", _("returned to you"), "returned_to", [*RECORDS, Source], _whoever),
            Queue("open", pgettext_lazy("reports", "open"), Report, "open"),
        ],
    ),
    Group(
        _("Evidence"),
        [
            Queue("unsourced", _("without a source that supports it"), Event, "unsourced"),
            Queue("single-sourced", _("resting on a single source"), Event, "single_sourced"),
            *_each(
                "unexplained",
                _("disputed without a reason"),
                "disputed_without_reason",
                [Event, Agreement],
            ),
        ],
    ),
    Group(
        _("Links"),
        [
            Queue("dead", _("with a dead link"), Source, "with_dead_link"),
            Queue("moved", _("with a link that has moved"), Source, "with_moved_link"),
            Queue("unarchived", _("without an archived copy"), Source, "without_archived_copy"),
        ],
    ),
    Group(
        _("Checks"),
        [
            *_each("unchecked", _("never compared with their sources"), "never_checked", RECORDS),
            *_each("changed", _("changed since they were checked"), "changed_since_check", RECORDS),
            *_each("old", _("checked long ago"), "not_checked_since", RECORDS, _long_ago),
        ],
    ),
    Group(
        _("Translations"),
        [
            queue
            for language in TARGET_LANGUAGES
            for state in _STATES
            for queue in _each(
                f"{language}-{state}",
                _Label(language, state),
                "to_translate",
                RECORDS,
                language,
                state,
            )
        ],
    ),
]


def of_model(model: type[Model]) -> list[Queue]:
    """The queues in which records of the model may stand."""
    return [queue for group in GROUPS for queue in group.queues if queue.model is model]


def lengths(wanted: list[Queue], user) -> dict[str, int]:
    """How many records stand in each of the queues, by their full names."""
    of_translation = [queue for queue in wanted if queue.method == "to_translate"]
    counts = {}
    for model in {queue.model for queue in of_translation}:
        # All states at once: the mark of every English text is worked out for each of them.
        counts[model] = model.objects.published().count_by_translation()
    return {
        queue.full_name: counts[queue.model][queue.arguments]
        if queue in of_translation
        else queue.of(queue.model.objects.order_by(), user).count()
        for queue in wanted
    }


def thin_years() -> list[statistics.Thin]:
    """Years with few records, unless every sector of them was researched to the end."""
    return [thin for thin in statistics.years() if thin.count < THIN and not thin.is_researched]


def thin_sectors() -> list[statistics.Thin]:
    """Decades of a sector with few records, unless they were researched to the end."""
    return [thin for thin in statistics.decades() if thin.count < THIN and not thin.is_researched]
