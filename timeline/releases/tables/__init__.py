"""The tables of a release, in the order of the package. Add to them, never rename."""

from timeline.releases.tables.agreements import (
    ACTORS,
    AGREEMENT_DATES,
    AGREEMENT_SECTORS,
    AGREEMENTS,
    OFFICES,
    PARTIES,
)
from timeline.releases.tables.events import (
    EVENT_AGREEMENTS,
    EVENT_LINKS,
    EVENT_SECTORS,
    EVENTS,
    PARTICIPANTS,
)
from timeline.releases.tables.evidence import CITATIONS, CLAIMS, DISPUTES, SOURCES
from timeline.releases.tables.order import COVERAGE, PLACES, SECTORS, TOMBSTONES
from timeline.releases.tables.stories import STEP_EVENTS, STORIES, STORY_SECTORS, STORY_STEPS

TABLES = [
    EVENTS,
    EVENT_SECTORS,
    PARTICIPANTS,
    EVENT_AGREEMENTS,
    EVENT_LINKS,
    ACTORS,
    OFFICES,
    AGREEMENTS,
    AGREEMENT_DATES,
    AGREEMENT_SECTORS,
    PARTIES,
    SOURCES,
    CITATIONS,
    DISPUTES,
    CLAIMS,
    STORIES,
    STORY_SECTORS,
    STORY_STEPS,
    STEP_EVENTS,
    SECTORS,
    PLACES,
    COVERAGE,
    TOMBSTONES,
]
