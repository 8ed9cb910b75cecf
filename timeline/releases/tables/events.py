"""The tables of events, and of what hangs on them."""

from timeline import choices
from timeline.releases.columns import (
    Column,
    Table,
    link,
    number_and_slug,
    since,
    texts,
    vocabulary,
    when,
)

EVENTS = Table(
    "events",
    "Events",
    "What happened between the two countries, each with its evidence in `citations`.",
    [
        *number_and_slug(),
        *texts("title", "The title"),
        *texts("summary", "What happened"),
        *when(),
        vocabulary("kind", "What sort of thing happened.", choices.Kind),
        vocabulary("importance", "By the criteria of the curators.", choices.Importance),
        Column(
            "background", "Whether it happened before 1924 and explains what came later.", "boolean"
        ),
        link("place", "places", "Where. Empty: not recorded.", is_required=False),
        vocabulary(
            "attestation",
            "Whose sources support the event as a whole, worked out from `citations`.",
            choices.Attestation,
            is_required=False,
        ),
        Column("disputed", "Whether sources disagree on a fact of it; see `disputes`.", "boolean"),
        *since(),
    ],
)
EVENT_SECTORS = Table(
    "event_sectors",
    "Sectors of events",
    "One to three sectors of each event.",
    [
        link("event", "events", "The event."),
        link("sector", "sectors", "The sector."),
        Column("rank", "1 for the main one.", "integer", is_required=True),
    ],
    ["event", "sector"],
)
PARTICIPANTS = Table(
    "participants",
    "Participants",
    "Who took part in an event, and in which role.",
    [
        link("event", "events", "The event."),
        link("actor", "actors", "The actor."),
        vocabulary("role", "What the actor did.", choices.Role),
    ],
    ["event", "actor", "role"],
)
EVENT_AGREEMENTS = Table(
    "event_agreements",
    "Events and agreements",
    "What an event did to an agreement.",
    [
        link("event", "events", "The event."),
        link("agreement", "agreements", "The agreement."),
        vocabulary("relation", "What was done to it.", choices.AgreementRelation),
    ],
    ["event", "agreement", "relation"],
)
EVENT_LINKS = Table(
    "event_links",
    "Related events",
    "How one event stands to another, said from one side only.",
    [
        link("event", "events", "The event that says so."),
        link("target", "events", "The other event."),
        vocabulary("relation", "This event … the other.", choices.EventRelation),
    ],
    ["event", "target", "relation"],
)
