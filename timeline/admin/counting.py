"""Numbers that follow from the record: counted once, and kept until it changes."""

from collections.abc import Callable
from contextlib import suppress

from django.core.cache import cache
from django.db import connection
from django.utils.timezone import localdate
from redis.exceptions import RedisError

from timeline.models import Edition

HOLDS = 60 * 60
"""After so many seconds they are counted anew all the same: the program may have changed."""


def kept(name: str, count: Callable[[], dict[str, int]]) -> dict[str, int]:
    """What `count` says, asked once for each state of the record and day.

    The key holds the mark of the edition, as that of a cached page does.
    """
    # What a transaction has written raises the edition only when it ends.
    if connection.in_atomic_block:
        return count()
    mark = Edition.objects.mark()
    key = f"counted:{name}:{mark}:{localdate()}"
    with suppress(RedisError):
        if (found := cache.get(key)) is not None:
            return found
    numbers = count()
    if mark is not None:
        with suppress(RedisError):  # They can be counted without the cache.
            cache.set(key, numbers, HOLDS)
    return numbers
