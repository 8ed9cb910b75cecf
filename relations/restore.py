"""Bring a backup back: `scripts/restore` calls this.

    python -m relations.restore [--overwrite] FILE

Into the database that DATABASE_URL names, which must be empty unless `--overwrite` is said. All or
nothing: the copy is checked first, goes in by one transaction, and what came out is compared with
what went in.
"""

import argparse
import os
import shutil
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import django
from django.conf import settings
from django.db import Error, connection

from relations.backup import export_of_site, export_of_sqlite
from relations.copies import CopyError, Note, read_note, same_copy
from relations.postgres import call


def restore(copy: Path, *, overwrite: bool = False) -> Note:
    """Replace the database by the copy; raises `CopyError`, and then nothing was changed."""
    note = read_note(copy)
    same_copy(copy, note)
    if note.engine != connection.vendor:
        raise CopyError(
            f"The backup is of {note.engine}, the database is {connection.vendor}. Restore it on "
            f"{note.engine}, then move it with scripts/move."
        )
    if not overwrite and is_used():
        raise CopyError("The database is not empty. To replace what is there, say --overwrite.")
    {"sqlite": _into_sqlite, "postgresql": _into_postgresql}[note.engine](copy, note)
    return note


def is_used() -> bool:
    """Whether there is anything in the database; a file that is not there is not made."""
    if connection.vendor == "sqlite" and not Path(settings.DATABASES["default"]["NAME"]).exists():
        return False
    return bool(connection.introspection.table_names())


def _into_sqlite(copy: Path, note: Note) -> None:
    target = Path(settings.DATABASES["default"]["NAME"])
    with tempfile.TemporaryDirectory(dir=copy.parent) as scratch:
        checked = Path(scratch, "copy.sqlite3")
        shutil.copyfile(copy, checked)
        require_same(export_of_sqlite(checked), note)
    connection.close()
    target.parent.mkdir(parents=True, exist_ok=True)
    # Not by moving files: a process that has the old one open would go on with it, and its
    # journal would be applied to the new one. SQLite itself writes the pages, as one transaction.
    with (
        closing(sqlite3.connect(f"{copy.resolve().as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(target, timeout=20)) as database,
    ):
        source.backup(database)


def _into_postgresql(copy: Path, note: Note) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        script = Path(scratch, "restore.sql")
        call("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(copy))
        connection.close()
        # The schema goes as a whole, with tables that a later version may have made.
        call(
            *("psql", "--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1"),
            *("--command=SET lock_timeout = '20s'",),
            *("--command=DROP SCHEMA public CASCADE", "--command=CREATE SCHEMA public"),
            f"--file={script}",
        )
    require_same(export_of_site(), note)


def require_same(now: str | None, note: Note) -> None:
    if note.export and now and now != note.export:
        raise CopyError("What was restored is not what was copied: the exports differ.")


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="scripts/restore", description="Bring a backup back.")
    parser.add_argument("file", type=Path, help="the copy; its .json must stand beside it")
    parser.add_argument(
        "--overwrite", action="store_true", help="replace what is in the database now"
    )
    asked = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relations.settings")
    try:
        django.setup()
        note = restore(asked.file.absolute(), overwrite=asked.overwrite)
    except (CopyError, Error, sqlite3.Error, OSError) as error:
        sys.exit(f"Nothing was restored: {' '.join(str(error).split())}")
    compared = "compared with the export of its time" if note.export else "not compared"
    print(f"The state of {note.taken} is back, {compared}. Now: ./run manage migrate")


if __name__ == "__main__":
    main(sys.argv[1:])
