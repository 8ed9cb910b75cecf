"""Partial dates in the database and in forms."""

import pytest
from django.core.exceptions import ValidationError

from timeline.dates import PartialDate
from timeline.fields import PartialDateField, PartialDateFormField
from timeline.models import Event
from timeline.tests.factories import EventFactory, TenureFactory


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "end"),
    [
        *(("1924", None), ("1924-08", None), ("1924-08-06", None), ("1924-02", None)),
        *(("1925-02", None), ("1900-02", None), ("2000-02", None), ("2100-02", None)),
        *(("1924-04", None), ("1924-06", None), ("1924-09", None), ("1924-11", None)),
        *(("1924-12", None), ("0400-02", None), ("1931-01-13", "1931-01-18")),
        *(("1931", "1933-02"), ("1931-05", "1932")),
    ],
)
def test_the_database_computes_the_same_bounds_as_the_value(start, end):
    event = EventFactory(start=PartialDate.parse(start), end=end and PartialDate.parse(end))
    event.refresh_from_db()
    last = event.end or event.start

    assert (event.start_earliest, event.start_latest, event.end_earliest, event.end_latest) == (
        event.start.earliest.isoformat(),
        event.start.latest.isoformat(),
        last.earliest.isoformat(),
        last.latest.isoformat(),
    )


@pytest.mark.django_db
def test_no_way_of_writing_leaves_a_bound_behind():
    event = EventFactory(start=PartialDate(1934))

    Event.objects.filter(pk=event.pk).update(start=PartialDate(1924, 2))

    event.refresh_from_db()
    assert (event.start_earliest, event.end_latest) == ("1924-02-01", "1924-02-29")


@pytest.mark.django_db
def test_a_date_that_is_not_known_has_no_bounds():
    tenure = TenureFactory(start=None, end=None)
    tenure.refresh_from_db()

    assert (tenure.start_earliest, tenure.end_latest) == (None, None)


def test_a_form_reads_a_date_and_shows_it_as_typed():
    field = PartialDateFormField()

    assert field.clean(" 1924-08 ") == PartialDate(1924, 8)
    assert field.prepare_value(PartialDate(1924, 8)) == "1924-08"
    assert field.prepare_value("1924-13") == "1924-13"


@pytest.mark.parametrize("text", ["1924-13", "0", "10000", "yesterday", "1924-02-30", "9" * 5000])
def test_a_form_says_which_dates_it_takes(text):
    with pytest.raises(ValidationError) as refusal:
        PartialDateFormField().clean(text)

    assert refusal.value.messages == [
        f"“{text[:40]}” is not a date. Write a year, a month or a day: 1924, 1924-08 or 1924-08-03."
    ]


def test_an_empty_date_is_none():
    assert PartialDateFormField(required=False).clean("") is None
    assert PartialDateField(null=True).to_python("") is None
