"""Views of the timeline that were cited: what they held, and what has changed since."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.http import QueryDict
from django.utils.timezone import localdate, now

from timeline.choices import Status
from timeline.filters import EventFilter
from timeline.models import Event, FrozenView, Release
from timeline.records import Form, Selection, Vanished

MOST = 5000
"""So many records are frozen one by one; who cites more cites a release."""
AN_HOUR = 60
"""So many new views are kept in an hour; each takes its place for good."""


class Refused(Exception):
    """The view is not kept."""


class TooMany(Refused):
    """More records than are frozen one by one."""


class TooOften(Refused):
    """More views than are kept in an hour."""


class Moving(Refused):
    """A record was taken back in this very moment."""


@transaction.atomic
def freeze(asked: EventFilter) -> FrozenView:
    """Keep what a readable question finds today. The same finding is kept once.

    Raises `TooMany`, `TooOften` or `Moving`.
    """
    selection, release = Selection("events", asked.qs), Release.objects.current()
    if len(selection) > MOST:
        raise TooMany
    marks = _marks(selection)
    found = {
        "question": asked.question,
        "release": release.number if release else "",
        "checksum": checksum(marks),
    }
    known = FrozenView.objects.filter(**found).first()
    if known:
        return known
    if FrozenView.objects.filter(created__gt=now() - timedelta(hours=1)).count() >= AN_HOUR:
        raise TooOften
    said = {"day": localdate(), "count": len(marks), "marks": marks}
    return FrozenView.objects.get_or_create(**found, defaults=said)[0]


def _marks(selection: Selection) -> list[list]:
    try:
        return [[record["id"], mark(record)] for record in selection.given(Form(""))]
    except Vanished as vanished:
        raise Moving from vanished


def checksum(marks: list[list]) -> str:
    """SHA-256 of the lines “number, space, mark”, in the order of the list."""
    lines = "".join(f"{number} {said}\n" for number, said in marks)
    return hashlib.sha256(lines.encode()).hexdigest()


def mark(record: dict) -> str:
    """Sixteen hexadecimal digits of what an event says, which change when it does.

    What goes into them is fixed for good: a field added to the record later corrects nothing.
    """
    place = record["place"]
    said = [
        record["title"],
        record["summary"],
        record["date"]["edtf"],
        [record["kind"], record["importance"], record["background"], *record["sectors"]],
        place and place["slug"],
        [[one["actor"], one["role"]] for one in record["participants"]],
        [[one["agreement"], one["relation"]] for one in record["agreements"]],
        [
            [one[name] for name in ("source", "supports", "stance", "locator")]
            for one in record["citations"]
        ],
        [[one[name] for name in ("about", "value", "preferred")] for one in record["claims"]],
    ]
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass
class Since:
    """What became of the records of a cited view, and what its question finds besides."""

    unchanged: list[Event] = field(default_factory=list)
    corrected: list[Event] = field(default_factory=list)
    withdrawn: list[Event] = field(default_factory=list)
    merged: list[Event] = field(default_factory=list)
    gone: int = 0
    """Taken back without leaving a public trace, such as a draft again."""
    no_longer_found: list[Event] = field(default_factory=list)
    """Of those that are public still."""
    added: list[Event] = field(default_factory=list)
    is_readable: bool = True
    """Whether the question can still be asked."""

    @property
    def is_same(self) -> bool:
        changes = [self.corrected, self.withdrawn, self.merged, self.added, self.no_longer_found]
        return self.is_readable and not self.gone and not any(changes)


def since(view: FrozenView) -> Since:
    """Compare a cited view with what stands there today."""
    then = dict(view.marks)
    answering = Event.objects.with_address().select_related("merged_into")
    events = answering.with_attestation().in_bulk(list(then))
    chosen = Event.objects.published().filter(pk__in=list(then))
    today = dict(_marks(Selection("events", chosen)))
    found = Since()
    for number in then:
        event = events.get(number)
        if event is None:
            found.gone += 1
        else:
            _place(found, event, then[number], today.get(number))
    asked = EventFilter(QueryDict(view.question), queryset=Event.objects.published().in_order())
    found.is_readable = asked.is_valid()
    if found.is_readable:
        numbers = set(asked.qs.values_list("pk", flat=True))
        public = found.unchanged + found.corrected
        found.no_longer_found = [event for event in public if event.pk not in numbers]
        new = Event.objects.filter(pk__in=numbers - set(then))
        found.added = list(new.with_attestation().in_order())
    return found


def _place(found: Since, event: Event, then: str, today: str | None) -> None:
    if event.status == Status.WITHDRAWN:
        found.withdrawn.append(event)
    elif event.status == Status.MERGED:
        found.merged.append(event)
    elif today == then:
        found.unchanged.append(event)
    else:
        found.corrected.append(event)
