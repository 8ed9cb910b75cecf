"""What distinguishes two versions of a record, in words: labels of fields, old and new value."""

import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timeline import wording
from timeline.dates import DateRange
from timeline.history import NOT_PUBLIC
from timeline.models import (
    AgreementDate,
    AgreementLink,
    Citation,
    Claim,
    Dispute,
    EventLink,
    Participation,
    StoryStep,
    Tenure,
)
from timeline.models.base import TARGET_LANGUAGES, Record
from timeline.pictures import MODELS, references
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


class Row(NamedTuple):
    """One line of a list: by what it is recognised when it changes, and what it says."""

    identity: str
    words: str


@dataclass
class Names:
    """What the records that pictures refer to are called; loaded for many pictures at once.

    With `public`, a record that readers cannot open has no name.
    """

    public: bool = False
    called: dict[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def in_pictures(cls, pictures: Iterable[tuple[str, dict]], *, public: bool = False):
        wanted = defaultdict(set)
        for kind, picture in pictures:
            for target, slug in references(kind, picture):
                wanted[target].add(slug)
        called = {}
        for kind, model in MODELS.items():
            records = model.objects.filter(slug__in=wanted[kind])
            if public and issubclass(model, Record):
                records = records.published()
            called |= {(kind, one.slug): one.heading.text or str(one) for one in records}
        return cls(public, called)

    def of(self, kind: str, slug: str | None) -> str:
        """The name; "" where there is none to show."""
        if not slug:
            return ""
        return self.called.get((kind, slug), "" if self.public else slug)


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
        yield from _of_rows(label, _rows(name, old, names), _rows(name, new, names))
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
            _joined(one["heading"].get("en", "") for one in steps) for steps in (before, after)
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
        return _joined(
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
        return _joined(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name in ("date", "accessed"):
        return wording.date_range(DateRange.parse(value))
    column = MODELS[kind]._meta.get_field(COLUMNS.get(name, name))
    return str(dict(column.flatchoices).get(value, value))


def _kind(name: str) -> str:
    return {"sectors": "sectors", "parties": "actors"}[name]


def _rows(name: str, rows: list[dict] | None, names: Names) -> list[Row]:
    read = _ROWS[name]
    return [row for one in rows or [] if (row := read(one, names))]


def _joined(parts: Iterable[str]) -> str:
    return " · ".join(part for part in parts if part)


def _choice(model, name: str, value) -> str:
    if value is None:
        return ""
    return str(dict(model._meta.get_field(name).flatchoices).get(value, value))


def _named(kind: str, slug: str, names: Names, *more: str) -> Row | None:
    """A line about another record; none where readers may not know of that."""
    name = names.of(kind, slug)
    return Row(slug, _joined([name, *more])) if name else None


def _citation(one: dict, names: Names) -> Row | None:
    part = _choice(Citation, "part", one.get("part"))
    stance = _choice(Citation, "stance", one.get("stance"))
    more = [part, stance, one.get("locator", ""), one.get("note", "")]
    row = _named("sources", one["source"], names, *more)
    return row and Row(f"{one['source']} {one.get('part')}", row.words)


def _cited(one: dict, names: Names) -> str:
    """The sources of a part, by name."""
    sources = (names.of("sources", cited["source"]) for cited in one.get("citations", []))
    return "; ".join(filter(None, sources))


def _participant(one: dict, names: Names) -> Row | None:
    return _named("actors", one["actor"], names, _choice(Participation, "role", one.get("role")))


def _agreement(one: dict, names: Names) -> Row | None:
    relation = _choice(AgreementLink, "relation", one["relation"])
    return _named("agreements", one["agreement"], names, relation)


def _related(one: dict, names: Names) -> Row | None:
    return _named("events", one["event"], names, _choice(EventLink, "relation", one["relation"]))


def _text(texts: dict | None) -> str:
    """Every language of a short text: a change of a translation is a change."""
    said = texts or {}
    return " / ".join(said[code] for code, _language in settings.LANGUAGES if code in said)


def _office(one: dict, names: Names) -> Row:
    held = " – ".join(filter(None, [one.get("start", ""), one.get("end", "")]))
    institution = names.of("actors", one.get("institution"))
    title = _text(one.get("title"))
    return Row(title, _joined([title, institution, held, _cited(one, names)]))


def _date(one: dict, names: Names) -> Row:
    kind = _choice(AgreementDate, "kind", one["kind"])
    when = wording.date_range(DateRange.parse(one["date"]))
    place = names.of("places", one.get("place"))
    return Row(one["kind"], _joined([kind, when, place, _cited(one, names)]))


def _dispute(one: dict, names: Names) -> Row | None:
    # Readers see a question once it is decided.
    if names.public and not any(claim.get("preferred") for claim in one.get("claims", [])):
        return None
    claims = [
        _joined(
            [
                wording.date_range(DateRange.parse(claim["date"])) if "date" in claim else "",
                _text(claim.get("value")),
                str(Claim._meta.get_field("preferred").verbose_name)
                if claim.get("preferred")
                else "",
                _cited(claim, names),
            ]
        )
        for claim in one.get("claims", [])
    ]
    question = _text(one.get("question"))
    about = _choice(Dispute, "about", one["about"])
    return Row(question, _joined([about, question, _text(one.get("reason")), *claims]))


def _step(one: dict, names: Names) -> Row:
    told = "; ".join(filter(None, (names.of("events", slug) for slug in one.get("events", []))))
    texts = [_text(one.get("heading")), _text(one.get("text"))]
    return Row(one["anchor"], _joined([*texts, told, _cited(one, names)]))


_ROWS = {
    "citations": _citation,
    "participants": _participant,
    "agreements": _agreement,
    "related": _related,
    "offices": _office,
    "dates": _date,
    "disputes": _dispute,
    "steps": _step,
}
