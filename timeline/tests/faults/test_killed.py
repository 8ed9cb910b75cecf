"""A process is killed at any moment: what it was writing is there as a whole or not at all."""

import os
import random
import time

import pytest

pytestmark = pytest.mark.slow

MOMENTS = int(os.environ.get("SOAK_KILLS", "8"))

# What a load would leave in halves: a record without its parts, or without its status.
STATE = """
from timeline.models import Actor, Citation, Event, Source
print(Event.objects.count(), Event.objects.published().count(), Citation.objects.count(),
      Actor.objects.count(), Source.objects.count())
"""
PUBLISH = """
from timeline import curation
from timeline.models import Event
print("ready", flush=True)
while True:
    curation.publish(Event.objects.all())
    Event.objects.update(status="draft")
"""


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
    chance = random.Random(1924)
    killed = 0
    for _each in range(MOMENTS):
        killed += kill_after(site, chance.uniform(0.3, 6), "manage.py", "load_seeds")
        assert site.ask(STATE) in {nothing, whole}

    assert killed > 0
    site.manage("load_seeds")
    assert site.ask(STATE) == whole
    assert site.export("after") == loaded.export("whole")


def test_a_publication_that_is_killed_publishes_all_or_none(databases, loaded):
    site = databases.new(like=loaded)
    site.ask("from timeline.models import Event; Event.objects.update(status='draft')")
    total = site.ask("from timeline.models import Event; print(Event.objects.count())")
    chance = random.Random(2025)
    for _each in range(MOMENTS):
        shell = ("manage.py", "shell", "--no-imports", "--command", PUBLISH)
        assert kill_after(site, chance.uniform(0.05, 1), *shell, ready="ready")
        published = site.ask(
            "from timeline.models import Event; print(Event.objects.published().count())"
        )
        assert published in {"0", total}
