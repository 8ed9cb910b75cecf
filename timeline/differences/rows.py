"""What hangs on a record – citations, participants, dates, steps … – as lines in words."""

from collections.abc import Iterable
from typing import NamedTuple

from django.conf import settings

from timeline import wording
from timeline.dates import DateRange
from timeline.differences.names import Names
from timeline.models import (
    AgreementDate,
    AgreementLink,
    Citation,
    Claim,
    Dispute,
    EventLink,
    Participation,
)


class Row(NamedTuple):
    """One line of a list: by what it is recognised when it changes, and what it says."""

    identity: str
    words: str


def rows(name: str, said: list[dict] | None, names: Names) -> list[Row]:
    """The lines of the list of that name, but for those of which readers may not know."""
    read = _ROWS[name]
    return [row for one in said or [] if (row := read(one, names))]


def joined(parts: Iterable[str]) -> str:
    return " · ".join(part for part in parts if part)


def _choice(model, name: str, value) -> str:
    if value is None:
        return ""
    return str(dict(model._meta.get_field(name).flatchoices).get(value, value))


def _named(kind: str, slug: str, names: Names, *more: str) -> Row | None:
    """A line about another record; none where readers may not know of that."""
    name = names.of(kind, slug)
    return Row(slug, joined([name, *more])) if name else None


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
    return Row(title, joined([title, institution, held, _cited(one, names)]))


def _date(one: dict, names: Names) -> Row:
    kind = _choice(AgreementDate, "kind", one["kind"])
    when = wording.date_range(DateRange.parse(one["date"]))
    place = names.of("places", one.get("place"))
    return Row(one["kind"], joined([kind, when, place, _cited(one, names)]))


def _dispute(one: dict, names: Names) -> Row | None:
    # Readers see a question once it is decided.
    if names.public and not any(claim.get("preferred") for claim in one.get("claims", [])):
        return None
    claims = [
        joined(
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
    return Row(question, joined([about, question, _text(one.get("reason")), *claims]))


def _step(one: dict, names: Names) -> Row:
    told = "; ".join(filter(None, (names.of("events", slug) for slug in one.get("events", []))))
    texts = [_text(one.get("heading")), _text(one.get("text"))]
    return Row(one["anchor"], joined([*texts, told, _cited(one, names)]))


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
