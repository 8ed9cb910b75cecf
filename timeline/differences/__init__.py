"""What distinguishes two versions of a record, in words: labels of fields, old and new value."""

import difflib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timeline import wording
from timeline.dates import DateRange
from timeline.differences.names import Names
from timeline.differences.rows import Row, joined, rows
from timeline.history import NOT_PUBLIC
from timeline.models import (
    AgreementDate,
    AgreementLink,
    Citation,
    Dispute,
    EventLink,
    Participation,
    StoryStep,
    Tenure,
)
from timeline.models.base import TARGET_LANGUAGES
from timeline.pictures import MODELS
from timeline.seeding.schema import KINDS

# What became of the record is told by the action; when, by the date of the version.
TOLD_BY_ACTION = {"status", "reason", "merged_into", "slug"}
LISTS = {
    "citations": Citation,
    "participants": Participation,
    "agreements": AgreementLink,
    "related": EventLink,
    "offices": Tenure,
    "dates": AgreementDate,
    "disputes": Dispute,
    "steps": StoryStep,
}
COLUMNS = {"date": "start", "years": "first_year"}
LABELS = {
    "translations": gettext_lazy("state of the translations"),
    "date": gettext_lazy("date"),
    "years": gettext_lazy("years"),
    "id": gettext_lazy("number"),
}
# Texts of which less than this is the same are easier to read one after the other.
ALIKE = 0.5
WORDS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|\w+|\s+|.", re.DOTALL)


@dataclass(frozen=True)
class Difference:
    """One thing that changed. Where one of the values is "", it was added or taken away."""

    label: str
    old: str
    new: str
    language: str = ""

    @property
    def pieces(self) -> list[tuple[str, str]]:
        """The new text with what was taken out: ("", kept), ("del", old), ("ins", new) …"""
        old, new = WORDS.findall(self.old), WORDS.findall(self.new)
        matcher = difflib.SequenceMatcher(None, old, new, False)
        blocks = matcher.get_matching_blocks()
        shared = [word for at, _there, size in blocks for word in old[at : at + size]]
        if _count(shared) < ALIKE * min(_count(old), _count(new)):
            found = [("del", self.old), ("ins", self.new)]
        else:
            found = []
            for kind, a, b, c, d in matcher.get_opcodes():
                texts = [("del", "".join(old[a:b])), ("ins", "".join(new[c:d]))]
                found += [("", "".join(old[a:b]))] if kind == "equal" else texts
        return [(kind, text) for kind, text in found if text]


def _count(words: list[str]) -> int:
    return sum(not word.isspace() for word in words)


def differences(kind: str, old: dict, new: dict, names: Names) -> list[Difference]:
    """What changed from one picture of a record to another, in the order of the data files."""
    unsaid = NOT_PUBLIC | TOLD_BY_ACTION if names.public else {"id", "added", "changed"}
    found = []
    # A database may keep a picture in an order of its own.
    for name in [name for name in KINDS[kind].model_fields if name in {*old, *new}]:
        if name not in unsaid and old.get(name) != new.get(name):
            found += _of_field(kind, name, old.get(name), new.get(name), names)
    return found


def _of_field(kind, name, old, new, names) -> Iterator[Difference]:
    if name in LISTS:
        label = str(LISTS[name]._meta.verbose_name_plural)
        yield from _of_rows(label, rows(name, old, names), rows(name, new, names))
        if name == "steps":
            yield from _of_order(old or [], new or [])
    elif isinstance(old or new, dict) and name != "translations":
        for code, _language in settings.LANGUAGES:
            before, after = (old or {}).get(code, ""), (new or {}).get(code, "")
            if before != after:
                yield Difference(_label(kind, f"{name}_{code}"), before, after, code)
    else:
        before, after = _words(kind, name, old, names), _words(kind, name, new, names)
        if before != after:
            yield Difference(_label(kind, name), before, after)


def _of_rows(label: str, old: list[Row], new: list[Row]) -> Iterator[Difference]:
    gone, come = list((Counter(old) - Counter(new)).elements()), []
    for row in (Counter(new) - Counter(old)).elements():
        before = next((one for one in gone if one.identity == row.identity), None)
        if before:
            gone.remove(before)
            yield Difference(label, before.words, row.words)
        else:
            come.append(row)
    yield from (Difference(label, row.words, "") for row in gone)
    yield from (Difference(label, "", row.words) for row in come)


def _of_order(old: list[dict], new: list[dict]) -> Iterator[Difference]:
    """Whether the steps that stand in both stand in another order."""
    both = {one["anchor"] for one in old} & {one["anchor"] for one in new}
    before, after = ([one for one in steps if one["anchor"] in both] for steps in (old, new))
    if [one["anchor"] for one in before] != [one["anchor"] for one in after]:
        old_order, new_order = (
            joined(one["heading"].get("en", "") for one in steps) for steps in (before, after)
        )
        yield Difference(_("order of the steps"), old_order, new_order, "en")


def _label(kind: str, name: str) -> str:
    if name in LABELS:
        return str(LABELS[name])
    return str(MODELS[kind]._meta.get_field(COLUMNS.get(name, name)).verbose_name)


def _words(kind: str, name: str, value, names: Names) -> str:
    """The value of a field as a reader would say it."""
    if value in (None, "", [], {}):
        return ""
    if name == "translations":
        states = {"reviewed": _("reviewed"), "unreviewed": _("not yet reviewed")}
        return joined(
            f"{wording.language(code)}: {states.get(value[code].split()[0], value[code])}"
            for code in TARGET_LANGUAGES
            if code in value
        )
    if name in ("sectors", "parties"):
        return ", ".join(filter(None, (names.of(_kind(name), slug) for slug in value)))
    if name == "merged_into":
        return names.of(kind, value)
    if name == "place":
        return names.of("places", value)
    if name == "country":
        return wording.country(value)
    if name == "language":
        return wording.language(value)
    if isinstance(value, list):
        return joined(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name in ("date", "accessed"):
        return wording.date_range(DateRange.parse(value))
    column = MODELS[kind]._meta.get_field(COLUMNS.get(name, name))
    return str(dict(column.flatchoices).get(value, value))


def _kind(name: str) -> str:
    return {"sectors": "sectors", "parties": "actors"}[name]
