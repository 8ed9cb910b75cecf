"""The filter panel: the facets with their options, counts and choices."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from timeline import wording
from timeline.models import Sector
from timeline.text import fold

LONG = 8


@dataclass
class Option:
    value: str
    label: str
    count: int | None
    is_chosen: bool


@dataclass
class Facet:
    """One question of a form, and its answers."""

    name: str
    label: str
    options: list[Option]

    @property
    def shown(self) -> list[Option]:
        """The options in sight: all of a short facet; else those that find or are chosen."""
        if len(self.options) <= LONG or self.name == "sector":
            return self.options
        return [option for option in self.options if option.count or option.is_chosen]

    @property
    def chosen(self) -> list[Option]:
        return [option for option in self.options if option.is_chosen]

    @property
    def folded(self) -> list[Option]:
        return [option for option in self.options if option not in self.shown]


def facets(events, counts: dict[str, Counter] | None) -> list[Facet]:
    """The facets in the order of the panel; `counts` is None when the form is not valid."""
    names = ["sector", "attestation", "kind", "importance", "disputed", "country"]
    return [_facet(events, name, counts) for name in names]


def questions(records) -> list[Facet]:
    """The fields of a list's short form; the one without options takes words."""
    return [_facet(records, name, None) for name in records.form.fields]


def _facet(asked, name: str, counts) -> Facet:
    field = asked.form.fields[name]
    return Facet(name, field.label, list(_options(asked, counts, name, _choices(name, field))))


def _choices(name: str, field) -> Iterable[tuple[str, str]]:
    if name == "sector":
        return [(sector.slug, sector.heading.text) for sector in Sector.objects.all()]
    if name in ("country", "language"):
        named = [(code, getattr(wording, name)(code)) for code, _same in field.choices]
        return sorted(named, key=lambda pair: fold(pair[1]))
    return getattr(field, "choices", [])


def _options(events, counts, name: str, pairs: Iterable[tuple[str, str]]):
    chosen = events.data.getlist(name)
    for value, label in pairs:
        yield Option(value, str(label), counts and counts[name][value], value in chosen)


def kept(events) -> list[tuple[str, str]]:
    """What the address asks for and the panel has no field for, to be sent along."""
    return [
        (name, value)
        for name in ("year", "place", "dates", "order")
        for value in events.data.getlist(name)
    ]
