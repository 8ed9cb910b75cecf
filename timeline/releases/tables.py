"""The tables of a release, in the order of the package. Add to them, never rename."""

from timeline import choices
from timeline.releases.columns import (
    Column,
    Table,
    link,
    number_and_slug,
    since,
    slug,
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
ACTORS = Table(
    "actors",
    "Actors",
    "Persons, states, ministries, companies and others that took part.",
    [
        *number_and_slug(),
        vocabulary("kind", "What sort of actor.", choices.ActorKind),
        *texts("name", "The name"),
        Column("aliases", "Historical and other spellings, joined by “; ”."),
        Column("country", "ISO 3166 code. Empty: international."),
        Column("wikidata", "The identifier in Wikidata, where one was found."),
        *since(),
    ],
)
OFFICES = Table(
    "offices",
    "Offices held",
    "From when to when an actor held an office, as far as that is known.",
    [
        link("actor", "actors", "Who held it."),
        Column("number", "Counts the offices of one actor.", "integer", is_required=True),
        *texts("title", "The office"),
        link("institution", "actors", "Where. Empty: not recorded.", is_required=False),
        Column("start", "From: 1924, 1924-08 or 1924-08-06. Empty: not known."),
        Column("end", "To, likewise. Empty: not known, or held to this day."),
    ],
    ["actor", "number"],
)
AGREEMENTS = Table(
    "agreements",
    "Agreements",
    "Treaties and other instruments between the two sides. Their dates: `agreement_dates`.",
    [
        *number_and_slug(),
        vocabulary("kind", "What sort of instrument.", choices.AgreementKind),
        *texts("title", "The title"),
        *texts("summary", "What it provides"),
        vocabulary(
            "standing", "Whether it binds today, as far as a source says.", choices.Standing
        ),
        Column("disputed", "Whether sources disagree on a fact of it; see `disputes`.", "boolean"),
        *since(),
    ],
)
AGREEMENT_DATES = Table(
    "agreement_dates",
    "Dates of agreements",
    "Each typed date of an agreement: signed, ratified, in force …",
    [
        link("agreement", "agreements", "The agreement."),
        Column("number", "Counts the dates of one agreement.", "integer", is_required=True),
        vocabulary("kind", "What happened on that date.", choices.AgreementDateKind),
        *when(),
        link("place", "places", "Where. Empty: not recorded.", is_required=False),
    ],
    ["agreement", "number"],
)
AGREEMENT_SECTORS = Table(
    "agreement_sectors",
    "Sectors of agreements",
    "What an agreement is about.",
    [
        link("agreement", "agreements", "The agreement."),
        link("sector", "sectors", "The sector."),
    ],
    ["agreement", "sector"],
)
PARTIES = Table(
    "parties",
    "Parties",
    "Who is bound by an agreement.",
    [link("agreement", "agreements", "The agreement."), link("actor", "actors", "The party.")],
    ["agreement", "actor"],
)
SOURCES = Table(
    "sources",
    "Sources",
    "The documents on which the statements rest. They belong to their authors and publishers.",
    [
        *number_and_slug(),
        Column("title", "As printed, in the language of the document.", is_required=True),
        Column("language", "ISO 639 code of the document’s language.", is_required=True),
        Column("author", "Empty: not given."),
        Column("publisher", "Empty: not given."),
        Column("date", "Of the document: 1924, 1924-08 or 1924-08-06. Empty: undated."),
        vocabulary("kind", "What sort of document.", choices.SourceKind),
        vocabulary("side", "Whose account it is.", choices.Side),
        Column("url", "Where it can be read."),
        Column("copy_url", "Where a copy was read, when not at the publisher’s own address."),
        Column("archived_url", "An archived copy."),
        Column("accessed", "When it was read: 2026, 2026-11 or 2026-11-24."),
        Column("archive_location", "Shelf mark or file number of a document kept on paper."),
        *since(),
    ],
)
CITATIONS = Table(
    "citations",
    "Citations",
    "What one source says of one thing: an event, an agreement or one of its dates, an office of "
    "an actor, or a claim in a dispute.",
    [
        Column("number", "Counts the citations of this release.", "integer", is_required=True),
        link("source", "sources", "The source."),
        link("event", "events", "The event it speaks of.", is_required=False),
        link("agreement", "agreements", "The agreement it speaks of.", is_required=False),
        link("actor", "actors", "The actor of whose office it speaks.", is_required=False),
        Column("agreement_date", "The number of the date of that agreement.", "integer"),
        Column("office", "The number of the office of that actor.", "integer"),
        Column("dispute", "The number of the dispute of that event or agreement.", "integer"),
        Column("claim", "The number of the claim in that dispute.", "integer"),
        vocabulary("part", "Which part of the record it speaks of.", choices.Part),
        vocabulary("stance", "Whether it supports or disputes that.", choices.Stance),
        Column("locator", "Paragraph, page or article. Empty: not known."),
        Column("note", "What it says, in our own words."),
    ],
    ["number"],
)
DISPUTES = Table(
    "disputes",
    "Disputes",
    "A question on which sources disagree, and why one answer is preferred.",
    [
        link("event", "events", "The event, or", is_required=False),
        link("agreement", "agreements", "the agreement of which it is asked.", is_required=False),
        Column("number", "Counts the disputes of one record.", "integer", is_required=True),
        vocabulary("about", "What sources disagree on.", choices.About),
        *texts("question", "The question"),
        *texts("reason", "Why the preferred claim is preferred"),
    ],
    [],
)
CLAIMS = Table(
    "claims",
    "Claims",
    "Each answer to a question in dispute: a date, or a value in words.",
    [
        link("event", "events", "The event, or", is_required=False),
        link("agreement", "agreements", "the agreement of which it is asked.", is_required=False),
        Column("dispute", "The number of the dispute of that record.", "integer", is_required=True),
        Column("number", "Counts the claims of one dispute.", "integer", is_required=True),
        *when(is_required=False),
        *texts("value", "The value, when it is not a date", is_required=False),
        Column("preferred", "True of exactly one claim of a dispute.", "boolean", is_required=True),
    ],
    [],
)
SECTORS = Table(
    "sectors",
    "Sectors",
    "The twelve fields of relations.",
    [
        slug(),
        Column("position", "Their fixed order.", "integer", is_required=True),
        *texts("name", "The name"),
    ],
)
PLACES = Table(
    "places",
    "Places",
    "Where something happened.",
    [
        slug(),
        *texts("name", "The name"),
        Column("aliases", "Historical and other spellings, joined by “; ”."),
        Column("country", "The country it lies in today, as an ISO 3166 code.", is_required=True),
        Column("latitude", "In degrees north.", "number"),
        Column("longitude", "In degrees east.", "number"),
    ],
)
COVERAGE = Table(
    "coverage",
    "Coverage",
    "What was researched, for which years and sectors. Where no statement speaks, nobody has "
    "looked yet: an absence there says nothing.",
    [
        slug(),
        Column("first_year", "From this year", "integer", is_required=True),
        Column("last_year", "to this one, both included.", "integer", is_required=True),
        Column("sectors", "Slugs of `sectors`, joined by “; ”. Empty: all of them."),
        vocabulary("research", "How far it was researched.", choices.Research),
        Column("judged_by", "Who judged it.", is_required=True),
        Column("judged_on", "And when.", "date", is_required=True),
        *texts("note", "What was searched"),
    ],
)
TOMBSTONES = Table(
    "tombstones",
    "Tombstones",
    "Records that were public once: withdrawn, with the reason, or merged into another.",
    [
        Column(
            "kind",
            "Of which table it was.",
            is_required=True,
            one_of=("events", "actors", "agreements", "sources"),
        ),
        Column("id", "The number it had.", "integer", is_required=True),
        Column("slug", "The slug it had.", is_required=True),
        Column("status", "What became of it.", is_required=True, one_of=("withdrawn", "merged")),
        Column("reason", "Why it was withdrawn."),
        Column("merged_into", "The slug of the record that took its place."),
    ],
    ["kind", "slug"],
)

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
    SECTORS,
    PLACES,
    COVERAGE,
    TOMBSTONES,
]
