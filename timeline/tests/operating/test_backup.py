"""The drill: a backup made while the site is written to comes back as it was."""

import json
import os
import shutil
from pathlib import Path

import pytest

from timeline.tests.databases import ON_POSTGRESQL

pytestmark = [pytest.mark.slow, pytest.mark.each_database]

ACCOUNT = "from django.contrib.auth.models import User; "
# Each write is of two rows that belong together: a torn copy would have one of them.
WRITES = """
import itertools
from django.db import transaction
from timeline.models import Actor, Event
print("writing", flush=True)
for number in itertools.count():
    with transaction.atomic():
        Actor.objects.create(slug=f"w-{number}", name_en=f"Word {number}", kind="person")
        Event.objects.create(
            slug=f"w-{number}", title_en=f"Words {number}", start="1934", kind="meeting"
        )
"""
TORN = (
    "from timeline.models import Actor, Event; "
    "print(Actor.objects.filter(slug__startswith='w-').count()"
    " - Event.objects.filter(slug__startswith='w-').count())"
)


def backup(site, *arguments):
    done = site.call("-m", "relations.backup", *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout.partition(" (")[0]


def restore(site, *arguments):
    return site.call("-m", "relations.restore", *arguments)


def backups(site):
    return sorted(path.name for path in (site.folder / "backups").iterdir())


@pytest.fixture
def site(databases, loaded):
    site = databases.new(like=loaded)
    site.ask(ACCOUNT + "User.objects.create_superuser('ayse', password='a long pass phrase')")
    return site


def test_what_was_backed_up_while_in_use_comes_back_byte_for_byte(site, databases):
    with site.running("manage.py", "shell", "--no-imports", "--command", WRITES) as writer:
        assert writer.stdout.readline() == "writing\n"
        copy = backup(site)
        assert writer.poll() is None
    fresh = databases.new()

    restored = restore(fresh, copy)

    assert restored.returncode == 0, restored.stderr
    assert "compared with the export of its time" in restored.stdout
    assert fresh.ask(TORN) == "0"
    again = databases.new()
    assert restore(again, backup(fresh)).returncode == 0
    assert again.export("again") == fresh.export("fresh")
    assert fresh.ask(
        ACCOUNT + "print(User.objects.get().check_password('a long pass phrase'))"
    ) == ("True")


def test_nothing_is_replaced_unless_it_is_asked_for(site, databases):
    copy = backup(site)
    site.ask("from timeline.models import Event; Event.objects.update(title_en='Spoilt')")
    spoilt = site.export("spoilt")

    refused = restore(site, copy)
    assert refused.returncode == 1
    assert refused.stderr == (
        "Nothing was restored: The database is not empty. To replace what is there, say "
        "--overwrite.\n"
    )
    assert site.export("refused") == spoilt

    done = restore(site, "--overwrite", copy)
    assert done.returncode == 0, done.stderr
    assert site.export("restored") != spoilt


def change_a_byte(copy, note):
    content = bytearray(copy.read_bytes())
    content[5000] ^= 1
    copy.write_bytes(content)


def say_another_engine(copy, note):
    other = "sqlite" if ON_POSTGRESQL else "postgresql"
    note.write_text(json.dumps(json.loads(note.read_text()) | {"engine": other}))


HARMS = [
    (change_a_byte, "its checksum differs"),
    (lambda copy, note: os.truncate(copy, 5000), "its checksum differs"),
    (lambda copy, note: note.unlink(), "was not finished"),
    (lambda copy, note: note.write_text("{"), "cannot be read"),
    (lambda copy, note: copy.unlink(), "There is no"),
    (say_another_engine, "The backup is of "),
]


def test_a_copy_that_is_not_whole_is_refused_and_changes_nothing(databases, migrated, tmp_path):
    copy = Path(backup(databases.new(like=migrated)))
    fresh = databases.new()
    for number, (harm, complaint) in enumerate(HARMS):
        folder = tmp_path / f"harm-{number}"
        shutil.copytree(copy.parent, folder)
        harm(folder / copy.name, folder / f"{copy.stem}.json")

        refused = restore(fresh, str(folder / copy.name))

        assert refused.returncode == 1
        assert refused.stderr.startswith("Nothing was restored: ")
        assert refused.stderr.count("\n") == 1
        assert complaint in refused.stderr
    tables = "from django.db import connection; print(connection.introspection.table_names())"
    assert fresh.ask(tables) == "[]"


def test_the_newest_are_kept_and_nothing_else_is_touched(databases, migrated):
    site = databases.new(like=migrated)
    (site.folder / "backups").mkdir()
    (site.folder / "backups" / "mine.sqlite3").write_text("mine")
    made = [backup(site, "--keep", "2") for _each in range(3)]

    names = [path.rpartition("/")[2] for path in made[1:]]
    assert backups(site) == sorted(
        ["mine.sqlite3", *names, *(name.rpartition(".")[0] + ".json" for name in names)]
    )
    assert (site.folder / "backups" / names[0]).stat().st_mode & 0o777 == 0o600


def test_a_backup_that_fails_leaves_nothing_and_keeps_the_old(databases, migrated):
    site = databases.new(like=migrated)
    backup(site)
    before = backups(site)
    gone = site.having(
        DATABASE_URL="postgres://app@127.0.0.1:1/x" if ON_POSTGRESQL else "sqlite:////nowhere/x"
    )

    failed = gone.call("-m", "relations.backup", "--keep", "1")
    refused = site.call("-m", "relations.backup", "--keep", "none")

    assert (failed.returncode, failed.stderr.startswith("No backup was made: ")) == (1, True)
    assert failed.stderr.count("\n") == 1
    assert refused.returncode == 2
    assert backups(site) == before
