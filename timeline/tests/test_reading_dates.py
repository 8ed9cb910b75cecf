"""Dates as they are written: what is read, and what is refused rather than guessed."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.dates import PartialDate
from timeline.reading_dates import Doubt, UnreadableDate, read


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("1924", "1924"),
        ("1924-08", "1924-08"),
        ("1924–08", "1924-08"),
        ("8/1924", "1924-08"),
        ("08.1924", "1924-08"),
        ("Aug 1924", "1924-08"),
        ("Aug. 1924", "1924-08"),
        ("Sept 1924", "1924-09"),
        ("august  1924", "1924-08"),
        ("6 August 1924", "1924-08-06"),
        ("6th August 1924", "1924-08-06"),
        ("August 6, 1924", "1924-08-06"),
        ("1924-08-06", "1924-08-06"),
        ("6.8.1924", "1924-08-06"),
        ("06. 08. 1924", "1924-08-06"),
        ("6 Ağustos 1924", "1924-08-06"),
        ("6 AĞUSTOS 1924", "1924-08-06"),
        ("Ağustos 1924", "1924-08"),
        ("1 KASIM 1924", "1924-11-01"),
        ("3 Mayıs 1990", "1990-05-03"),
        ("ŞUBAT 1924", "1924-02"),
        ("Eyl 1924", "1924-09"),
        ("1924年", "1924"),
        ("1924年8月", "1924-08"),
        ("1924年8月6日", "1924-08-06"),
        ("1924 年 8 月 6 日", "1924-08-06"),
        ("１９２４年８月", "1924-08"),
        ("明治23年9月16日", "1890-09-16"),
        ("大正13年8月6日", "1924-08-06"),
        ("大正元年", "1912"),
        ("大正15年12月25日", "1926-12-25"),
        ("昭和元年12月25日", "1926-12-25"),
        ("昭和64年1月7日", "1989-01-07"),
        ("平成1年1月8日", "1989-01-08"),
        ("平成31年4月", "2019-04"),
        ("令和元年5月1日", "2019-05-01"),
    ],
)
def test_a_date_is_read_however_it_is_written(text, date):
    assert read(text) == (PartialDate.parse(date), False)


@pytest.mark.parametrize(
    "text",
    [
        *("c. 1927", "c.1927", "C 1927", "ca. 1927", "circa 1927", "about 1927", "1927~"),
        *("yaklaşık 1927", "1927 civarı", "1927 dolayları", "約1927年", "1927頃", "1927年頃"),
        *("1927ごろ", "Around 1927"),
    ],
)
def test_what_is_called_approximate_is_so(text):
    assert read(text) == (PartialDate(1927), True)


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        # The day first or the month: neither is taken for granted, even where one is impossible.
        ("8/6/1924", Doubt.AMBIGUOUS),
        ("25/6/1924", Doubt.AMBIGUOUS),
        ("6/25/1924", Doubt.AMBIGUOUS),
        ("c. 8/6/1924", Doubt.AMBIGUOUS),
        ("1924-13", Doubt.MISSING),
        ("1924-02-30", Doubt.MISSING),
        ("31 February 1924", Doubt.MISSING),
        ("31.4.1924", Doubt.MISSING),
        ("0/1924", Doubt.MISSING),
        ("0000", Doubt.MISSING),
        ("1924年13月", Doubt.MISSING),
        ("大正16年", Doubt.OUT_OF_ERA),
        ("大正15年12月26日", Doubt.OUT_OF_ERA),
        ("昭和元年12月24日", Doubt.OUT_OF_ERA),
        ("昭和64年1月8日", Doubt.OUT_OF_ERA),
        ("平成31年5月", Doubt.OUT_OF_ERA),
        ("明治5年", Doubt.OUT_OF_ERA),
        ("昭和0年", Doubt.OUT_OF_ERA),
        ("", Doubt.UNKNOWN),
        ("c.", Doubt.UNKNOWN),
        ("c. c. 1927", Doubt.UNKNOWN),
        ("Aug-24", Doubt.UNKNOWN),
        ("Aug 24", Doubt.UNKNOWN),
        ("45000", Doubt.UNKNOWN),
        ("1924.0", Doubt.UNKNOWN),
        ("1924-8", Doubt.UNKNOWN),
        ("1924/08", Doubt.UNKNOWN),
        ("19240806", Doubt.UNKNOWN),
        ("1924?", Doubt.UNKNOWN),
        ("1924/1925", Doubt.UNKNOWN),
        ("Foo 1924", Doubt.UNKNOWN),
        ("6 8 1924", Doubt.UNKNOWN),
        ("٦ August 1924", Doubt.UNKNOWN),
        ("1924\n1925", Doubt.UNKNOWN),
        ("1924\x00", Doubt.UNKNOWN),
        ("1" * 100_000, Doubt.UNKNOWN),
        ("c. " * 10_000 + "1927", Doubt.UNKNOWN),
    ],
)
def test_what_could_mean_two_things_or_nothing_is_refused(text, doubt):
    with pytest.raises(UnreadableDate) as refusal:
        read(text)

    assert refusal.value.doubt == doubt


@given(st.dates())
def test_every_day_is_read_back_from_each_of_its_forms(day):
    date = PartialDate(day.year, day.month, day.day)
    forms = [str(date), f"{day.day}.{day.month}.{day.year:04}"]
    forms.append(f"{day.year:04}年{day.month}月{day.day}日")

    assert {read(form).date for form in forms} == {date}


@given(st.dates(datetime.date(1926, 12, 25), datetime.date(1989, 1, 7)))
def test_every_day_of_an_era_is_read(day):
    text = f"昭和{day.year - 1925}年{day.month}月{day.day}日"

    assert read(text).date == PartialDate(day.year, day.month, day.day)


@given(st.text(max_size=80))
def test_no_text_does_worse_than_being_refused(text):
    try:
        reading = read(text)
    except UnreadableDate:
        return
    assert PartialDate.parse(str(reading.date)) == reading.date
