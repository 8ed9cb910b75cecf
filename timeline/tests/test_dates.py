"""Partial dates say no more than they know."""

import datetime

import edtf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.dates import DateRange, PartialDate, Precision


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "precision", "earliest", "latest"),
    [
        ("1924", Precision.YEAR, "1924-01-01", "1924-12-31"),
        ("1924-08", Precision.MONTH, "1924-08-01", "1924-08-31"),
        ("1924-02", Precision.MONTH, "1924-02-01", "1924-02-29"),
        ("1925-02", Precision.MONTH, "1925-02-01", "1925-02-28"),
        ("1900-02", Precision.MONTH, "1900-02-01", "1900-02-28"),
        ("1924-08-06", Precision.DAY, "1924-08-06", "1924-08-06"),
        ("0001", Precision.YEAR, "0001-01-01", "0001-12-31"),
    ],
)
def test_a_partial_date_knows_its_precision_and_its_bounds(text, precision, earliest, latest):
    date = PartialDate.parse(text)

    assert (date.precision, date.earliest, date.latest) == (precision, day(earliest), day(latest))
    assert str(date) == text


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "24", "1924-8", "1924-13", "1924-00", "1923-02-29", "1924-02-30", "0000"),
        *("10000", "1924-08-06T00:00", "1924/08", "August 1924", "１９２４", "1924\n", "-1924"),
        *("1924-W10", "19240806", "1924~", "192X", "1924-08-6", "\x001924", "\ud800"),
    ],
)
def test_anything_else_is_refused(text):
    with pytest.raises(ValueError, match=r"date|calendar"):
        PartialDate.parse(text)


def test_a_day_needs_its_month():
    with pytest.raises(ValueError, match="needs its month"):
        PartialDate(1924, day=6)


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision", "approximate"),
    [
        ("1927~", "1927-01-01", "1927-12-31", Precision.YEAR, True),
        ("1931-01-13/1931-01-18", "1931-01-13", "1931-01-18", Precision.DAY, False),
        ("1931/1933-05", "1931-01-01", "1933-05-31", Precision.YEAR, False),
        ("1927~/1930~", "1927-01-01", "1930-12-31", Precision.YEAR, True),
        ("1924-02", "1924-02-01", "1924-02-29", Precision.MONTH, False),
    ],
)
def test_a_range_is_written_as_it_is_read(text, earliest, latest, precision, approximate):
    when = DateRange.parse(text)

    assert str(when) == text
    assert (when.earliest, when.latest) == (day(earliest), day(latest))
    assert (when.precision, when.approximate) == (precision, approximate)


@pytest.mark.parametrize(
    "text",
    ["1927~/1930", "1927/1930~", "1924/..", "../1924", "1924/", "1924/1925/1926", "1924?", "1924%"],
)
def test_what_libraries_read_differently_is_refused(text):
    with pytest.raises(ValueError, match="not a date of the form"):
        DateRange.parse(text)


def test_a_range_does_not_end_before_it_starts():
    with pytest.raises(ValueError, match="1931-05, is after the end, 1931-03"):
        DateRange.parse("1931-05/1931-03")


def test_ends_whose_order_is_unknown_are_accepted():
    assert str(DateRange.parse("1931-05-20/1931-05")) == "1931-05-20/1931-05"


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        ("1934", "1934-06", True),
        ("1934-06-30", "1934-06", True),
        ("1934-07", "1934-06", False),
        ("1931-01-13/1931-01-18", "1931-01-18", True),
        ("1931-01-13/1931-01-18", "1931-01-19", False),
    ],
)
def test_two_ranges_may_overlap_where_nothing_rules_it_out(one, other, may):
    one, other = DateRange.parse(one), DateRange.parse(other)

    assert one.may_overlap(other) is may
    assert other.may_overlap(one) is may


dates = st.dates(min_value=day("0001-01-01"))
partial_dates = st.builds(
    lambda date, parts: PartialDate(*(date.year, date.month, date.day)[:parts]),
    dates,
    st.integers(1, 3),
)


@given(partial_dates)
def test_every_partial_date_survives_being_written_and_read(date):
    assert PartialDate.parse(str(date)) == date
    assert date.earliest <= date.latest


@given(st.text(max_size=12))
def test_no_text_breaks_the_reader(text):
    try:
        date = PartialDate.parse(text)
    except ValueError:
        return
    assert str(date) == text


@given(st.builds(PartialDate, st.integers(1000, 2100), st.integers(1, 12)))
def test_the_bounds_agree_with_another_reader_of_edtf(month):
    other = edtf.parse_edtf(str(month))

    assert month.earliest.timetuple()[:3] == other.lower_strict()[:3]
    assert month.latest.timetuple()[:3] == other.upper_strict()[:3]
