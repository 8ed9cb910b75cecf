"""Names are compared as a reader would compare them."""

import pytest

from timeline.text import fold, search_terms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("İstanbul", "istanbul"),
        ("İSTANBUL", "ıstanbul"),
        ("Ertuğrul", "ERTUGRUL"),
        ("Şükrü", "sukru"),
        ("Çavuşoğlu", "cavusoglu"),
        ("Ōtani Kōzui", "otani kozui"),
        ("ﾄﾙｺ", "トルコ"),
        ("ﾊﾞｽ", "バス"),
        ("Ａｎｋａｒａ", "ankara"),
        ("a \u3000 b\n", "a b"),
    ],
)
def test_spellings_of_one_name_fold_to_one_text(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("バス", "ハス"), ("パス", "バス"), ("国交", "国")])
def test_different_japanese_words_stay_different(one, other):
    assert fold(one) != fold(other)


def test_folding_twice_changes_nothing():
    text = "İĞDIR ﾄﾙｺ Ōtani ß ǆ"

    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("", []),
        ("  ", []),
        ("Lausanne treaty", ["lausanne", "treaty"]),
        ("treaty Treaty", ["treaty"]),
        ('"Treaty of Lausanne" 1924', ["treaty of lausanne", "1924"]),
        ("“Treaty of Lausanne”", ["treaty of lausanne"]),
        ('"', ['"']),
        ('""', []),
        ("国交", ["国交"]),
    ],
)
def test_a_query_is_its_words_and_its_quoted_phrases(query, terms):
    assert search_terms(query) == terms
