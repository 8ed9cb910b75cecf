"""How the database goes about what is asked often: by an index, without sorting or looking at all.

Small tables are read whole whatever indexes they have. On PostgreSQL that is therefore forbidden
here, so that the plan shows whether an index can be used at all.
"""

import pytest
from django.db import connection

from timeline.api import pages
from timeline.models import Event, Source
from timeline.querysets.editions import _STATE
from timeline.tests.factories import ActorFactory, EventFactory

pytestmark = pytest.mark.django_db

AS_READERS_SEE_THEM = "timeline_ev_status_63200f_idx"


@pytest.fixture
def event():
    made = EventFactory(published=True, start="1934-06-01", actors=[ActorFactory()])
    return Event.objects.get(pk=made.pk)  # with the bounds that the database computes


def plan(queryset) -> str:
    if connection.vendor == "sqlite":
        return queryset.explain()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
    return queryset.explain()


def sorts(said: str) -> bool:
    return "TEMP B-TREE" in said or "Sort" in said


QUESTIONS = {
    "the first page": lambda event: Event.objects.published().in_order()[:51],
    "the newest": lambda event: Event.objects.published().in_order(newest_first=True)[:51],
    "the one before": lambda event: Event.objects.published().before(event)[:1],
    "the one after": lambda event: Event.objects.published().after(event)[:1],
    "a page of the API": lambda event: (
        Event.objects.published()
        .in_order()
        .filter(
            pages._beyond(
                ("start_earliest", "start_latest", "slug"),
                [event.start_earliest, event.start_latest, event.slug],
                False,
            )
        )[:51]
    ),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_readers_walk_along_the_order_of_the_timeline(event, name):
    said = plan(QUESTIONS[name](event))

    assert AS_READERS_SEE_THEM in said
    assert not sorts(said)


@pytest.mark.parametrize("name", ["the one before", "the one after", "a page of the API"])
def test_a_place_in_the_order_is_found_and_not_walked_to(event, name):
    said = plan(QUESTIONS[name](event))

    bound = "start_earliest<" if name == "the one before" else "start_earliest>"
    if connection.vendor == "sqlite":
        assert f"status=? AND {bound}?" in said
    else:
        [condition] = [line for line in said.splitlines() if "Index Cond" in line]
        assert "status" in condition
        assert "start_earliest" in condition


def test_curators_walk_along_the_same_order_whatever_the_status(event):
    said = plan(Event.objects.in_order()[:100])

    assert "event_order" in said
    assert not sorts(said)


def test_the_events_of_an_actor_are_found_by_the_actor(event):
    said = plan(Event.objects.published().with_actors([event.participants.get().actor]))

    if connection.vendor == "sqlite":
        assert "timeline_participation_actor_id" in said
    else:
        assert "actor_id =" in said
        assert "Seq Scan" not in said


def test_whether_anything_has_changed_is_one_row():
    with connection.cursor() as cursor:
        cursor.execute(_STATE)
        rows = cursor.fetchall()

    assert len(rows) == 1


@pytest.mark.parametrize("model", [Event, Source])
def test_parts_of_words_are_found_by_an_index_where_there_is_one(model):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite reads all texts: see docs/adr/0047")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")
    said = model.objects.filter(folded__contains="ertugrul").explain()

    assert f"{model._meta.db_table}_words" in said
