"""How names are compared when searching."""

import re
import unicodedata

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


def search_terms(query: str) -> list[str]:
    """The folded terms of a query: its words, and its “quoted phrases” as one term each."""
    quoted = re.compile(r'["“”„«]([^"“”„»]*)["“”»]|(\S+)')
    terms = (fold(phrase or word) for phrase, word in quoted.findall(query))
    return list(dict.fromkeys(term for term in terms if term))
