"""The one shape in which data leaves: API, files, feeds and embedded data all start here."""

from array import array
from collections.abc import Iterable, Iterator
from typing import Self

from timeline.models import Actor, Agreement, Event, Sector, Source, Story
from timeline.records.forms import LANGUAGES, Form
from timeline.records.shapes import SHAPES

__all__ = ["LANGUAGES", "MODELS", "SHAPES", "Form", "Selection", "Vanished"]

MODELS = {
    "events": Event,
    "actors": Actor,
    "agreements": Agreement,
    "sources": Source,
    "stories": Story,
    "sectors": Sector,
}
CHUNK = 250


class Vanished(Exception):
    """A record that was to be given out is no longer public: what was begun cannot be completed."""


class Selection:
    """Which records, in which order: fixed when made, read as often as need be.

    Only their numbers are held, so that a hundred thousand records take no more memory than a
    hundred. Each chunk asks the database the same few questions.
    """

    def __init__(self, kind: str, records):
        """`records` is a queryset of published records of that kind, in its order."""
        self.kind = kind
        self._numbers = array("q", records.values_list("pk", flat=True).iterator())

    @classmethod
    def numbered(cls, kind: str, numbers: Iterable[int]) -> Self:
        """Those with the given numbers, in that order."""
        selection = cls.__new__(cls)
        selection.kind, selection._numbers = kind, array("q", numbers)
        return selection

    def __len__(self) -> int:
        return len(self._numbers)

    def given(self, form: Form) -> Iterator[dict]:
        """The records in their shape; `Vanished` when one of them is no longer public."""
        say, loaded = form.of(self.kind), MODELS[self.kind].objects.published().for_records()
        for start in range(0, len(self), CHUNK):
            chunk = self._numbers[start : start + CHUNK]
            found = loaded.in_bulk(chunk)
            if len(found) < len(chunk):
                raise Vanished
            yield from (say(found[number]) for number in chunk)
