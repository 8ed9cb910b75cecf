"""Citations as the styles write them, in three languages."""

import pytest

from timeline.citation_styles import Piece, Reference, Style, cited, plain
from timeline.dates import PartialDate

ENTRY = Reference(
    title="The “Ertuğrul” visit",
    language="en",
    container="The Timeline",
    issued=PartialDate(2026, 11, 3),
    release="2026.11",
    accessed=PartialDate(2026, 11, 24),
    url="https://example.org/e/1",
)
DOCUMENT = Reference(
    title="Bir belge",
    language="tr",
    author="A. Yazar",
    publisher="Yayınevi",
    issued=PartialDate(1934, 6),
    url="https://example.org/belge",
)


@pytest.mark.parametrize(
    ("style", "language", "written"),
    [
        (
            Style.CHICAGO,
            "en",
            "“The ‘Ertuğrul’ visit.” The Timeline. Release 2026.11. Last modified November 3, "
            "2026. Accessed November 24, 2026. https://example.org/e/1.",
        ),
        (
            Style.CHICAGO,
            "tr",
            "“The ‘Ertuğrul’ visit.” The Timeline. Sürüm 2026.11. Son güncelleme 3 Kasım 2026. "
            "Erişim tarihi 24 Kasım 2026. https://example.org/e/1.",
        ),
        (
            Style.CHICAGO,
            "ja",
            "「The “Ertuğrul” visit」『The Timeline』リリース2026.11、2026年11月3日更新、"
            "https://example.org/e/1（2026年11月24日閲覧）。",
        ),
        (
            Style.APA,
            "en",
            "The “Ertuğrul” visit. (2026, November 3). In The Timeline (Release 2026.11). "
            "Retrieved November 24, 2026, from https://example.org/e/1",
        ),
        (
            Style.APA,
            "tr",
            "The “Ertuğrul” visit. (2026, 3 Kasım). The Timeline içinde (Sürüm 2026.11). "
            "Erişim tarihi: 24 Kasım 2026, https://example.org/e/1",
        ),
        (
            Style.APA,
            "ja",
            "The “Ertuğrul” visit (2026年11月3日). 『The Timeline』 (リリース2026.11). "
            "https://example.org/e/1 (2026年11月24日閲覧)",
        ),
        (
            Style.MLA,
            "en",
            "“The ‘Ertuğrul’ visit.” The Timeline, release 2026.11, 3 Nov. 2026, "
            "https://example.org/e/1. Accessed 24 Nov. 2026.",
        ),
        (
            Style.MLA,
            "tr",
            "“The ‘Ertuğrul’ visit.” The Timeline, sürüm 2026.11, 3 Kasım 2026, "
            "https://example.org/e/1. Erişim tarihi 24 Kasım 2026.",
        ),
        (
            Style.MLA,
            "ja",
            "「The “Ertuğrul” visit」『The Timeline』リリース2026.11、2026年11月3日、"
            "https://example.org/e/1 2026年11月24日閲覧。",
        ),
    ],
)
def test_an_entry_is_written_in_each_style_and_language(style, language, written):
    assert plain(cited(ENTRY, style, language)) == written


@pytest.mark.parametrize(
    ("style", "language", "written"),
    [
        (
            Style.CHICAGO,
            "en",
            "A. Yazar. “Bir belge.” Yayınevi. June 1934. https://example.org/belge.",
        ),
        (
            Style.CHICAGO,
            "ja",
            "A. Yazar「Bir belge」Yayınevi、1934年6月、https://example.org/belge。",
        ),
        (
            Style.APA,
            "tr",
            "A. Yazar. (1934, Haziran). Bir belge. Yayınevi. https://example.org/belge",
        ),
        (
            Style.MLA,
            "en",
            "A. Yazar. “Bir belge.” Yayınevi, June 1934, https://example.org/belge.",
        ),
    ],
)
def test_a_document_is_written_by_its_author_with_no_more_of_its_date_than_is_known(
    style, language, written
):
    assert plain(cited(DOCUMENT, style, language)) == written


@pytest.mark.parametrize(
    ("style", "language", "written"),
    [
        (Style.CHICAGO, "en", "“Untold.”"),
        (Style.CHICAGO, "ja", "「Untold」。"),
        (Style.APA, "en", "Untold. (n.d.)."),
        (Style.APA, "tr", "Untold. (t.y.)."),
        (Style.APA, "ja", "『Untold』 (日付不明)."),
        (Style.MLA, "tr", "“Untold.”"),
    ],
)
def test_what_is_not_known_is_left_out_with_its_punctuation(style, language, written):
    bare = Reference(title="Untold", language="en", url="")

    assert plain(cited(bare, style, language)) == written


@pytest.mark.parametrize("title", ["Was it so?", "At last!", "And then…", "He said ‘no.’"])
def test_a_title_that_ends_with_a_mark_takes_no_full_stop(title):
    question = Reference(title=title, language="en", url="https://example.org/q")

    written = plain(cited(question, Style.CHICAGO, "en"))

    assert written == f"“{title}” https://example.org/q."


def test_japanese_quotation_marks_in_a_title_change_within_their_own():
    quoted = Reference(title="「海の翼」の記憶", language="ja", url="")

    assert plain(cited(quoted, Style.MLA, "ja")) == "「『海の翼』の記憶」。"


def test_titles_of_whole_works_and_foreign_titles_are_told_apart():
    pieces = cited(ENTRY, Style.MLA, "tr")

    assert [piece for piece in pieces if piece.is_work] == [Piece("The Timeline", is_work=True)]
    assert [piece.text for piece in pieces if piece.language == "en"] == ["The ‘Ertuğrul’ visit"]


def test_a_title_is_no_pattern():
    tricky = Reference(title="*{url}* [x] %s {0}", language="en", url="https://example.org/t")

    written = plain(cited(tricky, Style.CHICAGO, "en"))

    assert written == "“*{url}* [x] %s {0}.” https://example.org/t."
