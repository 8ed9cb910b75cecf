"""From which database is read; with servers of its own in `operating/test_scale_out.py`."""

import pytest
from django.contrib.sessions.models import Session

from timeline import replica
from timeline.models import Edition, Event, FrozenView, Report
from timeline.replica import PRIMARY, REPLICA


@pytest.fixture
def router():
    return replica.Router()


def test_everything_is_read_from_the_primary_unless_somebody_says_otherwise(router):
    before = router.db_for_read(Event)
    with replica.reading(REPLICA):
        within = router.db_for_read(Event), router.db_for_read(Edition)

    assert (before, within, router.db_for_read(Event)) == (PRIMARY, (REPLICA, REPLICA), PRIMARY)


@pytest.mark.parametrize("model", [FrozenView, Report, Session])
def test_what_may_just_have_been_written_is_read_from_the_primary_and_so_is_what_follows(
    router, model
):
    with replica.reading(REPLICA):
        read = router.db_for_read(model), router.db_for_read(Event)

    assert read == (PRIMARY, PRIMARY)


def test_who_writes_reads_from_the_primary_from_then_on(router):
    with replica.reading(REPLICA):
        used = router.db_for_write(Event), router.db_for_read(Event), router.db_for_read(Edition)

    assert used == (PRIMARY, PRIMARY, PRIMARY)


def test_an_answer_sent_while_it_is_made_is_read_from_where_it_began(router):
    with replica.reading(REPLICA):
        parts = replica.reading_on(router.db_for_read(Event) for _each in "ab")

    assert list(parts) == [REPLICA, REPLICA]
    assert router.db_for_read(Event) == PRIMARY


def test_only_the_primary_is_migrated(router):
    assert router.allow_migrate(PRIMARY, "timeline") is True
    assert router.allow_migrate(REPLICA, "timeline") is False
