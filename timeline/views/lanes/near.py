"""A decade or three years: each record once, as wide as its date allows."""

from dataclasses import dataclass, field

from timeline.choices import Importance, Research
from timeline.found import Found
from timeline.lanes import EXACT, Extent, Slot, Window, Zoom, pack, percent, title_room
from timeline.models import Event
from timeline.models.base import Localized
from timeline.views.lanes.address import lane_url
from timeline.views.lanes.look import CENTURY, FACET_OF, Look

MOST = 400
"""A window draws no more records than that, the weightiest of them, and says so."""
ROW = 1.75
"""The height of a row, in letters' heights (em)."""


@dataclass
class Mark:
    """One record: its bead, the line of its extent, its title; `top` is the top of its row."""

    event: Event
    url: str
    at: float
    year: int
    x: str
    top: str
    line: tuple[str, str] | None
    title_x: str
    title_width: str
    is_flipped: bool
    is_cut: bool
    has_title: bool
    began_before: bool
    goes_on: bool
    is_current: bool = False


@dataclass
class Tick:
    """That a record drawn in another lane belongs here too."""

    x: str
    is_current: bool


@dataclass
class Thread:
    """The part in this lane of the line that joins the lanes of the selected record."""

    x: str
    top: str
    bottom: str


@dataclass
class Lane:
    name: str
    heading: Localized
    count: int
    is_open: bool
    url: str
    height: str
    marks: list[Mark] = field(default_factory=list)
    ticks: list[Tick] = field(default_factory=list)
    thread: Thread | None = None


@dataclass
class Drawing:
    lanes: list[Lane]
    not_drawn: int
    miniature: list[dict[str, str]]
    place: dict[str, str]


def draw(
    asked: Found,
    shown: Found | None,
    look: Look,
    research: dict[str, dict[int, Research]],
    trail: str,
) -> Drawing:
    """`asked` and `shown` are what is found in all time, and in the window.

    `research` tells by sector and year what was searched.
    """
    current = look.event.slug if look.event else ""
    bits = shown.bits if shown else 0
    numbers = asked.index.weightiest(bits, MOST)
    events = list(Event.objects.published().filter(pk__in=numbers).for_lanes())
    names = {event.pk: lanes_of(event, look.by) for event in events}
    question = shown.events.data if shown else asked.events.data
    lanes = []
    for name, heading in look.headings.items():
        own = [event for event in events if names[event.pk][:1] == [name]]
        guests = [event for event in events if name in names[event.pk][1:]]
        marks, height = _marks(own, look, trail, current, bool(guests))
        url = lane_url(asked.events.data, look.by, name, question)
        number = (bits & asked.index.with_values(FACET_OF[look.by], [name])).bit_count()
        is_open = bool(look.open_years(name, research))
        lane = Lane(name, heading, number, is_open, url, height, marks)
        lane.ticks = [
            Tick(percent(look.window.extent(event.when).start), event.slug == current)
            for event in guests
        ]
        lanes.append(lane)
    _thread(lanes)
    not_drawn = bits.bit_count() - len(numbers)
    return Drawing(lanes, not_drawn, _miniature(asked), _place(look.window))


def lanes_of(event: Event, by: str) -> list[str]:
    """The lanes of an event; it is drawn in the first, the others get a tick."""
    if by == "sector":
        return [link.sector.slug for link in event.sector_links.all()]
    return [event.kind if by == "kind" else event.attestation]


def _marks(
    events: list[Event], look: Look, trail: str, current: str, has_ticks: bool
) -> tuple[list[Mark], str]:
    extents = [look.window.extent(event.when) for event in events]
    # What began before the window is drawn from its edge, and comes first.
    order = sorted(range(len(events)), key=lambda i: extents[i].start)
    events, extents = [events[i] for i in order], [extents[i] for i in order]
    rooms = [title_room(event.heading.text) for event in events]
    keeps = [look.zoom is Zoom.YEARS or event.importance == Importance.LANDMARK for event in events]
    slots = pack(extents, rooms, keeps_room=keeps)
    marks = [
        mark(event, extent, slot, trail, look.window, is_current=event.slug == current)
        for event, extent, slot in zip(events, extents, slots, strict=True)
    ]
    return marks, plot_height(slots, has_ticks=has_ticks)


def mark(
    event: Event, extent: Extent, slot: Slot, trail: str, window: Window, *, is_current=False
) -> Mark:
    shows_line = extent.end > extent.start and (event.when.end or event.when.is_vague)
    return Mark(
        event,
        event.get_absolute_url() + trail,
        round(extent.start, 5),
        min(max(event.year, window.first), window.last),
        percent(extent.start),
        _em(slot.row * ROW),
        (percent(extent.start), percent(extent.end)) if shows_line else None,
        percent(slot.left),
        percent(slot.width),
        slot.flipped,
        0 < slot.width < title_room(event.heading.text) - EXACT,
        slot.width > 0,
        extent.began_before,
        extent.goes_on,
        is_current,
    )


def plot_height(slots: list[Slot], *, has_ticks=False) -> str:
    rows = max((slot.row + 1 for slot in slots), default=0)
    return _em(max(rows * ROW + (0.8 if has_ticks else 0.15), ROW + 0.5))


def _em(number: float) -> str:
    return f"{number:.4g}em"


def _thread(lanes: list[Lane]) -> None:
    """Joins the selected record's bead with its ticks in the other lanes."""
    own = next((i for i, lane in enumerate(lanes) if any(m.is_current for m in lane.marks)), None)
    others = [i for i, lane in enumerate(lanes) if any(tick.is_current for tick in lane.ticks)]
    if own is None or not others:
        return
    bead = next(one for one in lanes[own].marks if one.is_current)
    first, last = min(own, *others), max(own, *others)
    for at in range(first, last + 1):
        top, bottom = "0", "100%"
        if at == own:
            top = bead.top if at == first else top
            bottom = bead.top if at == last else bottom
        elif at == first:
            top = bottom  # The tick stands on the lower edge of its lane.
        lanes[at].thread = Thread(bead.x, top, bottom)


def _miniature(asked: Found) -> list[dict[str, str]]:
    """The whole century as asked, a bar a year."""
    years = asked.index.by_year(asked.bits, CENTURY.years)
    most, length = max(years.values(), default=1), len(CENTURY.years)
    return [
        {
            "x": percent((year - CENTURY.first) / length),
            "y": percent(1 - number / most),
            "height": percent(number / most),
        }
        for year, number in sorted(years.items())
    ]


def _place(window: Window) -> dict[str, str]:
    part = window.within(CENTURY)
    return {"x": percent(part.start), "width": percent(part.end - part.start)}
