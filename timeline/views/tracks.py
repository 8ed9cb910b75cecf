"""The typed dates of an agreement, one after the other."""

from collections.abc import Iterable
from itertools import pairwise

from timeline import wording
from timeline.footnotes import Footnotes
from timeline.models import AgreementDate


def stops(
    dates: Iterable[AgreementDate], notes: Footnotes | None = None, links: Iterable = ()
) -> list[dict]:
    """Each date with its marks and the time to the next one.

    With the agreement's links to events: whether the date places one of them.
    """
    found = [
        {
            "date": date,
            "marks": [] if notes is None else notes.mark(date.citations.all()),
            "places": any(date.places(link) for link in links),
            "gap": "",
        }
        for date in dates
    ]
    for stop, following in pairwise(found):
        stop["gap"] = wording.time_between(stop["date"].when, following["date"].when)
    return found
