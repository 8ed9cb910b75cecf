"""The filters in use, each as a link to the same list without it."""

from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from timeline import wording
from timeline.dates import DateRange, PartialDate


class Chip(NamedTuple):
    label: str
    url: str


def of(filterset) -> list[Chip]:
    """One chip for each value that a valid filterset was given, in the order of its fields."""
    return [
        Chip(_label(filterset, name, value), _url_without(filterset.data, name, value))
        for name, value in _asked(filterset)
    ]


def in_words(filterset) -> str:
    """All that was asked, in one phrase: “Until April 1952 · Diplomacy or Trade”."""
    either = pgettext("between two filters", " or ")
    return "\N{NO-BREAK SPACE}· ".join(
        either.join(_label(filterset, name, value) for _name, value in asked)
        for name, asked in groupby(_asked(filterset), key=itemgetter(0))
    )


def _asked(filterset) -> list[tuple]:
    return [
        (name, value)
        for name in filterset.form.fields
        if name not in ("order", "page")
        for value in _values(filterset.form.cleaned_data.get(name))
    ]


def _values(cleaned) -> list:
    if isinstance(cleaned, list):
        return cleaned
    return [cleaned] if cleaned else []


def _raw(value) -> str:
    return getattr(value, "slug", str(value))


def _label(filterset, name: str, value) -> str:
    if isinstance(value, DateRange):
        return wording.date_range(value)
    if isinstance(value, PartialDate):
        pattern = {"from": _("From %(date)s"), "to": _("Until %(date)s")}[name]
        return pattern % {"date": wording.partial_date(value)}
    if name == "q":
        return f"“{value}”"
    if name == "country":
        return wording.country(value)
    if name == "language":
        return wording.language(value)
    if hasattr(value, "heading"):
        return value.heading.text
    return str(dict(filterset.form.fields[name].choices)[value])


def _url_without(data: QueryDict, name: str, value) -> str:
    """The query string without that value, and back on the first page."""
    rest = data.copy()
    rest.pop("page", None)
    rest.setlist(name, [one for one in rest.getlist(name) if one.strip() != _raw(value)])
    return f"?{rest.urlencode()}"
