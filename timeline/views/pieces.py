"""Pieces of pages that are drawn once an edition, and what differs in them from page to page."""

from threading import Lock

from django.utils.html import escape
from django.utils.safestring import SafeString

MOST = 2000
"""So many pieces of a sort are kept, of some three kilobytes each; the oldest make room."""
TRAIL = "\ufdd0"
"""A sign that no text holds, where the question of the list will stand."""


class Kept:
    """The pieces of one sort in one edition; see `editions.kept`."""

    def __init__(self):
        self._pieces: dict[tuple, object] = {}
        self._lock = Lock()

    def get(self, key: tuple):
        """None when there is none."""
        return self._pieces.get(key)

    def put(self, key: tuple, piece) -> None:
        with self._lock:
            self._pieces[key] = piece
            while len(self._pieces) > MOST:
                del self._pieces[next(iter(self._pieces))]


def leading(piece: str, trail: str) -> SafeString:
    """A drawn piece with the question of the list in the address of its event."""
    return SafeString(piece.replace(TRAIL, escape(trail)))
