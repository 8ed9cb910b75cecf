"""What is worked out once an edition: kept in the process for as long as the record stays as it is."""

from collections import defaultdict
from collections.abc import Callable
from threading import Lock

from django.db import connection

from timeline.models import Edition

_kept: dict[str, tuple[int, object]] = {}
_making: dict[str, Lock] = defaultdict(Lock)


def kept(name: str, make: Callable):
    """What `make` returns, made anew whenever the record has changed since.

    Costs one question. The mark is read first: what is made is never older than its mark. What
    a transaction has written is in no edition yet; inside one nothing is kept.
    """
    if connection.in_atomic_block:
        return make()
    mark = Edition.objects.mark()
    held = _kept.get(name)
    if held is None or held[0] != mark:
        with _making[name]:  # one thread makes it, the others wait for what they would make too
            held = _kept.get(name)
            if held is None or held[0] != mark:
                held = mark, make()
                if mark is not None:
                    _kept[name] = held
    return held[1]
