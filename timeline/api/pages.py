"""Pages of a list that stay put: a record added or taken away moves no other across their edges.

A cursor holds the place in the order after which, or before which, a page begins: not a number
of records to skip. It is signed, so nothing but what was given out here comes back.
"""

from dataclasses import dataclass

from django.core import signing
from django.db.models import Q, QuerySet

# Where records without a value in that column stand, if there can be any.
_NULLS = {"first_date": "last", "date": "first"}


class BadCursor(Exception):
    """Not a cursor of this list."""


@dataclass(frozen=True)
class Page:
    numbers: list[int]
    next: str | None
    previous: str | None


def page(
    found: QuerySet, order: tuple[str, ...], descending: bool, cursor: str, limit: int
) -> Page:
    """The page at the cursor; the first one where it is empty.

    `order` are the columns by which `found` is ordered, all of them downwards if `descending`.
    """
    salt = f"cursor {found.model._meta.model_name} {order} {descending}"
    direction, place = _read(cursor, salt, len(order)) if cursor else ("after", None)
    backwards = direction == "before"
    if backwards:
        found = found.reverse()
    if place:
        found = found.filter(_beyond(order, place, descending != backwards))
    columns = [f"{name}" for name in order]
    rows = list(found.values_list("pk", *columns)[: limit + 1])
    has_more, rows = len(rows) > limit, rows[:limit]
    if backwards:
        rows.reverse()
    has_next, has_previous = (True, has_more) if backwards else (has_more, bool(place))

    def made(direction, row):
        values = [None if value is None else str(value) for value in row[1:]]
        return signing.dumps([direction, values], salt=salt)

    return Page(
        [row[0] for row in rows],
        made("after", rows[-1]) if rows and has_next else None,
        made("before", rows[0]) if rows and has_previous else None,
    )


def _read(cursor: str, salt: str, length: int) -> tuple[str, list]:
    try:
        direction, place = signing.loads(cursor, salt=salt)
    except (signing.BadSignature, ValueError):
        raise BadCursor from None
    return direction, place


def _beyond(order, place: list, descending: bool) -> Q:
    """The records beyond a place: equal in the first columns, further in the next."""
    beyond, equal = Q(), Q()
    first = order[0]
    # Follows from the rest; from it an index knows where to begin.
    begun = (
        Q() if first in _NULLS else Q(**{f"{first}__{'lte' if descending else 'gte'}": place[0]})
    )
    for name, value in zip(order, place, strict=True):
        if further := _further(name, value, descending):
            beyond |= equal & further
        equal &= Q(**{f"{name}__isnull": True}) if value is None else Q(**{name: value})
    return begun & beyond


def _further(name: str, value, descending: bool) -> Q | None:
    """What stands beyond one value of a column; None where nothing can."""
    nulls_are_further = (_NULLS.get(name) == "last") != descending and name in _NULLS
    if value is None:
        return None if nulls_are_further else Q(**{f"{name}__isnull": False})
    further = Q(**{f"{name}__{'lt' if descending else 'gt'}": value})
    return further | Q(**{f"{name}__isnull": True}) if nulls_are_further else further
