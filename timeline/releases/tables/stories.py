"""The tables of the stories."""

from timeline.releases.columns import (
    Column,
    Table,
    link,
    number_and_slug,
    since,
    texts,
)

STORIES = Table(
    "stories",
    "Stories",
    "Short essays, told by the editors, that lead through the record step by step.",
    [
        *number_and_slug(),
        *texts("title", "The title"),
        *texts("standfirst", "What it is about"),
        *since(),
    ],
)
STORY_SECTORS = Table(
    "story_sectors",
    "Sectors of stories",
    "What a story is about.",
    [link("story", "stories", "The story."), link("sector", "sectors", "The sector.")],
    ["story", "sector"],
)
STORY_STEPS = Table(
    "story_steps",
    "Steps of stories",
    "The steps of each story, in their order. What they rest on: `citations`.",
    [
        link("story", "stories", "The story."),
        Column("number", "Counts the steps of one story.", "integer", is_required=True),
        Column("anchor", "The name of the step in the address of the story.", is_required=True),
        *texts("heading", "The heading"),
        *texts("text", "What the step tells"),
    ],
    ["story", "number"],
)
STEP_EVENTS = Table(
    "step_events",
    "Events of steps",
    "The events of which a step tells.",
    [
        link("story", "stories", "The story."),
        Column("step", "The number of the step.", "integer", is_required=True),
        link("event", "events", "The event."),
    ],
    ["story", "step", "event"],
)
