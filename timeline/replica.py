"""From which database a request reads: from the primary, or from a replica that follows it.

Everything is read from the primary unless `reading()` says otherwise. A request that writes, or
asks for what a visitor may have written a moment ago, stays with the primary from then on: a
replica shows it later.
"""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections

from timeline.triggers import PRIVATE

PRIMARY, REPLICA = DEFAULT_DB_ALIAS, "replica"
EVERY = 5  # seconds between two looks at the replica
BEHIND = 10  # seconds by which it may lag

# The mark must come from where the page comes from: see `pagecache.py`.
_AT_ONCE = PRIVATE - {"timeline_edition"}
_READ_FROM = ContextVar("timeline.replica", default=PRIMARY)
# By how many seconds it lags; nothing when it does not follow, or is no replica at all.
_LAG = """
SELECT CASE
  WHEN NOT pg_is_in_recovery() OR NOT EXISTS (SELECT FROM pg_stat_wal_receiver) THEN NULL
  WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0
  ELSE EXTRACT(EPOCH FROM now() - pg_last_xact_replay_timestamp())
END
"""


class Router:
    """Django asks it for each question which database to put it to."""

    def db_for_read(self, model, **hints) -> str:
        if model._meta.app_label != "timeline" or model._meta.db_table in _AT_ONCE:
            _READ_FROM.set(PRIMARY)
        return _READ_FROM.get()

    def db_for_write(self, model, **hints) -> str:
        _READ_FROM.set(PRIMARY)
        return PRIMARY

    def allow_relation(self, one, other, **hints) -> bool:
        return True  # both databases hold the same records

    def allow_migrate(self, database, app_label, **hints) -> bool:
        return database == PRIMARY


@contextmanager
def reading(database: str) -> Iterator[None]:
    """Read from that database, until something has to be read from the primary."""
    before = _READ_FROM.get()
    _READ_FROM.set(database)
    try:
        yield
    finally:
        _READ_FROM.set(before)


def reading_on(parts: Iterable[bytes]) -> Iterator[bytes]:
    """The parts of an answer that is sent while it is made: read from where it began."""
    database = _READ_FROM.get()

    def sent():
        with reading(database):
            yield from parts

    return sent()


def is_read() -> bool:
    return _READ_FROM.get() == REPLICA


def is_named() -> bool:
    """Whether this site has one."""
    return REPLICA in settings.DATABASES


@dataclass
class _Seen:
    """What this process saw of the replica, and until when that counts."""

    until: float = 0
    follows: bool = False


_seen = _Seen()


def follows() -> bool:
    """Whether the replica answers and keeps up with the primary."""
    if time.monotonic() >= _seen.until:
        _seen.until = time.monotonic() + EVERY  # first: one thread looks, the others go on
        _seen.follows = _keeps_up()
    return _seen.follows


def gave_up() -> None:
    """It did not answer just now: others need not try."""
    _seen.until, _seen.follows = time.monotonic() + EVERY, False


def _keeps_up() -> bool:
    try:
        with connections[REPLICA].cursor() as cursor:
            cursor.execute(_LAG)
            (lag,) = cursor.fetchone()
    except Error:
        return False
    return lag is not None and lag <= BEHIND
