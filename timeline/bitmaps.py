"""Sets of positions in a list as whole numbers: bit 3 is set when the third after the first is in.

Python's whole numbers have any length, so that `&`, `|`, `& ~` and `bit_count()` answer questions
about a hundred thousand records in microseconds, and a set of them takes twelve kilobytes.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator

_PIECE = 256
"""Bytes that are counted at once on the way to a position."""
_STEPS = 64
"""So many bitmaps are kept of an order; the rest of the way is walked."""


def of(positions: Iterable[int], length: int) -> int:
    """The bitmap of some positions in a list of that length."""
    marks = bytearray(length // 8 + 1)
    for position in positions:
        marks[position >> 3] |= 1 << (position & 7)
    return int.from_bytes(marks, "little")


def below(position: int) -> int:
    """The bitmap of all positions before that one."""
    return (1 << position) - 1


def positions(bitmap: int, start: int = 0, stop: int | None = None) -> Iterator[int]:
    """The positions in a bitmap, ascending; of these from the `start`th to before the `stop`th."""
    data = bitmap.to_bytes(bitmap.bit_length() // 8 + 1, "little")
    passed = 0
    for at in range(0, len(data), _PIECE):
        piece = data[at : at + _PIECE]
        inside = int.from_bytes(piece, "little").bit_count()
        if passed + inside > start:
            for position in _in_piece(piece, at * 8):
                if stop is not None and passed >= stop:
                    return
                if passed >= start:
                    yield position
                passed += 1
        else:
            passed += inside


def _in_piece(piece: bytes, first: int) -> Iterator[int]:
    for number, byte in enumerate(piece):
        while byte:
            lowest = byte & -byte
            yield first + number * 8 + lowest.bit_length() - 1
            byte ^= lowest


class Ordered:
    """The positions in the order of a value: which of them lie below a bound, at once."""

    def __init__(self, values: array):
        order = sorted(range(len(values)), key=values.__getitem__)
        self._order = array("i", order)
        self._values = array("i", (values[position] for position in order))
        self._step = max(len(order) // _STEPS, 1)
        kept = [0]
        for start in range(0, len(order) - self._step + 1, self._step):
            kept.append(kept[-1] | of(order[start : start + self._step], len(order)))
        self._kept = kept
        self._length = len(order)

    def below(self, bound: int) -> int:
        """The bitmap of the positions whose value is less."""
        number = bisect_left(self._values, bound)
        step = number // self._step
        rest = self._order[step * self._step : number]
        return self._kept[step] | of(rest, self._length) if rest else self._kept[step]
