"""Actors, agreements and sources chosen by typing a part of their name.

The typed words travel as `find-actor`, `find-agreement` or `find-source`. One record found
becomes the filter at once; several are offered as boxes to tick. No script is needed.
"""

from dataclasses import dataclass

from django.http import QueryDict

from timeline.models import Actor, Agreement, Source

MODELS = {"actor": Actor, "agreement": Agreement, "source": Source}
PREFIX = "find-"
MOST = 12
"""So many records are offered; more ask for more letters."""


@dataclass
class Finder:
    """One field to type into: the words, what they find, and what is chosen already."""

    name: str
    label: str
    words: str
    found: list
    has_more: bool
    chosen: list

    @property
    def parameter(self) -> str:
        return PREFIX + self.name

    @property
    def finds_nothing(self) -> bool:
        return bool(self.words) and not self.found


def resolved(data: QueryDict) -> QueryDict:
    """The same question, with typed words that mean one record replaced by its slug."""
    asked = data.copy()
    for name, model in MODELS.items():
        words = _words(data, name)
        if not words:
            asked.pop(PREFIX + name, None)
            continue
        found = list(model.objects.published().matching(words)[:2])
        if len(found) == 1:
            asked.pop(PREFIX + name)
            asked.appendlist(name, found[0].slug)
    return asked


def finders(filterset) -> list[Finder]:
    """The fields of the panel, in its order."""
    return [_finder(filterset, name, model) for name, model in MODELS.items()]


def _finder(filterset, name: str, model) -> Finder:
    words = _words(filterset.data, name)
    slugs = filterset.data.getlist(name)
    found = []
    if words:
        found = list(model.objects.published().matching(words)[: MOST + 1])
    chosen = filterset.form.cleaned_data.get(name, []) if filterset.is_valid() else []
    return Finder(
        name,
        filterset.form.fields[name].label,
        words,
        [record for record in found[:MOST] if record.slug not in slugs],
        len(found) > MOST,
        chosen,
    )


def _words(data: QueryDict, name: str) -> str:
    # What no database can search for finds nothing.
    return data.get(PREFIX + name, "").replace("\x00", "").strip()[:100]
