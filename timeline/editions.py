"""What is worked out once an edition, and kept in the process while the record stays as it is."""

from collections import defaultdict
from collections.abc import Callable
from threading import Lock

from django.db import connection

from timeline.models import Edition

_kept: dict[str, tuple[tuple, object]] = {}
_making: dict[str, Lock] = defaultdict(Lock)


def kept(name: str, make: Callable, *also):
    """What `make` returns; made anew when the record has changed since, or what is given `also`.

    Costs one question. The mark is read first: what is made is never older than its mark. What
    a transaction has written is in no edition yet; inside one nothing is kept.
    """
    if connection.in_atomic_block:
        return make()
    mark = Edition.objects.mark()
    if mark is None:
        return make()
    state = (mark, *also)
    if (held := _kept.get(name)) and held[0] == state:
        return held[1]
    with _making[name]:  # one thread makes it; the others wait for what they would make too
        if not (held := _kept.get(name)) or held[0] != state:
            held = _kept[name] = state, make()
    return held[1]
