"""A process is killed at any moment: what it was writing is there as a whole or not at all."""

import os
import random
import time

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.each_database]

MOMENTS = int(os.environ.get("SOAK_KILLS", "2"))

# What a load would leave in halves: a record without its parts, or without its status.
STATE = """
from timeline.models import Actor, Citation, Event, Source
print(Event.objects.count(), Event.objects.published().count(), Citation.objects.count(),
      Actor.objects.count(), Source.objects.count())
"""
# What was public before: some records of the dataset may not be published as they are.
TAKE_BACK = """
from timeline.models import Event
print(Event.objects.exclude(added=None).update(status="draft"))
"""
PUBLISH = """
from timeline import curation
from timeline.models import Event
print("ready", flush=True)
while True:
    curation.publish(Event.objects.exclude(added=None))
    Event.objects.published().update(status="draft")
"""
IMPORT = """
import itertools
from timeline import spreadsheets
from timeline.models import Event
first = Event.objects.filter(slug__startswith="row-").count()
for number in itertools.count(first, 300):
    rows = "".join(f"row-{n},Row {n},1934,meeting\\n" for n in range(number, number + 300))
    sheet = f"slug,title_en,date,kind\\n{rows}".encode()
    table = spreadsheets.read_table("rows.csv", sheet, "events")
    list(spreadsheets.save(spreadsheets.Check("events", table), reason="Rows."))
    print("ready", flush=True)
"""
# Records come with their history, and by the sheet.
IMPORTED = """
from timeline.models import Event, Revision
rows = Event.objects.filter(slug__startswith="row-")
kept = Revision.objects.filter(kind="events", reason="Rows.")
print(rows.exists(), rows.count() % 300, rows.count() - kept.count())
"""
TWO = """
from timeline.models import Actor, Event, Participation
one, two = (
    Actor.objects.create(slug=f"{name}-of-two", name_en="Two", kind="person")
    for name in ("one", "other")
)
Participation.objects.bulk_create(
    Participation(event=event, actor=one) for event in Event.objects.all()[:60]
)
"""
MERGE = """
from timeline import merging
from timeline.models import Actor, Revision
one = Actor.objects.get(slug="one-of-two")
if one.status == "merged":
    merging.undo(Revision.objects.filter(action="merged", number=one.pk).first(), reason="Two.")
print("ready", flush=True)
while True:
    one, two = (Actor.objects.get(slug=f"{name}-of-two") for name in ("one", "other"))
    merging.undo(merging.merge(one, two, reason="The same."), reason="Two.")
"""
# Who takes part in what, and that every record is the version that its history ends with.
MERGED = """
from django.db.models import OuterRef, Subquery
from timeline.models import Actor, Event, Participation, Revision
of = lambda slug: Participation.objects.filter(actor__slug=slug).count()
print(Actor.objects.get(slug="one-of-two").status, of("one-of-two"), of("other-of-two"))
for kind, model in {"events": Event, "actors": Actor}.items():
    last = Revision.objects.filter(kind=kind, number=OuterRef("pk")).order_by("-version")
    told = model.objects.annotate(last=Subquery(last.values("version")[:1])).exclude(last=None)
    print(kind, sum(record.last != record.version for record in told))
"""
UNMERGED = "draft 60 0\nevents 0\nactors 0"
IS_MERGED = "merged 0 60\nevents 0\nactors 0"


def kill_after(site, seconds, *arguments, ready=None):
    """Whether it was still at work when it was killed."""
    with site.running(*arguments) as process:
        if ready:
            assert process.stdout.readline() == f"{ready}\n"
        time.sleep(seconds)
        return process.poll() is None


def test_a_load_that_is_killed_writes_all_or_nothing(databases, migrated, loaded):
    nothing, whole = migrated.ask(STATE), loaded.ask(STATE)
    site = databases.new(like=migrated)
    chance = random.Random(1932)
    killed = 0
    for _each in range(MOMENTS):
        killed += kill_after(site, chance.uniform(0.3, 4), "manage.py", "load_seeds")
        assert site.ask(STATE) in {nothing, whole}

    assert killed > 0
    site.manage("load_seeds")
    assert site.ask(STATE) == whole
    assert site.export("after") == loaded.export("whole")


def test_a_publication_that_is_killed_publishes_all_or_none(databases, loaded):
    site = databases.new(like=loaded)
    total = site.ask(TAKE_BACK)
    chance = random.Random(2025)
    for _each in range(MOMENTS):
        kill_at_work(site, PUBLISH, chance, 1)
        published = site.ask(
            "from timeline.models import Event; print(Event.objects.published().count())"
        )
        assert published in {"0", total}

    assert int(total) > 0


def kill_at_work(site, code, chance, longest):
    """Kill a piece of Python that goes on and on."""
    shell = ("manage.py", "shell", "--no-imports", "--command", code)
    assert kill_after(site, chance.uniform(0, longest), *shell, ready="ready")


def test_an_import_that_is_killed_brings_in_whole_sheets_with_their_history(databases, loaded):
    site = databases.new(like=loaded)
    chance = random.Random(1934)
    for _each in range(MOMENTS):
        kill_at_work(site, IMPORT, chance, 3)
        assert site.ask(IMPORTED) == "True 0 0"


def test_a_merger_that_is_killed_is_made_or_not(databases, loaded):
    site = databases.new(like=loaded)
    site.ask(TWO)
    chance = random.Random(1973)
    found = set()
    for _each in range(MOMENTS):
        kill_at_work(site, MERGE, chance, 2)
        found.add(site.ask(MERGED))

    assert found <= {UNMERGED, IS_MERGED}
