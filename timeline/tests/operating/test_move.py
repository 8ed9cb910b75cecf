"""Everything moves to another database, with its numbers and its times."""

import shutil

import pytest

from timeline.tests.databases import ON_POSTGRESQL, Site

pytestmark = [pytest.mark.slow, pytest.mark.each_database]

SHOW = """
from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
import hashlib, json
for model in apps.get_models(include_auto_created=True):
    # The mark of the edition is another in every database, whatever it holds.
    if not model._meta.managed or model._meta.proxy or model._meta.model_name == "edition":
        continue
    names = [field.attname for field in model._meta.local_concrete_fields]
    rows = list(model._base_manager.order_by("pk").values(*names))
    said = json.dumps(rows, cls=DjangoJSONEncoder, default=str, sort_keys=True)
    print(model._meta.db_table, len(rows), hashlib.sha256(said.encode()).hexdigest())
"""
PEOPLE = """
from django.contrib.auth.models import Group, Permission, User
from django.contrib.admin.models import LogEntry
from timeline.models import Event
editors = Group.objects.create(name="editors")
editors.permissions.set(Permission.objects.filter(codename__contains="event"))
ayse = User.objects.create_superuser("ayse", password="a long pass phrase")
ayse.groups.add(editors)
for event in Event.objects.all()[:3]:
    LogEntry.objects.log_actions(ayse.pk, [event], 2, "corrected", single_object=True)
"""

SIGN_IN = """
from django.contrib.auth.models import User
print(User.objects.get().check_password("a long pass phrase"))
"""
NEXT = """
from timeline.models import Event
last = Event.objects.order_by("-pk").first().pk
print(last, Event.objects.create(slug="n", title_en="N", start="1934", kind="meeting").pk)
"""


@pytest.fixture(scope="module")
def embedded(tmp_path_factory, loaded):
    """The embedded database that a newcomer began with, whatever the suite runs on."""
    folder = tmp_path_factory.mktemp("embedded")
    site = Site(f"sqlite:///{folder}/db.sqlite3", folder)
    if ON_POSTGRESQL:
        site.manage("migrate", "--verbosity", "0")
        site.manage("load_seeds")
    else:
        shutil.copy(loaded.url.removeprefix("sqlite:///"), folder / "db.sqlite3")
    site.ask(PEOPLE)
    return site


@pytest.fixture
def old(embedded, tmp_path):
    """The same, to be written to."""
    folder = tmp_path / "old"
    folder.mkdir()
    shutil.copy(embedded.folder / "db.sqlite3", folder)
    return Site(f"sqlite:///{folder}/db.sqlite3", folder)


def move(old, new):
    return new.having(MOVE_FROM=old.url).call("-m", "relations.move")


def test_every_row_arrives_as_it_was_and_the_next_one_is_numbered_after_it(
    old, databases, migrated
):
    new = databases.new(like=migrated)

    moved = move(old, new)

    assert moved.returncode == 0, moved.stderr
    assert new.ask(SHOW) == old.ask(SHOW)
    assert new.export("new") == old.export("old")
    assert new.ask(SIGN_IN) == "True"
    last, following = map(int, new.ask(NEXT).split())
    assert following > last


def test_a_database_with_records_is_refused_and_kept(old, databases, loaded):
    new = databases.new(like=loaded)
    before = new.ask(SHOW)

    refused = move(old, new)

    assert refused.returncode == 1
    assert refused.stderr.startswith("Nothing was moved: The new database is not empty: ")
    assert new.ask(SHOW) == before


def test_a_database_without_tables_is_refused(old, databases):
    refused = move(old, databases.new())

    assert refused.returncode == 1
    assert "The new database has no tables yet" in refused.stderr


def test_two_versions_are_refused(databases, migrated, tmp_path):
    old = Site(f"sqlite:///{tmp_path}/old.sqlite3", tmp_path)
    old.manage("migrate", "--verbosity", "0")
    old.manage("migrate", "timeline", "0001", "--verbosity", "0")

    refused = move(old, databases.new(like=migrated))

    assert refused.returncode == 1
    assert "not of one version; they differ by timeline.0002" in refused.stderr


def test_a_row_that_does_not_fit_moves_nothing(old, databases, migrated):
    old.ask("from timeline.models import Source; Source.objects.update(note='a\\0b')")
    new = databases.new(like=migrated)
    before = new.ask(SHOW)

    moved = move(old, new)

    if ON_POSTGRESQL:  # which holds no NUL
        assert moved.returncode == 1
        assert "A row of timeline_source does not fit" in moved.stderr
        assert new.ask(SHOW) == before
    else:
        assert moved.returncode == 0
