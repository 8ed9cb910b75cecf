"""The page that shows two states of a form side by side: what it reads, and what it shows."""

from dataclasses import dataclass, field

from django import forms
from django.core.exceptions import BadRequest, ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from timeline.admin.conflicts import MINE, THEIRS, Choice, Sheet, Values, compare, mixed, sheet_sent
from timeline.admin.conflicts import sheet_shown as sheet_of
from timeline.admin.typed_dates import TypedDateField, plainly

RESOLVING, BASE, TYPED, OPENED, ALL = "_resolving", "_base", "_typed", "_opened", "_all"
OWN = {RESOLVING, BASE, TYPED, OPENED, ALL, "_version", "_loaded", "_reopen", "_guarded"}
OWN.add("csrfmiddlewaretoken")
PICK = "keep:"


@dataclass
class Shown:
    """One difference in words; a row has several lines, a field has one."""

    key: str
    label: str
    base: list[tuple[str, str]]
    theirs: list[tuple[str, str]]
    mine: list[tuple[str, str]]
    picked: str
    is_row: bool
    is_missed: bool
    is_base_known: bool


@dataclass
class Conflict:
    """What someone typed, and what someone else saved while they did."""

    version: str
    seen: str
    base: Sheet | None
    theirs: Sheet
    mine: Sheet
    choices: list[Choice]
    picks: dict[str, str]
    is_answer: bool
    passed: list[tuple[str, str]]
    form: forms.ModelForm
    formsets: dict[str, forms.BaseFormSet] = field(default_factory=dict)

    @property
    def is_decided(self) -> bool:
        return self.is_answer and all(one.key in self.picks for one in self.choices)

    def result(self) -> QueryDict:
        data = mixed(self.theirs, self.choices, self.picks)
        for name, value in self.passed:
            data.appendlist(name, value)
        for prefix, formset in self.formsets.items():
            for name in ("MIN_NUM_FORMS", "MAX_NUM_FORMS"):
                data[f"{prefix}-{name}"] = str(formset.management_form[name].value())
        return data

    def shown(self) -> list[Shown]:
        return [self._shown(one) for one in self.choices]

    def _shown(self, one: Choice) -> Shown:
        if one.prefix:
            formset = self.formsets[one.prefix]
            fields, label = formset.empty_form.fields, formset.model._meta.verbose_name
        else:
            fields = self.form.fields
            label = fields[one.name].label
        picked = self.picks.get(one.key, one.preset)
        return Shown(
            one.key,
            str(label),
            *(_lines(fields, values) for values in (one.base, one.theirs, one.mine)),
            picked,
            bool(one.prefix),
            self.is_answer and not picked,
            self.base is not None,
        )


def read(data, form, formsets, version: str) -> Conflict:
    """What was typed and what stands there now; `version` is that of the record now."""
    theirs = sheet_of(form, formsets)
    is_answer = RESOLVING in data
    if is_answer:
        mine, base = Sheet.from_json(data.get(TYPED, "")), Sheet.from_json(data.get(BASE, ""))
        opened = data.get(OPENED, "")
        if mine is None:
            raise BadRequest("What was typed cannot be read.")
    else:
        mine, base = sheet_sent(data, form, formsets), Sheet.from_json(data.get("_loaded", ""))
        opened = data.get("_version", "")
    known = [sheet for sheet in (theirs, base) if sheet]
    choices = compare(base, theirs, _with_dates_as_shown(mine, known, form, formsets))
    # Answers to what has changed once more are answers to another question.
    is_answer = is_answer and data.get("_version") == version
    return Conflict(
        opened,
        version,
        base,
        theirs,
        mine,
        choices,
        _picks(data, choices) if is_answer else {},
        is_answer,
        _passed(data, form, formsets),
        form,
        {formset.prefix: formset for formset in formsets},
    )


def _with_dates_as_shown(mine: Sheet, known: list[Sheet], form, formsets) -> Sheet:
    """What was typed; but a date that stands there already is written as it stands.

    “6 August 1924” is no other date than 1924-08-06. Every other date stays as it was typed.
    """
    fields = _dates_as_shown(mine.fields, [one.fields for one in known], form.fields)
    rows = {}
    for formset in formsets:
        there = [row for one in known for row in one.rows.get(formset.prefix, [])]
        rows[formset.prefix] = [
            _dates_as_shown(row, there, formset.empty_form.fields)
            for row in mine.rows.get(formset.prefix, [])
        ]
    return Sheet(fields, rows)


def _dates_as_shown(typed: Values, there: list[Values], fields: dict) -> Values:
    said = dict(typed)
    for name, texts in typed.items():
        if isinstance(fields.get(name), TypedDateField):
            plain = [plainly(text) for text in texts]
            if any(values.get(name) == plain for values in there):
                said[name] = plain
    return said


def _picks(data, choices) -> dict[str, str]:
    picks = {}
    for one in choices:
        pick = data.get(ALL) or data.get(PICK + one.key)
        if pick in (MINE, THEIRS):
            picks[one.key] = pick
    return picks


def _passed(data, form, formsets) -> list[tuple[str, str]]:
    """What else was sent: which button was pressed, and why the change is made."""
    compared = set(sheet_of(form, []).fields)
    prefixes = tuple(f"{formset.prefix}-" for formset in formsets)
    return [
        (name, value)
        for name, values in data.lists()
        for value in values
        if name not in OWN | compared and not name.startswith((*prefixes, PICK))
    ]


def _lines(fields, values) -> list[tuple[str, str]]:
    return [
        (str(fields[name].label or ""), words(fields[name], texts))
        for name, texts in (values or {}).items()
        if name in fields and texts and name != "id"
    ]


def words(one: forms.Field, texts: list[str]) -> str:
    """The values of a field as the form shows them."""
    if isinstance(one, forms.ModelChoiceField):
        try:
            return ", ".join(str(record) for record in one.queryset.filter(pk__in=texts))
        except (ValueError, ValidationError):
            return ", ".join(texts)
    if isinstance(one, forms.ChoiceField):
        named = dict(_flat(one.choices))
        return ", ".join(str(named.get(text, text)) for text in texts)
    if isinstance(one, forms.BooleanField):
        return _("yes")
    return "\n".join(texts)


def _flat(choices):
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield str(value), label
