"""What can only be seen with all entries side by side: doubles, and references into nothing."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from timeline.seeding.files import Dataset, Item
from timeline.seeding.parts import CitationEntry, Entry
from timeline.seeding.schema import EventEntry, RecordEntry
from timeline.seeding.values import Reference


def check(data: Dataset, is_known: Callable[[str, str], bool]) -> list[str]:
    """Every error across the entries, a line each.

    `is_known(kind, slug)` tells whether the database holds a record that no file names.
    """
    slugs = {
        kind: data.unreadable[kind] | {item.entry.slug for item in items}
        for kind, items in data.items.items()
    }
    errors = []
    for kind, items in data.items.items():
        errors += _doubles(items, "slug")
        if issubclass(type(items[0].entry) if items else Entry, RecordEntry):
            errors += _doubles(items, "id")
        for item in items:
            for path, target, slug in references(item.entry, kind):
                if slug not in slugs[target] and not is_known(target, slug):
                    errors.append(item.error(path, nothing_there(target, slug)))
            errors += _repetitions(item)
    return errors


def nothing_there(kind: str, slug: str) -> str:
    """What is said of a reference to a record that is not there."""
    return _("there is no “%(slug)s” among the %(kind)s.") % {"slug": slug, "kind": kind}


def _doubles(items: list[Item], field: str) -> Iterator[str]:
    """An error for each entry whose value an earlier one has."""
    seen = set()
    for item in items:
        value = getattr(item.entry, field)
        if value is not None and value in seen:
            said = _("an earlier entry has the %(field)s “%(value)s” too.")
            yield item.error(field, said % {"field": field, "value": value})
        seen.add(value)


def references(entry: Entry, own_kind: str, path: str = "") -> Iterator[tuple[str, str, str]]:
    """Every reference in an entry: its path, the kind of record it leads to, and the slug."""
    for name, field in type(entry).model_fields.items():
        value = getattr(entry, name)
        here = f"{path}{field.alias or name}"
        marks = [mark for mark in field.metadata if isinstance(mark, Reference)]
        if marks and value:
            for slug in value if isinstance(value, list) else [value]:
                yield here, marks[0].kind, slug
        elif name == "merged_into" and value:
            yield here, own_kind, value
        elif isinstance(value, list):
            for number, one in enumerate(value):
                if isinstance(one, Entry):
                    yield from references(one, own_kind, f"{here}.{number}.")


def _repetitions(item: Item) -> Iterator[str]:
    """What the database would refuse: the same link, sector or citation twice."""
    for path, entries in _lists(item.entry):
        keys = [
            (one.source, one.part, one.locator) if isinstance(one, CitationEntry) else str(one)
            for one in entries
        ]
        if len(set(keys)) < len(keys):
            yield item.error(path, _("the same thing stands here twice."))
    if isinstance(item.entry, EventEntry):
        for number, link in enumerate(item.entry.related):
            if link.event == item.entry.slug:
                said = _("an event cannot be related to itself.")
                yield item.error(f"related.{number}", said)


def _lists(entry: Entry, path: str = "") -> Iterator[tuple[str, list]]:
    for name in type(entry).model_fields:
        value = getattr(entry, name)
        if isinstance(value, list):
            yield f"{path}{name}", value
            for number, one in enumerate(value):
                if isinstance(one, Entry):
                    yield from _lists(one, f"{path}{name}.{number}.")
