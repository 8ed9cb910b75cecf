"""The disk is full: a clear error, nothing half written, and all is well when there is room."""

import subprocess

import pytest

from timeline.tests.databases import ON_POSTGRESQL

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(ON_POSTGRESQL, reason="the disk is then the server’s, and its own affair"),
]
ROOM = 3_000  # KiB: less than the dataset needs

CHECK = """
from django.db import connection
print(connection.cursor().execute("PRAGMA integrity_check").fetchall())
"""


@pytest.fixture
def full(tmp_path):
    """A folder on a file system of its own, and small; without the right to make one, a skip."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={ROOM}k", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a file system can be mounted by root only")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_load_on_a_full_disk_is_refused_and_harms_nothing(databases, migrated, full):
    site = databases.new(like=migrated)
    file = full / "db.sqlite3"
    file.write_bytes((site.folder / "db.sqlite3").read_bytes())
    small = site.having(DATABASE_URL=f"sqlite:///{file}")

    refused = small.call("manage.py", "load_seeds")

    assert refused.returncode != 0
    assert refused.stderr == (
        "CommandError: The database fails; nothing was written: database or disk is full\n"
    )
    subprocess.run(["mount", "-o", "remount,size=64m", str(full)], check=True)
    assert small.ask(CHECK) == "[('ok',)]"
    small.manage("load_seeds")


def test_a_backup_on_a_full_disk_leaves_none_that_is_half(databases, loaded, full):
    site = databases.new(like=loaded)
    (full / "filler").write_bytes(bytes(ROOM * 1024 - 1_000_000))

    refused = site.call("-m", "relations.backup", str(full))

    assert refused.returncode == 1
    assert refused.stderr.startswith("No backup was made: ")
    assert refused.stderr.count("\n") == 1
    assert [path.name for path in full.iterdir()] == ["filler"]


def test_an_editor_on_a_full_disk_is_told_to_try_again(databases, migrated, full):
    site = databases.new(like=migrated)
    file = full / "db.sqlite3"
    file.write_bytes((site.folder / "db.sqlite3").read_bytes())
    small = site.having(DATABASE_URL=f"sqlite:///{file}")
    taken = sum(path.stat().st_size for path in full.iterdir())
    (full / "filler").write_bytes(bytes(ROOM * 1024 - taken - 40_000))
    ask = """
from django.test import Client
from django.contrib.auth.models import User
client = Client(raise_request_exception=False)
print(client.get("/en/").status_code)
for number in range(200):
    response = client.post("/admin/login/", {"username": f"n{number}", "password": "x" * 50})
    if response.status_code != 200:
        print(response.status_code, response.headers.get("Retry-After"))
        break
print(client.get("/en/").status_code)
"""
    lines = small.having(ALLOWED_HOSTS="testserver").ask(ask).splitlines()

    assert lines == ["200", "503 30", "200"]
