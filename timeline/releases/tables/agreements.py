"""The tables of agreements and of those who are bound by them: the actors, with their offices."""

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
