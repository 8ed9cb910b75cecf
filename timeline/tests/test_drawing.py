"""The small pictures: that no line claims more than is known, and nothing leaves the frame."""

import pytest

from timeline.dates import DateRange, PartialDate
from timeline.drawing.axis import Axis
from timeline.drawing.century import Doubt, century
from timeline.drawing.offices import Office, career

DECADE = Axis(1920, 1929)
CENTURY = Axis(1924, 2025)


def date(text):
    return PartialDate.parse(text) if text else None


def when(text):
    return DateRange.parse(text) if text else None


def office(start, end, title="Minister"):
    return Office(title, date(start), date(end))


def drawn(*offices, records=()):
    return career([office(*one) for one in offices], [when(record) for record in records])


def pieces(parts):
    return [(part.look, part.x, part.x2) for part in parts]


# The axis


def test_a_day_lies_where_its_part_of_the_years_is():
    leap_year = Axis(1924, 1924)

    assert leap_year.at(date("1924-01-01").earliest) == 0
    assert leap_year.after(date("1924-01-01").latest) == 1 / 366
    assert leap_year.after(date("1924-12-31").latest) == 1


def test_what_lies_outside_is_drawn_at_the_edge():
    assert DECADE.at(date("1919-12-31").earliest) == 0
    assert DECADE.after(date("1930").latest) == 1


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        ("1920-06-01", "1929-06-01", (1920, 1929)),
        ("1920-01-01", "1929-06-01", (1919, 1929)),
        ("1920-06-01", "1929-12-31", (1920, 1930)),
        ("1924-06-01", "1924-06-01", (1922, 1926)),
        ("1924-06-01", "1925-06-01", (1923, 1927)),
    ],
)
def test_the_axis_leaves_room_at_either_side(first, last, years):
    axis = Axis.around([date(first).earliest, date(last).latest])

    assert (axis.first, axis.last) == years


@pytest.mark.parametrize(
    ("first", "last", "lines", "labels"),
    [
        ("1921-06", "1925-06", 5, ["1921", "1922", "1923", "1924", "1925"]),
        ("1980-06", "1993-06", 14, ["1980", "1982", "1984", "1986", "1988", "1990", "1992"]),
        ("1983-06", "2007-06", 5, ["1985", "1990", "1995", "2000", "2005"]),
        ("1924-06", "1990-06", 7, ["1930", "1940", "1950", "1960", "1970", "1980"]),
        ("1890-06", "2024-06", 7, ["1900", "1920", "1940", "1960", "1980", "2000"]),
    ],
)
def test_years_have_lines_and_labels_with_room(first, last, lines, labels):
    years = drawn((first, last)).years

    assert len(years) == lines
    assert [line.label for line in years if line.label] == labels


# Offices


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("1922-01-01", "1923-12-31", [("day", "20.01%", "39.99%")]),
        ("1922-01", "1923-12-31", [("month", "20.01%", "20.86%"), ("day", "20.86%", "39.99%")]),
        ("1922", "1923-12-31", [("year", "20.01%", "30.00%"), ("day", "30.00%", "39.99%")]),
        ("1922-01-01", "1923", [("day", "20.01%", "30.00%"), ("year", "30.00%", "39.99%")]),
        ("1922", "1922", [("year", "20.01%", "30.00%")]),
        ("1922-01", "1922", [("month", "20.01%", "20.86%"), ("year", "20.86%", "30.00%")]),
        ("1922", "1922-01", [("year", "20.01%", "20.86%")]),
        ("1922-01-01", "1922", [("year", "20.01%", "30.00%")]),
        ("1922-01-01", "1922-01-01", [("day", "20.01%", "20.31%")]),
    ],
)
def test_an_office_is_solid_only_between_known_days(start, end, expected):
    picture = drawn((start, end), records=["1920-06-01", "1929-06-01"])

    assert pieces(picture.bars[0].parts) == expected


@pytest.mark.parametrize(
    ("others", "records", "reach"),
    [
        ([("1926-01-01", "1927-01-01")], ["1920-06-01", "1929-06-01"], "60.01%"),
        ([("1922-01-01", "1924-01-01")], ["1920-06-01", "1929-06-01"], "94.17%"),
        ([], ["1920-06-01", "1929-06-01"], "94.17%"),
        ([("1921-01-01", "1929-06-01")], ["1920-06-01"], "22.31%"),
    ],
    ids=["the next office", "one held beside it", "the last record", "nothing later"],
)
def test_an_office_without_an_end_reaches_to_the_next_or_the_last_record(others, records, reach):
    picture = drawn(("1922-01-01", None), *others, records=records)

    assert pieces(picture.bars[0].parts) == [
        ("day", "20.01%", "20.31%"),
        ("open", "20.31%", reach),
    ]


@pytest.mark.parametrize(
    ("others", "records", "reach"),
    [
        ([("1921-01-01", "1922-12-31")], ["1920-06-01", "1929-06-01"], "30.00%"),
        ([], ["1920-06-01", "1929-06-01"], "4.16%"),
        ([("1920-06-01", None)], ["1929-06-01"], "58.01%"),
    ],
    ids=["the office before", "the first record", "nothing earlier"],
)
def test_an_office_without_a_start_reaches_back(others, records, reach):
    picture = drawn((None, "1926"), *others, records=records)

    assert pieces(picture.bars[0].parts) == [
        ("open", reach, "60.01%"),
        ("year", "60.01%", "70.00%"),
    ]


