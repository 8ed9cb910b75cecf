"""Numbers that follow from the record: counted once, and kept until it changes."""

import datetime
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.utils.timezone import localdate, now
from redis.exceptions import RedisError

from timeline.models import Edition

HOLDS = 60 * 60
"""After so many seconds they are counted anew all the same: the program may have changed."""
SLOW, SHARE = 1.0, 20
"""What takes longer than so many seconds is counted for a twentieth of the time at most: until
then the last numbers are shown, with their age."""


@dataclass(frozen=True)
class Counted:
    """What was counted, when, of which state of the record, and how long it serves for others."""

    numbers: Any
    at: datetime.datetime
    state: tuple | None
    serves_until: float = 0.0
    is_older: bool = False
    """Whether the record has changed since."""


def kept(name: str, count: Callable[[], Any], *, is_patient: bool = False) -> Counted:
    """What `count` says, asked once for each state of the record and day.

    Who is patient may be told what was true a little earlier, if counting takes long.
    """
    # What a transaction has written raises the edition only when it ends.
    if connection.in_atomic_block:
        return Counted(count(), now(), None)
    mark = Edition.objects.mark()
    state, key = (mark, str(localdate())), f"counted:{name}"
    with suppress(RedisError):
        if found := cache.get(key):
            if found.state == state and mark is not None:
                return found
            if is_patient and time.time() < found.serves_until:
                return Counted(found.numbers, found.at, state, is_older=True)
    start, at = time.time(), now()
    numbers = count()
    spent = time.time() - start
    until = time.time() + spent * SHARE if spent > SLOW else 0.0
    counted = Counted(numbers, at, state, until)
    with suppress(RedisError):  # They can be counted without the cache.
        cache.set(key, counted, HOLDS)
    return counted
