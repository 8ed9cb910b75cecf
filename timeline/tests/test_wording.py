"""One function words a date in each language, never more exactly than it is known."""

import pytest
from django.utils.translation import override

from timeline import wording
from timeline.dates import DateRange


@pytest.mark.parametrize(
    ("edtf", "english", "turkish", "japanese"),
    [
        ("1924", "1924", "1924", "1924年"),
        ("1924-08", "August 1924", "Ağustos 1924", "1924年8月"),
        ("1924-08-06", "6 August 1924", "6 Ağustos 1924", "1924年8月6日"),
        ("1927~", "c. 1927", "yaklaşık 1927", "1927年頃"),
        ("1927-05~", "c. May 1927", "yaklaşık Mayıs 1927", "1927年5月頃"),
        ("1931-01-13/1931-01-18", "13–18 January 1931", "13–18 Ocak 1931", "1931年1月13日～18日"),
        (
            "2025-04-13/2025-10-13",
            "13 April – 13 October 2025",
            "13 Nisan – 13 Ekim 2025",
            "2025年4月13日～10月13日",
        ),
        ("2025-05/2025-11", "May–November 2025", "Mayıs–Kasım 2025", "2025年5月～11月"),
        ("1928/1937", "1928–1937", "1928–1937", "1928年～1937年"),
        (
            "2024-12-28/2025-01-03",
            "28 December 2024 – 3 January 2025",
            "28 Aralık 2024 – 3 Ocak 2025",
            "2024年12月28日～2025年1月3日",
        ),
        (
            "2024-12-28/2025",
            "28 December 2024 – 2025",
            "28 Aralık 2024 – 2025",
            "2024年12月28日～2025年",
        ),
    ],
)
def test_a_date_is_worded_in_each_language(edtf, english, turkish, japanese):
    when = DateRange.parse(edtf)
    worded = {}
    for language in ("en", "tr", "ja"):
        with override(language):
            worded[language] = wording.date_range(when)

    assert worded == {"en": english, "tr": turkish, "ja": japanese}


@pytest.mark.parametrize(
    ("edtf", "unknown"),
    [
        ("1924-08-06", ""),
        ("1924-08", "day not known"),
        ("1924", "month and day not known"),
        ("1924-08-06~", "date approximate"),
        ("1924-08/1924-09-03", "day not known"),
    ],
)
def test_what_no_source_gives_is_said(edtf, unknown):
    assert str(wording.what_is_unknown(DateRange.parse(edtf))) == unknown


@pytest.mark.parametrize(
    ("first", "english", "turkish", "japanese"),
    [
        (1920, "1920s", "1920’ler", "1920年代"),
        (1930, "1930s", "1930’lar", "1930年代"),
        (1960, "1960s", "1960’lar", "1960年代"),
        (2000, "2000s", "2000’ler", "2000年代"),
        (2010, "2010s", "2010’lar", "2010年代"),
    ],
)
def test_a_decade_is_worded_in_each_language(first, english, turkish, japanese):
    worded = []
    for language in ("en", "tr", "ja"):
        with override(language):
            worded.append(wording.decade(first))

    assert worded == [english, turkish, japanese]


def test_countries_and_languages_are_named_in_the_readers_language():
    with override("ja"):
        assert (wording.country("TR"), wording.language("tr")) == ("トルコ", "トルコ語")
    with override("en"):
        assert (wording.country("XX"), wording.language("zzz")) == ("XX", "zzz")


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        ("1930-10-11", "1934-03-20", "3 years 5 months"),
        ("1936-11-09", "1937-11-09", "1 year"),
        ("1936-11-09", "1937-11-08", "11 months"),
        ("1936-11-09", "1936-12-09", "1 month"),
        ("1936-01-31", "1936-02-29", "29 days"),
        ("2013-05-03", "2013-05-04", "1 day"),
        ("1924-08-06", "1924-08-06", "same day"),
        ("1930-10-11", "1934", ""),
        ("1930-10", "1934-03-20", ""),
        ("1930-10-11~", "1934-03-20", ""),
    ],
)
def test_the_time_between_two_days_is_worded_only_where_both_are_known(since, until, words):
    assert wording.time_between(DateRange.parse(since), DateRange.parse(until)) == words
