"""The tables of what gives the record its order, and of what is no longer in it."""

from timeline import choices
from timeline.releases.columns import (
    Column,
    Table,
    slug,
    texts,
    vocabulary,
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
            one_of=("events", "actors", "agreements", "sources", "stories"),
        ),
        Column("id", "The number it had.", "integer", is_required=True),
        Column("slug", "The slug it had.", is_required=True),
        Column("status", "What became of it.", is_required=True, one_of=("withdrawn", "merged")),
        Column("reason", "Why it was withdrawn."),
        Column("merged_into", "The slug of the record that took its place."),
    ],
    ["kind", "slug"],
)
