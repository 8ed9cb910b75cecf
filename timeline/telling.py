"""A story as it is read: its steps in a row, the events of each, and what they rest on."""

from collections.abc import Iterable
from dataclasses import dataclass

from timeline.dates import DateRange, PartialDate
from timeline.drawing.axis import Axis
from timeline.drawing.path import Path, Stretch, path
from timeline.facets import FIRST_YEAR, LAST_YEAR
from timeline.footnotes import Footnotes, Note
from timeline.models import Event, Story, StoryStep


@dataclass
class Outline:
    """How much a story tells, and of which years; no years where no event is public."""

    steps: int
    events: int
    years: DateRange | None


@dataclass
class Step:
    """One step: the events that readers may open, and where they stand in the century."""

    step: StoryStep
    number: int
    events: list[Event]
    years: DateRange | None
    marks: list[Note]
    stretches: list[Stretch]
    previous: StoryStep | None
    next: StoryStep | None


@dataclass
class Telling:
    """The steps with their numbered sources, and the line of the century beside them."""

    outline: Outline
    steps: list[Step]
    notes: Footnotes
    path: Path


def outlined(story: Story) -> Outline:
    """A story in a list; it must be loaded with `for_list()`."""
    steps = [step.told for step in story.steps.all()]
    events = {event for of_step in steps for event in of_step}
    return Outline(len(steps), len(events), _years(events))


def told(story: Story) -> Telling:
    """What the page of a story shows; it must be loaded with `for_page()`."""
    outline, steps, notes = outlined(story), list(story.steps.all()), Footnotes()
    events = [step.told for step in steps]
    line = path(_axis(outline.years), [[one.when for one in of_step] for of_step in events])
    around = zip([None, *steps], steps, [*steps[1:], None], events, line.steps, strict=False)
    return Telling(
        outline,
        [
            Step(
                step,
                number,
                of_step,
                _years(of_step),
                notes.mark(step.citations.all()),
                stretches,
                previous,
                following,
            )
            for number, (previous, step, following, of_step, stretches) in enumerate(around, 1)
        ],
        notes,
        line,
    )


def _axis(years: DateRange | None) -> Axis:
    """The century, and as much before or after it as the story tells of."""
    if not years:
        return Axis(FIRST_YEAR, LAST_YEAR)
    return Axis(min(FIRST_YEAR, years.earliest.year), max(LAST_YEAR, years.latest.year))


def _years(events: Iterable[Event]) -> DateRange | None:
    whens = [event.when for event in events]
    if not whens:
        return None
    first = min(when.earliest.year for when in whens)
    last = max(when.latest.year for when in whens)
    return DateRange(PartialDate(first), PartialDate(last) if last > first else None)
