"""Do the addresses of the sources still answer? A round asks those that are due, politely."""

import heapq
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from django.utils import timezone

from timeline.choices import LinkStatus
from timeline.linkcheck.asking import Answer, ask, is_public
from timeline.models import LinkCheck, Source
from timeline.models.links import ADDRESSES

__all__ = ["Answer", "Link", "ask", "due", "is_public", "note", "walk"]

TOO_MANY = 429


class Link(NamedTuple):
    """An address that a source gives, in one of its columns."""

    source: int
    column: str
    address: str

    @property
    def host(self) -> str:
        try:
            return urlsplit(self.address).hostname or ""
        except ValueError:
            return ""


def due(since: datetime, *, host: str = "") -> list[Link]:
    """The addresses that were not asked since then: first those never asked, then the oldest.

    A round that was broken off therefore goes on where it stopped.
    """
    asked = {
        (check.source_id, check.column, check.address): check.checked
        for check in LinkCheck.objects.all()
    }
    found = []
    for number, *addresses in Source.objects.at_work().values_list("pk", *ADDRESSES):
        for column, address in zip(ADDRESSES, addresses, strict=True):
            link = Link(number, column, address)
            last = asked.get(tuple(link))
            if address and host in ("", link.host) and not (last and last >= since):
                found.append((last is not None, last or since, link))
    return [link for *_order, link in sorted(found)]


def walk(
    links: list[Link],
    *,
    pace: float,
    ask: Callable[[str], Answer] = ask,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[tuple[Link, Answer]]:
    """Ask the addresses, no host more often than once in `pace` seconds.

    While one host is left in peace the others are asked. A host that says it is asked too
    much is not asked again in this round.
    """
    waiting = defaultdict(deque)
    for link in links:
        waiting[link.host].append(link)
    ready = [(0.0, place, host) for place, host in enumerate(waiting)]
    while ready:
        when, place, host = heapq.heappop(ready)
        if (wait := when - clock()) > 0:
            sleep(wait)
        link = waiting[host].popleft()
        answer = ask(link.address)
        yield link, answer
        if waiting[host] and answer.code != TOO_MANY:
            heapq.heappush(ready, (clock() + pace, place, host))


def note(link: Link, answer: Answer) -> LinkCheck:
    """Write down what came of asking. No source is changed."""
    now = timezone.now()
    check, _is_new = LinkCheck.objects.get_or_create(
        source_id=link.source,
        column=link.column,
        defaults={"address": link.address, "status": answer.status, "checked": now},
    )
    if check.address != link.address:
        check.address, check.failures, check.answered = link.address, 0, None
    has_failed = answer.status in (LinkStatus.TIMEOUT, LinkStatus.UNREACHABLE)
    check.failures = check.failures + 1 if has_failed else 0
    check.status, check.code, check.checked = answer.status, answer.code, now
    check.moved_to = answer.at[:2000] if answer.status == LinkStatus.MOVED else ""
    if answer.status in (LinkStatus.ANSWERS, LinkStatus.MOVED):
        check.answered = now
    check.save()
    return check
