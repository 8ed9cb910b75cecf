"""What is kept for an edition is kept no longer, and nothing is kept inside a transaction."""

import pytest
from django.db import transaction

from timeline import editions
from timeline.models import Edition
from timeline.tests.factories import EventFactory


@pytest.fixture
def made(monkeypatch):
    """What was made, in order; nothing is kept yet."""
    monkeypatch.setattr(editions, "_kept", {})
    return []


def make(made, what="something"):
    made.append(what)
    return what


@pytest.mark.django_db(transaction=True)
def test_what_is_kept_is_made_again_after_a_change(made):
    for _each in range(3):
        editions.kept("it", lambda: make(made))
    EventFactory()
    editions.kept("it", lambda: make(made))

    assert made == ["something"] * 2


@pytest.mark.django_db(transaction=True)
def test_it_is_made_again_when_what_else_it_depends_on_changes(made):
    said = [editions.kept("it", lambda day=day: make(made, day), day) for day in "AABA"]

    assert said == ["A", "A", "B", "A"]
    assert made == ["A", "B", "A"]


@pytest.mark.django_db(transaction=True)
def test_inside_a_transaction_it_is_made_each_time(made):
    editions.kept("it", lambda: make(made))
    with transaction.atomic():
        editions.kept("it", lambda: make(made))
    editions.kept("it", lambda: make(made))

    assert made == ["something"] * 2


@pytest.mark.django_db(transaction=True)
def test_without_an_edition_nothing_is_kept(made):
    Edition.objects.all().delete()

    for _each in range(2):
        editions.kept("it", lambda: make(made))

    assert made == ["something"] * 2


@pytest.mark.django_db(transaction=True)
def test_to_know_that_it_still_holds_costs_one_question(made, django_assert_num_queries):
    editions.kept("it", lambda: make(made))

    with django_assert_num_queries(1):
        editions.kept("it", lambda: make(made))
