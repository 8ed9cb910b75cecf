"""The events of a list as they are drawn: each is drawn once an edition, in each language.

The questions that can be asked have no end, so that most lists are found in no cache; the events
in them are always the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.template import Context, loader
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from timeline import editions
from timeline.models import Event
from timeline.views import pieces


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
        return Card(self.year, pieces.leading(self.drawn, trail))


def of(
    request, numbers: Iterable[int], *, trail: str = "", terms: Iterable[str] = ()
) -> list[Card]:
    """The cards of the events with those numbers, in that order; what is not public is left out.

    Where words are marked that were searched for, each is drawn for this page alone.
    """
    terms, numbers = list(terms), list(numbers)
    kept = pieces.Kept() if terms else editions.kept("cards", pieces.Kept)
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
    context = Context({"event": event, "trail": pieces.TRAIL, "terms": terms})
    context.request = request
    template = loader.get_template("timeline/_event_card.html").template
    return Card(event.year, SafeString(template.render(context)))
