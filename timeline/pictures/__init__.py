"""Records, and everything that hangs on them, as plain data: text, truths and whole numbers.

A picture says what an entry of the data files says, in the same form, but is not checked: a
draft may be unfinished. History keeps pictures; `seeding` makes entries of them.
"""

from collections.abc import Iterator

from timeline.models import (
    Actor,
    Agreement,
    CoverageStatement,
    Event,
    Place,
    Sector,
    Source,
    Story,
)
from timeline.pictures.queries import QUERIES
from timeline.pictures.said import SAID

MODELS = {
    "sectors": Sector,
    "places": Place,
    "sources": Source,
    "actors": Actor,
    "agreements": Agreement,
    "events": Event,
    "stories": Story,
    "coverage": CoverageStatement,
}

KIND_OF = {model: kind for kind, model in MODELS.items()}

REFERENCES = {
    "source": "sources",
    "actor": "actors",
    "institution": "actors",
    "parties": "actors",
    "agreement": "agreements",
    "event": "events",
    "events": "events",
    "place": "places",
    "sectors": "sectors",
}
"""What of a picture, at any depth, names other records, and of which kind."""


def references(kind: str, said) -> Iterator[tuple[str, str]]:
    """Every reference in a picture of that kind: the kind of record, and its slug."""
    for name, value in said.items():
        if name == "merged_into" or name in REFERENCES:
            for slug in value if isinstance(value, list) else [value]:
                yield REFERENCES.get(name, kind), slug
        elif isinstance(value, list):
            for part in value:
                if isinstance(part, dict):
                    yield from references(kind, part)


def of_all(kind: str, **condition) -> dict[int, dict]:
    """The records of a kind, or those that fulfil a condition, by number.

    They stand in the order of the data files.
    """
    records = QUERIES[kind]().filter(**condition)
    return {record.pk: SAID[kind](record) for record in records}
