"""How names are compared when searching."""

import functools
import re
import unicodedata

# A letter with what is written onto it: folding never looks beyond such a cluster.
_CLUSTER = re.compile("\\s+|.[\u0300-\u036f\u3099\u309a\uff9e\uff9f]*", re.DOTALL)
_VOICING_MARKS = "\u3099\u309a"
_TO_I = str.maketrans({"İ": "i", "I": "i", "ı": "i"})


def fold(text: str) -> str:
    """The form in which texts are compared: one case, one width, no diacritics.

    İstanbul, ISTANBUL and ıstanbul become one text, Ertuğrul and ertugrul too, ﾄﾙｺ and トルコ too.
    Japanese voicing marks are kept, because は, ば and ぱ are different letters.
    Idempotent; runs of white space become one space.
    """
    text = unicodedata.normalize("NFKC", text).translate(_TO_I).casefold()
    letters = (
        letter
        for letter in unicodedata.normalize("NFD", text)
        if not unicodedata.combining(letter) or letter in _VOICING_MARKS
    )
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", "".join(letters))).strip()


_folded_cluster = functools.lru_cache(maxsize=4096)(fold)


def search_terms(query: str) -> list[str]:
    """The folded terms of a query: its words, and its “quoted phrases” as one term each."""
    quoted = re.compile(r'["“”„«]([^"“”„»]*)["“”»]|(\S+)')
    terms = (fold(phrase or word) for phrase, word in quoted.findall(query))
    return list(dict.fromkeys(term for term in terms if term))


def matches(text: str, terms: list[str]) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether one of the folded terms is found in it.

    The pieces joined are the text. What overlaps is one piece.
    """
    whole = fold(text)
    if not any(term in whole for term in terms):
        return [(text, False)] if text else []
    clusters = [match.span() for match in _CLUSTER.finditer(text)]
    folded, owners = "", []
    for number, (start, end) in enumerate(clusters):
        piece = " " if text[start:end].isspace() else _folded_cluster(text[start:end])
        folded += piece
        owners += [number] * len(piece)
    marked = set()
    for term in terms:
        for found in re.finditer(re.escape(term), folded):
            marked.update(owners[found.start() : found.end()])
    pieces: list[tuple[str, bool]] = []
    for number, (start, end) in enumerate(clusters):
        is_marked = number in marked
        if pieces and pieces[-1][1] == is_marked:
            pieces[-1] = (pieces[-1][0] + text[start:end], is_marked)
        else:
            pieces.append((text[start:end], is_marked))
    return pieces
