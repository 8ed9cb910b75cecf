"""The columns in which a spreadsheet holds a record. Lists are joined by semicolons."""

from collections.abc import Callable, Iterable

Cell = str | int | float | bool | None
Column = tuple[str, Callable[[dict], Cell]]


def columns(kind: str, languages: Iterable[str]) -> list[Column]:
    """The columns for that kind of record, texts in those languages."""
    return [column for part in _TABLES[kind] for column in part(languages)]


def _plain(*names: str):
    return lambda languages: [(name, _item(name)) for name in names]


def _item(name: str):
    return lambda record: record[name]


def _texts(name: str):
    return lambda languages: [
        (f"{name}_{code}", lambda record, code=code: record[name][code]) for code in languages
    ]


def _date(languages):
    names = ["edtf", "earliest", "latest", "precision", "approximate"]
    heads = ["date", "earliest", "latest", "precision", "approximate"]
    return [
        (head, lambda record, name=name: record["date"] and record["date"][name])
        for head, name in zip(heads, names, strict=True)
    ]


def _place(languages):
    yield "place", lambda record: record["place"] and record["place"]["slug"]
    for code in languages:
        yield (
            f"place_name_{code}",
            lambda record, code=code: record["place"] and record["place"]["name"][code],
        )
    for name in ("country", "latitude", "longitude"):
        yield name, lambda record, name=name: record["place"] and record["place"][name]


def _joined(name: str, *parts: str):
    """A list in one cell: its items by semicolons, the parts of each by colons."""

    def cell(record) -> str:
        items = (":".join(item[part] for part in parts) if parts else item for item in record[name])
        return ";".join(dict.fromkeys(items))

    return lambda languages: [(name, cell)]


def _sources(languages):
    """The sources cited for the record itself, each once."""
    yield (
        "sources",
        lambda record: ";".join(
            dict.fromkeys(citation["source"] for citation in record["citations"])
        ),
    )


def _offices(languages):
    for code in languages:
        yield (
            f"offices_{code}",
            lambda record, code=code: ";".join(
                f"{office['title'][code]} ({office['start'] or ''}/{office['end'] or ''})"
                for office in record["offices"]
                if office["title"][code]
            ),
        )


def _dates(languages):
    """The typed dates of an agreement: signed:1930-10-11;in-force:1934-04."""
    yield (
        "dates",
        lambda record: ";".join(
            f"{dated['kind']}:{dated['date']['edtf']}" for dated in record["dates"]
        ),
    )


_HEAD = _plain("id", "slug", "url")
_FOOT = _plain("published", "updated")

_TABLES = {
    "events": [
        _HEAD,
        _date,
        _texts("title"),
        _texts("summary"),
        _plain("kind"),
        _joined("sectors"),
        _plain("importance", "background"),
        _place,
        _joined("participants", "actor", "role"),
        _joined("agreements", "agreement", "relation"),
        _joined("related", "event", "relation"),
        _sources,
        _plain("attestation", "disputed"),
        _FOOT,
    ],
    "actors": [
        _HEAD,
        _texts("name"),
        _joined("aliases"),
        _plain("kind", "country", "wikidata"),
        _offices,
        _FOOT,
    ],
    "agreements": [
        _HEAD,
        _texts("title"),
        _texts("summary"),
        _plain("kind", "standing"),
        _joined("sectors"),
        _joined("parties", "actor"),
        _dates,
        _joined("events", "event", "relation"),
        _sources,
        _plain("disputed"),
        _FOOT,
    ],
    "sources": [
        _HEAD,
        _plain("title", "language", "author", "publisher"),
        _date,
        _plain("kind", "side", "document_url", "copy_url", "archived_url", "accessed"),
        _plain("archive_location", "statements"),
        _FOOT,
    ],
}