def test_an_office_without_any_date_cannot_be_drawn():
    with pytest.raises(ValueError, match="no place in time"):
        career([office(None, None), office("1922", None)], [])


@pytest.mark.parametrize(
    ("title", "start", "end", "x", "flipped"),
    [
        ("Minister", "1922-01-01", "1923-01-01", "20.01%", False),
        ("Minister", "1928-01-01", "1928-12-31", "90.01%", True),
        ("Minister of Transport, Maritime Affairs", "1927-01-01", "1927-12-31", "79.99%", True),
        ("Minister of Transport, Maritime Affairs", "1926-01-01", "1926-12-31", "60.01%", False),
        ("大臣" * 20, "1925-01-01", "1925-12-31", "0.00%", False),
    ],
)
def test_words_do_not_leave_the_picture(title, start, end, x, flipped):
    picture = career([office(start, end, title)], [when("1920-06-01"), when("1929-06-01")])

    assert (picture.bars[0].x, picture.bars[0].flipped) == (x, flipped)


def test_records_that_would_touch_stand_in_rows():
    records = ["1920-06-01", "1925-01-01", "1925-02-01", "1925-03-01", "1925-06-01", "1929-06-01"]

    picture = drawn(("1922", "1923"), records=records)

    assert [bead.y for bead in picture.beads] == ["0", "0", "24", "48", "0", "0"]
    assert picture.height == "68"


def test_a_record_not_known_by_the_day_shows_what_is_possible():
    picture = drawn(("1922", "1923"), records=["1920-06-01", "1925", "1926-01", "1929-06-01~"])

    assert [bead.x for bead in picture.beads] == ["4.17%", "55.01%", "60.43%", "94.16%"]
    assert [bead.extent and (bead.extent.look, bead.extent.x) for bead in picture.beads] == [
        None,
        ("year", "50.01%"),
        ("month", "60.01%"),
        ("year", "94.14%"),
    ]
    assert picture.looks == {"year", "month"}


# Agreements


def lived(signed=None, in_force=None, ended=None, *, binds_today=False):
    return century(CENTURY, when(signed), when(in_force), when(ended), binds_today=binds_today)


@pytest.mark.parametrize(
    ("dates", "binds_today", "expected", "doubt"),
    [
        (
            ("1930-10-11", "1934-01-01"),
            True,
            [("pending", "6.64%", "9.81%"), ("in-force", "9.81%", "100.00%")],
            None,
        ),
        (
            ("1930-10-11", "1934", None),
            False,
            [
                ("pending", "6.64%", "9.81%"),
                ("year", "9.81%", "10.78%"),
                ("open", "10.78%", "100.00%"),
            ],
            Doubt.UNTIL,
        ),
        (
            ("2016-09-08", "2016-09-08", "2020-12-31"),
            False,
            [("in-force", "90.87%", "95.10%")],
            None,
        ),
        (
            ("1975", None, None),
            False,
            [("pending", "50.00%", "50.98%"), ("open", "50.98%", "100.00%")],
            Doubt.ENTRY,
        ),
        (
            ("1975-01-01", None, None),
            True,
            [("pending", "50.00%", "50.80%"), ("open", "50.80%", "100.00%")],
            Doubt.SINCE,
        ),
        (
            ("1975-01-01", None, "1985-12-31"),
            False,
            [("pending", "50.00%", "50.80%"), ("open", "50.80%", "60.78%")],
            Doubt.ENTRY,
        ),
        (
            (None, "1975-01-01", None),
            False,
            [("in-force", "50.00%", "50.80%"), ("open", "50.80%", "100.00%")],
            Doubt.UNTIL,
        ),
        (
            (None, "1975-01-01", "1985-12"),
            False,
            [("in-force", "50.00%", "60.70%"), ("month", "60.70%", "60.78%")],
            None,
        ),
    ],
)
def test_an_agreement_is_solid_only_while_it_is_known_to_bind(dates, binds_today, expected, doubt):
    picture = lived(*dates, binds_today=binds_today)

    assert pieces(picture.parts) == expected
    assert picture.doubt == doubt


def test_what_began_before_the_century_starts_at_its_edge():
    picture = lived("1923-07-24", "1924-08-06", binds_today=True)

    assert picture.began_before
    assert picture.parts[0].x == "0.00%"
    assert not lived("1924").began_before


def test_a_signing_at_the_end_of_the_century_stays_within():
    assert pieces(lived("2025-12-31").parts)[0] == ("pending", "99.20%", "100.00%")


def test_an_agreement_that_is_not_known_to_have_begun_is_not_drawn():
    assert lived() is None
    assert lived(ended="1985") is None


def test_the_century_names_both_its_ends():
    years = lived("1930").years

    assert [line.label for line in years] == ["1924", "1940", "1960", "1980", "2000", "2025"]
    assert (years[0].x, years[-1].x) == ("0.00%", "100.00%")
