"""Is the record true to its own rules? Each check looks at what a constraint cannot see."""

import re
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import combinations, groupby
from typing import NamedTuple
from urllib.parse import urlsplit

from timeline import checks
from timeline.choices import AgreementDateKind, AgreementRelation, EventRelation
from timeline.dates import DateRange, PartialDate
from timeline.models import Actor, Agreement, Event, Place, Source, Story
from timeline.text import fold

CENTURY = DateRange(PartialDate(1924), PartialDate(2025))
ALIKE = 0.87
"""From this likeness on, two titles of one date are taken for the same event."""

DATE_OF = {
    AgreementRelation.SIGNED: AgreementDateKind.SIGNED,
    AgreementRelation.RATIFIED: AgreementDateKind.RATIFIED,
    AgreementRelation.ENTERED_INTO_FORCE: AgreementDateKind.IN_FORCE,
    AgreementRelation.AMENDED: AgreementDateKind.AMENDED,
    AgreementRelation.TERMINATED: AgreementDateKind.TERMINATED,
}
MOJIBAKE = re.compile(
    r"[ÃÅ][\x80-\xbf‚„†‡‰Š‹ŒŽ•™š›œžŸ]|ã[\x80-\x83€‚ƒ]|\ufffd|[\x00-\x08\x0b-\x1f]"
)


class Finding(NamedTuple):
    """What is wrong with one record. An error must be mended; a warning is to be looked at."""

    is_error: bool
    record: object
    message: str


def findings() -> Iterator[Finding]:
    """Everything that is wrong with the published record."""
    events = list(
        Event.objects.published()
        .in_order()
        .select_related("place")
        .prefetch_related(
            "sector_links",
            "citations__source",
            "disputes__claims__citations",
            "participants__actor__tenures",
            "agreement_links__agreement__dates",
            "related__target",
        )
    )
    for event in events:
        yield from _publication(event)
        yield from _dates(event)
        yield from _claims(event)
        yield from _agreements(event)
        yield from _relations(event)
        yield from _offices(event)
    yield from _doubles(events)
    yield from _agreement_records()
    yield from _stories()
    yield from _unreferenced()
    yield from _addresses()
    yield from _letters(events)
    yield from _checks()


def _publication(record) -> Iterator[Finding]:
    for lack in record.missing():
        yield Finding(True, record, f"is published without {lack}")


def _dates(event) -> Iterator[Finding]:
    is_inside = event.when.may_overlap(CENTURY)
    if not is_inside and not event.background:
        yield Finding(True, event, "lies outside 1924–2025 and is not marked as background")
    if event.background and event.start.year >= CENTURY.start.year:
        yield Finding(True, event, "is marked as background and lies inside the century")


def _claims(record) -> Iterator[Finding]:
    for dispute in record.disputes.all():
        for claim in dispute.claims.all():
            if not claim.citations.all():
                yield Finding(False, record, f"claim “{claim}” names no source")
            if (
                isinstance(record, Event)
                and dispute.about == "date"
                and claim.preferred
                and claim.when
                and not claim.when.may_overlap(record.when)
            ):
                yield Finding(True, record, f"prefers {claim.when} and is dated {record.when}")


def _agreements(event) -> Iterator[Finding]:
    for link in event.agreement_links.all():
        kind = DATE_OF.get(link.relation)
        dates = [date for date in link.agreement.dates.all() if date.kind == kind]
        if kind and not dates:
            yield Finding(False, event, f"{link.agreement.slug} has no date “{kind}”")
        elif kind and not any(date.when.may_overlap(event.when) for date in dates):
            known = ", ".join(str(date.when) for date in dates)
            yield Finding(True, event, f"{link.agreement.slug} was {link.relation} on {known}")


def _relations(event) -> Iterator[Finding]:
    for link in event.related.all():
        other = link.target
        if not other.is_published:
            yield Finding(False, event, f"{link.relation} {other.slug}, which is not published")
        elif not _is_possible(event, link.relation, other):
            yield Finding(True, event, f"{link.relation} {other.slug} is impossible by their dates")


def _is_possible(event, relation: str, other) -> bool:
    match relation:
        case EventRelation.PART_OF:
            return event.when.may_overlap(other.when)
        case EventRelation.LEADS_TO:
            return event.when.earliest <= other.when.latest
        case _:  # follows, commemorates
            return other.when.earliest <= event.when.latest


def _offices(event) -> Iterator[Finding]:
    for participation in event.participants.all():
        actor = participation.actor
        if not actor.is_published:
            yield Finding(False, event, f"hides its participant {actor.slug}, not published")
        elif actor.tenures.all() and not actor.offices_on(event.when):
            yield Finding(False, event, f"no office of {actor.slug} covers the date")


def _doubles(events) -> Iterator[Finding]:
    for _start, same_day in groupby(events, key=lambda event: event.start):
        for one, other in combinations(same_day, 2):
            titles = fold(one.title_en), fold(other.title_en)
            if SequenceMatcher(None, *titles).ratio() >= ALIKE:
                yield Finding(True, one, f"looks like {other.slug}")


def _agreement_records() -> Iterator[Finding]:
    published = Agreement.objects.published().prefetch_related(
        "disputes__claims__citations", "citations", "dates__citations"
    )
    for agreement in published:
        yield from _publication(agreement)
        yield from _claims(agreement)
        if not agreement.dates.all():
            yield Finding(False, agreement, "has no typed date")


def _stories() -> Iterator[Finding]:
    for story in Story.objects.published().for_publication():
        yield from _publication(story)
        for step in story.steps.all():
            for event in step.events.all():
                if not event.is_published:
                    said = f"tells in “{step.anchor}” of {event.slug}, which is {event.status}"
                    yield Finding(False, story, said)


def _unreferenced() -> Iterator[Finding]:
    actors = Actor.objects.published().filter(participations=None, agreements=None, officers=None)
    places = Place.objects.standing().filter(events=None, agreement_dates=None)
    for record in [*actors, *Source.objects.published().filter(citations=None), *places]:
        yield Finding(True, record, "is referred to by nothing")


def _addresses() -> Iterator[Finding]:
    for source in Source.objects.exclude(url="", copy_url="", archived_url=""):
        for address in filter(None, (source.url, source.copy_url, source.archived_url)):
            try:
                host = urlsplit(address).hostname or ""
            except ValueError:
                host = ""
            if "." not in host or re.search(r"\s", address):
                yield Finding(True, source, f"has the address “{address}”")


def _letters(events) -> Iterator[Finding]:
    named = [*events, *Agreement.objects.all(), *Actor.objects.all(), *Place.objects.all()]
    named += Story.objects.prefetch_related("steps")
    for record in [*named, *Source.objects.all()]:
        texts = record.searched_texts() if hasattr(record, "searched_texts") else record.all_names
        own = record.own_texts() if hasattr(record, "own_texts") else texts
        for text in own:
            if MOJIBAKE.search(text):
                yield Finding(True, record, f"has broken letters in “{text[:60]}”")
            if words := [word for word in text.split() if _mixes_alphabets(word)]:
                yield Finding(True, record, f"mixes alphabets in “{words[0]}”")


def _checks() -> Iterator[Finding]:
    for check in checks.out_of_step():
        said = "still holds" if check.is_current else "no longer holds"
        yield Finding(True, check.record, f"says wrongly that its check {said}; save it once")


def _mixes_alphabets(word: str) -> bool:
    scripts = {unicodedata.name(letter, "").split()[0] for letter in word if letter.isalpha()}
    return len(scripts & {"LATIN", "CYRILLIC", "GREEK"}) > 1
