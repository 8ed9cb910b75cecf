"""The landmarks of the century: a bead for each, drawn once an edition in each language."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.template import loader
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from timeline import editions
from timeline.lanes import Extent, Slot, pack, percent, title_room
from timeline.models import Event
from timeline.views import pieces
from timeline.views.lanes.look import CENTURY
from timeline.views.lanes.near import mark, plot_height


@dataclass(frozen=True, slots=True)
class Bead:
    """Where a landmark lies in the century, and how it is drawn."""

    x: str
    drawn: SafeString


class _Landmark(NamedTuple):
    event: Event
    extent: Extent
    room: float


def beads(numbers: Iterable[int], trail: str) -> tuple[list[Bead], str]:
    """The events with those numbers in the order of the timeline, and the height they need."""
    kept = editions.kept("landmarks as drawn", pieces.Kept)
    found = _known(kept, list(numbers))
    # Beads alone: a century of titles would bury the lanes. Who points at one reads it.
    slots = [
        replace(slot, width=0.0)
        for slot in pack(
            [landmark.extent for landmark in found],
            [landmark.room for landmark in found],
            keeps_room=[False] * len(found),
        )
    ]
    drawn = [
        Bead(
            percent(landmark.extent.start),
            pieces.leading(_drawn(kept, landmark, slot), trail),
        )
        for landmark, slot in zip(found, slots, strict=True)
    ]
    return drawn, plot_height(slots)


def _known(kept: pieces.Kept, numbers: list[int]) -> list[_Landmark]:
    language = get_language()
    found = {number: kept.get((number, language)) for number in numbers}
    missing = [number for number, landmark in found.items() if landmark is None]
    events = Event.objects.published().for_lanes().in_bulk(missing) if missing else {}
    for number, event in events.items():
        extent = _point(CENTURY.extent(event.when))
        found[number] = _Landmark(event, extent, title_room(event.heading.text))
        kept.put((number, language), found[number])
    return [landmark for landmark in found.values() if landmark]


def _point(extent: Extent) -> Extent:
    """Seen from so far, a landmark is where the middle of its date lies."""
    middle = (extent.start + extent.end) / 2
    return Extent(middle, middle)


def _drawn(kept: pieces.Kept, landmark: _Landmark, slot: Slot) -> str:
    key = (landmark.event.pk, get_language(), slot.row)
    piece = kept.get(key)
    if piece is None:
        own = mark(landmark.event, landmark.extent, slot, pieces.TRAIL, CENTURY)
        piece = loader.render_to_string("timeline/_lane_mark.html", {"mark": own})
        kept.put(key, piece)
    return piece
