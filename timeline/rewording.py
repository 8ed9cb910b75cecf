"""What changed between two states of a text, word by word."""

import re
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

_WORDS = re.compile(r"\s+|[^\W_]+|.", re.DOTALL)


class Piece(NamedTuple):
    """Some words that both states have, or only the earlier (gone), or only the later (new)."""

    kind: Literal["same", "gone", "new"]
    text: str


def pieces(before: str, after: str) -> list[Piece]:
    """The later text with what is new in it, and what is gone where it stood."""
    then, now = _WORDS.findall(before), _WORDS.findall(after)
    found: list[Piece] = []
    for tag, i, j, k, m in SequenceMatcher(None, then, now, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece("same", "".join(now[k:m])))
            continue
        if j > i:
            found.append(Piece("gone", "".join(then[i:j])))
        if m > k:
            found.append(Piece("new", "".join(now[k:m])))
    return found
