"""Which records already there may be the one that is being entered.

Each answer is a suspicion for a curator to look at: nothing is refused because of it.
"""

import datetime

from django.db.models import Q

from timeline.dates import DateRange, PartialDate, Precision
from timeline.models import Actor, Event, Source
from timeline.text import fold

DAYS_AROUND = 10
"""Reports of one event differ by a few days: when it was held, told, or printed."""
MOST = 10
# Words that nearly every title of this record has; they make no two events alike.
_COMMON = frozenset(["japan", "japanese", "turkey", "turkish", "turkiye", "between", "first"])
_COMMON |= {"the", "and", "for", "from", "with", "into"}


def like_event(title: str, when: DateRange, actors=(), sectors=()) -> list[Event]:
    """Events near that date with the like title or the same participants, the likest first.

    `actors` and `sectors` are primary keys. Alike are two events of which one has half of the
    other's telling words in its title, or that share an actor and a sector within days.
    """
    words, actors, sectors = telling_words(title), set(actors), set(sectors)
    near = Event.objects.overlapping(_around(when)).standing()
    is_close = when.precision is not Precision.YEAR
    ranked = []
    near = near.defer("folded", "note", "summary_en", "summary_tr", "summary_ja")
    for event in near.prefetch_related("participants", "sector_links").in_order():
        share = _share(words, telling_words(event.title_en))
        is_shared = (
            is_close
            and event.when.precision is not Precision.YEAR
            and actors & {one.actor_id for one in event.participants.all()}
            and sectors & {link.sector_id for link in event.sector_links.all()}
        )
        if share >= 0.5 or is_shared:
            ranked.append((share, event))
    ranked.sort(key=lambda pair: -pair[0])
    return [event for _share_of, event in ranked[:MOST]]


def like_actor(names) -> list[Actor]:
    """Actors of which a name or a spelling is one of these."""
    wanted = {fold(_searchable(name)) for name in names} - {""}
    if not wanted:
        return []
    named = Q(*(Q(folded__contains=name) for name in wanted), _connector=Q.OR)
    found = Actor.objects.filter(named).standing().by_name()
    return [one for one in found if wanted & {fold(name) for name in one.all_names}][:MOST]


def like_source(urls, title: str, publisher: str) -> list[Source]:
    """Sources that can be read at one of the addresses, or with that title and publisher."""
    urls, title = [_searchable(url) for url in urls], _searchable(title)
    same = Q(pk__in=[])
    if addresses := {form for url in urls if url for form in _forms_of(url)}:
        for field in ("url", "copy_url", "archived_url"):
            same |= Q(**{f"{field}__in": addresses})
    wanted = (fold(title), fold(publisher))
    if wanted[0]:
        same |= Q(folded__contains=wanted[0])
    found = Source.objects.filter(same).standing()
    return [
        one
        for one in found
        if addresses & {one.url, one.copy_url, one.archived_url}
        or (wanted[0] and (fold(one.title), fold(one.publisher)) == wanted)
    ][:MOST]


def _searchable(text: str) -> str:
    """No database searches for a NUL."""
    return text.replace("\x00", "")


def telling_words(title: str) -> frozenset[str]:
    """The folded words of a title by which it can be told from another."""
    cleaned = "".join(letter if letter.isalnum() else " " for letter in fold(title))
    return frozenset(word for word in cleaned.split() if len(word) > 2) - _COMMON


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of the shorter title is in the longer."""
    shortest = min(len(one), len(other))
    return len(one & other) / shortest if shortest else 0.0


def _around(when: DateRange) -> DateRange:
    """The same time with some days on either side."""
    days = datetime.timedelta(DAYS_AROUND)
    first = max(when.earliest, datetime.date.min + days) - days
    last = min(when.latest, datetime.date.max - days) + days
    return DateRange(*(PartialDate(day.year, day.month, day.day) for day in (first, last)))


def _forms_of(url: str) -> set[str]:
    """An address with and without its security and its last slash: mostly one document."""
    rest = url.strip().partition("#")[0]
    for scheme in ("https://", "http://"):
        rest = rest.removeprefix(scheme)
    rest = rest.removesuffix("/")
    return {f"{scheme}://{rest}{end}" for scheme in ("http", "https") for end in ("", "/")} | {url}
