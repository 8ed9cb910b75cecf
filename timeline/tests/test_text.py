"""Names are compared as a reader would compare them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.text import fold, matches, search_terms


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


@pytest.mark.parametrize(
    ("text", "terms", "marked"),
    [
        ("İstanbul’da görüşme", ["istanbul"], ["İstanbul"]),
        ("Ertuğrul and ERTUGRUL", ["ertugrul"], ["Ertuğrul", "ERTUGRUL"]),
        ("Mevlüt C\u0327avus\u0327og\u0306lu", ["cavusoglu"], ["C\u0327avus\u0327og\u0306lu"]),
        ("日本とﾄﾙｺの国交", ["トルコ", "国交"], ["ﾄﾙｺ", "国交"]),
        ("ﾊﾞｽ", ["バス"], ["ﾊﾞｽ"]),
        ("Treaty  of\nLausanne", ["treaty of lausanne"], ["Treaty  of\nLausanne"]),
        ("banana", ["ana", "nan"], ["anan"]),
        ("nothing here", ["elsewhere"], []),
        ("(a+b)", ["a+b"], ["a+b"]),
    ],
)
def test_what_was_searched_for_is_marked_as_it_stands(text, terms, marked):
    assert [piece for piece, is_match in matches(text, terms) if is_match] == marked


@given(st.text(), st.lists(st.text(min_size=1, max_size=4), max_size=3))
def test_marking_loses_no_letter(text, words):
    terms = [term for term in map(fold, words) if term]

    assert "".join(piece for piece, _is_match in matches(text, terms)) == text
