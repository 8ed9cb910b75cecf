"""What is asked of the data in an address: the page's filters, read without forgiveness.

A page passes over what it does not know; data must not, for a misspelt filter would silently
give everything.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from timeline.filters import (
    ActorFilter,
    AgreementFilter,
    EventFilter,
    PublicFilter,
    SourceFilter,
    StoryFilter,
)
from timeline.models import Actor, Agreement, Event, Sector, Source, Story
from timeline.parameters import ChoicesField, RepeatedField
from timeline.records import LANGUAGES, SHAPES


class SectorFilter(PublicFilter):
    class Meta:
        model = Sector
        fields = []


@dataclass(frozen=True)
class Table:
    """One kind of record as data: which records there are, in the order of their page."""

    records: Callable[[], QuerySet]
    filterset: type[PublicFilter]
    order: tuple[str, ...]
    """The columns of that order; the last of them tells any two records apart."""


TABLES = {
    "events": Table(
        lambda: Event.objects.published().in_order(),
        EventFilter,
        ("start_earliest", "start_latest", "slug"),
    ),
    "actors": Table(lambda: Actor.objects.published().by_name(), ActorFilter, ("name_en", "slug")),
    "agreements": Table(
        lambda: Agreement.objects.published().by_first_date(),
        AgreementFilter,
        ("first_date", "slug"),
    ),
    "sources": Table(
        lambda: Source.objects.published().in_order(), SourceFilter, ("publisher", "date", "slug")
    ),
    "stories": Table(lambda: Story.objects.published().in_order(), StoryFilter, ("id",)),
    "sectors": Table(
        lambda: Sector.objects.published().order_by("position", "slug"),
        SectorFilter,
        ("position", "slug"),
    ),
}


class Unreadable(Exception):
    """A question that cannot be answered; `errors` names each parameter with what is wrong."""

    def __init__(self, errors: dict[str, list[str]]):
        super().__init__(errors)
        self.errors = errors


class LanguageForm(forms.Form):
    """The language of the answer, where not all are given together."""

    lang = forms.ChoiceField(required=False, choices=[(code, code) for code in LANGUAGES])


class FieldsField(forms.CharField):
    """Names of fields of a record, separated by commas."""

    def __init__(self, *, known: list[str], **kwargs):
        super().__init__(max_length=400, **kwargs)
        self.known = known

    def clean(self, value):
        text = super().clean(value)
        names = [name.strip() for name in text.split(",")] if text else []
        for name in names:
            if name not in self.known:
                raise forms.ValidationError(
                    _("There is no field “%(name)s”. There are: %(known)s."),
                    params={"name": name[:40], "known": ", ".join(self.known)},
                )
        return names


class PageForm(LanguageForm):
    """What else may be asked of the API: which part of the list, and which fields."""

    limit = forms.IntegerField(required=False, min_value=1, max_value=200)
    cursor = forms.CharField(required=False, max_length=2000)

    def __init__(self, *args, kind: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["fields"] = FieldsField(required=False, known=list(SHAPES[kind].model_fields))


def read(kind: str, data: QueryDict, form: forms.Form | None = None) -> PublicFilter:
    """The filterset that answers, already valid; raises `Unreadable`.

    `form` reads the parameters that are no filters; it is valid too when this returns.
    """
    table = TABLES[kind]
    filterset = table.filterset(data, queryset=table.records())
    _refuse_unreadable(data, [filterset.form, *([form] if form else [])])
    return filterset


def asked_of(kind: str) -> dict[str, forms.Field]:
    """The parameters of a list, with the fields that read them."""
    filterset = TABLES[kind].filterset
    asked = filterset({}, queryset=filterset._meta.model.objects.none())
    return asked.form.fields | PageForm({}, kind=kind).fields


def only(data: QueryDict, form: forms.Form) -> None:
    """Read a question about one record, which knows no filters; raises `Unreadable`."""
    _refuse_unreadable(data, [form])


def _refuse_unreadable(data: QueryDict, read_by: list[forms.Form]) -> None:
    known = {name: field for form in read_by for name, field in form.fields.items()}
    problems = {name: _problem(name, values, known) for name, values in data.lists()}
    errors = {name: [problem] for name, problem in problems.items() if problem}
    for form in read_by:
        for name, said in form.errors.items():
            errors.setdefault(name, [str(problem) for problem in said])
    if errors:
        raise Unreadable(errors)


def _problem(name: str, values: list[str], known: dict[str, forms.Field]) -> str:
    """What is wrong with a parameter before its value is read; "" when nothing is."""
    if name not in known:
        return _("There is no such parameter. There are: %(known)s.") % {
            "known": ", ".join(sorted(known))
        }
    if not all(value.strip() for value in values):
        return _("The value is empty. Leave the parameter out to ask for everything.")
    may_repeat = isinstance(known[name], RepeatedField | ChoicesField)
    if len(values) > 1 and not may_repeat:
        return _("It may be given only once.")
    return ""
