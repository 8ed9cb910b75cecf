"""The tables of what the statements rest on, and of what sources disagree on."""

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
    "an actor, a claim in a dispute, or a step of a story.",
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
        link("story", "stories", "The story of whose step it speaks.", is_required=False),
        Column("step", "The number of the step of that story.", "integer"),
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
