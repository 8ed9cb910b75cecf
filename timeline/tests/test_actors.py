"""The office at the time is worked out from dates."""

import pytest

from timeline.dates import DateRange, PartialDate
from timeline.tests.factories import ActorFactory, TenureFactory

pytestmark = pytest.mark.django_db


def offices(actor, date):
    return [tenure.title_en for tenure in actor.offices_on(DateRange.parse(date))]


def held(actor, title, start=None, end=None):
    TenureFactory(
        actor=actor,
        title_en=title,
        start=start and PartialDate.parse(start),
        end=end and PartialDate.parse(end),
    )


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2017-08-02", []),
        ("2017-08-03", ["Foreign minister"]),
        ("2019-09-11", ["Foreign minister", "Defence minister"]),
        ("2019-09-12", ["Defence minister"]),
        ("2019", ["Foreign minister", "Defence minister"]),
        ("2021", []),
    ],
)
def test_an_office_is_shown_where_its_dates_allow_it(date, expected):
    actor = ActorFactory()
    held(actor, "Foreign minister", "2017-08-03", "2019-09-11")
    held(actor, "Defence minister", "2019-09-11", "2020-09-16")

    assert offices(actor, date) == expected


def test_an_office_without_a_known_end_reaches_to_the_next_one():
    actor = ActorFactory()
    held(actor, "Ambassador", "1990")
    held(actor, "Minister", "1995-03-01")

    assert offices(actor, "1994") == ["Ambassador"]
    assert offices(actor, "1996") == ["Minister"]


def test_an_office_without_a_known_start_is_shown_until_its_end():
    actor = ActorFactory()
    held(actor, "Ambassador", end="1990")

    assert offices(actor, "1985") == ["Ambassador"]
    assert offices(actor, "1991") == []


def test_an_undated_office_is_shown_only_where_no_dated_one_is():
    actor = ActorFactory()
    held(actor, "Professor")
    held(actor, "Minister", "1995", "1996")

    assert offices(actor, "1995-05") == ["Minister"]
    assert offices(actor, "1999") == ["Professor"]
