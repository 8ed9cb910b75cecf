"""Two people changed one record: what each of them has in which field, and what to keep.

A form is compared as a browser sends it: texts by the name of the field. Three states matter:
what the form showed when it was opened, what stands in the database now ("theirs"), and what
was typed ("mine"). This module knows forms and rows, and nothing of the admin.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.forms.formsets import DELETION_FIELD_NAME
from django.http import QueryDict

MINE, THEIRS = "mine", "theirs"
MOST_ROWS = 1000
Values = dict[str, list[str]]


def sent(data, name: str) -> list[str]:
    """The values of a field as a browser sent them, without differences that mean nothing."""
    texts = (text.replace("\r\n", "\n").strip() for text in data.getlist(name))
    return sorted(text for text in texts if text)


def shown(bound) -> list[str]:
    """The values that a field shows before anything is typed."""
    value = bound.value()
    if isinstance(value, bool) or value is None:
        return ["on"] if value else []
    if not isinstance(value, str) and hasattr(value, "__iter__"):
        texts = [str(getattr(one, "pk", one)) for one in value]
    else:
        formatted = bound.field.widget.format_value(value)
        texts = formatted if isinstance(formatted, list) else [formatted or ""]
    texts = (str(text).replace("\r\n", "\n").strip() for text in texts)
    return sorted(text for text in texts if text)


@dataclass
class Sheet:
    """A filled-in form: its fields, and the rows of each of its lists by their prefix."""

    fields: Values = field(default_factory=dict)
    rows: dict[str, list[Values]] = field(default_factory=dict)

    def as_json(self) -> str:
        return json.dumps({"fields": self.fields, "rows": self.rows}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Sheet | None":
        """The sheet; None when the text is none of ours."""
        try:
            said = json.loads(text)
            sheet = cls(dict(said["fields"]), {k: list(v) for k, v in said["rows"].items()})
            rows = [row for of_list in sheet.rows.values() for row in of_list]
            ok = all(
                isinstance(value, list) and all(isinstance(one, str) for one in value)
                for values in [sheet.fields, *rows]
                for value in values.values()
            )
        except (ValueError, TypeError, KeyError, AttributeError):
            return None
        return sheet if ok else None


def sheet_shown(form, formsets) -> Sheet:
    """What the form shows before anything is typed."""
    sheet = Sheet({name: shown(form[name]) for name in compared_fields(form)})
    for formset in formsets:
        sheet.rows[formset.prefix] = [
            {name: shown(one[name]) for name in row_fields(formset)}
            for one in formset.initial_forms
        ]
    return sheet


def sheet_sent(data, form, formsets) -> Sheet:
    """What was typed. A row struck out is not there, nor is one that was left as it came."""
    sheet = Sheet({name: sent(data, name) for name in compared_fields(form)})
    for formset in formsets:
        empty = formset.empty_form
        blank = {name: shown(empty[name]) for name in row_fields(formset)}
        sheet.rows[formset.prefix] = list(_rows_sent(data, formset.prefix, blank))
    return sheet


def _rows_sent(data, prefix: str, blank: Values) -> Iterator[Values]:
    try:
        total = min(int(data.get(f"{prefix}-TOTAL_FORMS", "")), MOST_ROWS)
    except ValueError:
        return
    for number in range(total):
        row = {name: sent(data, f"{prefix}-{number}-{name}") for name in blank}
        if sent(data, f"{prefix}-{number}-{DELETION_FIELD_NAME}"):
            continue
        if row["id"] or content(row) != content(blank):
            yield row


def compared_fields(form) -> list[str]:
    """The fields that stand in the record; the reason for the change does not."""
    columns = {column.name for column in form.instance._meta.get_fields()}
    return [name for name in form.fields if name in columns]


def row_fields(formset) -> list[str]:
    names = formset.empty_form.fields
    return [name for name in names if name not in (DELETION_FIELD_NAME, formset.fk.name)]


def content(row: Values | None) -> Values | None:
    return row and {name: value for name, value in row.items() if name != "id"}


@dataclass
class Choice:
    """A field or a row that is not the same in both; None stands for a row that is not there."""

    prefix: str
    name: str
    base: Values | None
    theirs: Values | None
    mine: Values | None
    preset: str

    @property
    def key(self) -> str:
        return f"{self.prefix}:{self.name}"


def compare(base: Sheet | None, theirs: Sheet, mine: Sheet) -> list[Choice]:
    """Where the two differ. What only one of them changed is preset to that; the rest is open."""
    choices = []
    for name, value in theirs.fields.items():
        typed = mine.fields.get(name, [])
        if typed != value:
            before = base and base.fields.get(name, [])
            preset = _preset(before, value, typed) if base else ""
            start = None if before is None else {name: before}
            choices.append(Choice("", name, start, {name: value}, {name: typed}, preset))
    for prefix, rows in theirs.rows.items():
        known = base.rows.get(prefix, []) if base else None
        choices += _compare_rows(prefix, known, rows, mine.rows.get(prefix, []))
    return choices


def _preset(base, theirs, mine) -> str:
    if base == theirs:
        return MINE
    return THEIRS if base == mine else ""


def _compare_rows(prefix, base, theirs, mine) -> Iterator[Choice]:
    here = {number(row): row for row in theirs}
    before = {number(row): row for row in base or []}
    # What was written anew says the same under another number.
    now = _renumbered(before, here)
    typed, new = {}, []
    for row in mine:
        found = now.get(number(row), number(row))
        if found and (found in here or found in before):
            typed[found] = row
        else:
            new.append(row)
    new = list(_not_alike(new, here, before, typed))
    start = {now.get(key, key): row for key, row in before.items()}
    for key in dict.fromkeys([*here, *typed]):
        values = [content(rows.get(key)) for rows in (start, here, typed)]
        if values[1] != values[2]:
            preset = "" if base is None else _preset(*values)
            yield Choice(prefix, key, start.get(key), here.get(key), typed.get(key), preset)
    for place, row in enumerate(new):
        yield Choice(prefix, f"new{place}", None, None, row, MINE if base is not None else "")


def _not_alike(new, here, before, typed) -> Iterator[Values]:
    """The new rows but those that the other has added as well: these are the same row."""
    for row in new:
        added = (key for key in here if key not in before and key not in typed)
        same = next((key for key in added if content(here[key]) == content(row)), None)
        if same:
            typed[same] = row
        else:
            yield row


def number(row: Values) -> str:
    return "".join(row.get("id", []))


def _renumbered(before: dict, here: dict) -> dict[str, str]:
    spare = {key: content(row) for key, row in here.items() if key not in before}
    now = {}
    for key, row in before.items():
        if key not in here:
            same = next((other for other, said in spare.items() if said == content(row)), None)
            if same:
                now[key] = same
                del spare[same]
    return now


def mixed(theirs: Sheet, choices: list[Choice], picks: dict[str, str]) -> QueryDict:
    """The form as it is sent when each difference is decided: what is not picked is theirs."""
    data = QueryDict(mutable=True)
    picked = {one.key: one for one in choices if picks.get(one.key) == MINE}
    for name, value in theirs.fields.items():
        one = picked.get(f":{name}")
        data.setlist(name, one.mine[name] if one else value)
    for prefix, rows in theirs.rows.items():
        kept = [(row, picked.get(f"{prefix}:{number(row)}")) for row in rows]
        numbers = {f"{prefix}:{number(row)}" for row in rows}
        new = [
            one.mine
            for key, one in picked.items()
            if one.prefix == prefix and key not in numbers and one.mine
        ]
        for place, (row, one) in enumerate(kept):
            _put(data, f"{prefix}-{place}", (one and one.mine) or row, row["id"])
            if one and one.mine is None:
                data[f"{prefix}-{place}-{DELETION_FIELD_NAME}"] = "on"
        for place, row in enumerate(new, len(rows)):
            _put(data, f"{prefix}-{place}", row, [])
        data[f"{prefix}-INITIAL_FORMS"] = str(len(rows))
        data[f"{prefix}-TOTAL_FORMS"] = str(len(rows) + len(new))
    return data


def _put(data: QueryDict, prefix: str, row: Values, identity: list[str]) -> None:
    for name, value in (row | {"id": identity}).items():
        data.setlist(f"{prefix}-{name}", value)
