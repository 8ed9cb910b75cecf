"""The events of a list as they are drawn: each is drawn once an edition, in each language.

The questions that can be asked have no end, so that most lists are found in no cache; the events
in them are always the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock

from django.template import Context, loader
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from timeline import editions
from timeline.models import Event

MOST = 2000
"""So many cards are kept, of some three kilobytes each; the oldest make room."""
_TRAIL = "\ufdd0"  # a sign that no text holds, for what is different on every page


@dataclass(frozen=True, slots=True)
class Card:
    """An event as it is drawn in a list, and where it stands there."""

    year: int
    drawn: SafeString

    @property
    def decade(self) -> int:
        return self.year // 10 * 10

    def leading(self, trail: str) -> "Card":
        """The same with the question of the list in the address of its event."""
        return Card(self.year, SafeString(self.drawn.replace(_TRAIL, escape(trail))))


class _Kept:
    """The cards of one edition."""

    def __init__(self):
        self._cards: dict[tuple, Card] = {}
        self._lock = Lock()

    def get(self, key: tuple) -> Card | None:
        return self._cards.get(key)

    def put(self, key: tuple, card: Card) -> None:
        with self._lock:
            self._cards[key] = card
            while len(self._cards) > MOST:
                del self._cards[next(iter(self._cards))]


def of(
    request, numbers: Iterable[int], *, trail: str = "", terms: Iterable[str] = ()
) -> list[Card]:
    """The cards of the events with those numbers, in that order; what is not public is left out.

    Where words are marked that were searched for, each is drawn for this page alone.
    """
    terms, numbers = list(terms), list(numbers)
    kept = _Kept() if terms else editions.kept("cards", _Kept)
    seen_from = (request.scheme, request.get_host(), get_language())
    found = {number: kept.get((number, *seen_from)) for number in numbers}
    missing = [number for number, card in found.items() if card is None]
    # The query takes longer to build than all the rest, and mostly nothing is missing.
    events = Event.objects.published().for_cards().in_bulk(missing) if missing else {}
    for number, event in events.items():
        found[number] = _drawn(request, event, terms)
        kept.put((number, *seen_from), found[number])
    return [card.leading(trail) for card in found.values() if card]


def _drawn(request, event: Event, terms: list[str]) -> Card:
    context = Context({"event": event, "trail": _TRAIL, "terms": terms})
    context.request = request
    template = loader.get_template("timeline/_event_card.html").template
    return Card(event.year, SafeString(template.render(context)))
