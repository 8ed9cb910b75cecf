"""Back the database up while it is in use: `scripts/backup` calls this.

    python -m relations.backup [--keep N] [FOLDER]        BACKUP_DIR, when no folder is named

SQLite is copied by its own online backup, PostgreSQL by pg_dump; either way the copy is one
state of the whole database, whatever is written meanwhile. See `relations.copies` for the form.
"""

import argparse
import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import django
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import Error, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from relations.copies import (
    PREFIX,
    SUFFIXES,
    CopyError,
    Note,
    checksum,
    checksum_of_files,
    copies,
    flush,
    note_of,
    write_note,
)
from relations.postgres import call


def backup(folder: Path) -> Path:
    """Make a copy in the folder, with its note, and return its path.

    Raises `CopyError`; then nothing is left in the folder that looks like a backup.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    taken = datetime.now(UTC)
    name = f"{PREFIX}{taken:%Y%m%dT%H%M%S%f}Z{SUFFIXES[connection.vendor]}"
    part = folder / f"{name}.part"
    try:
        # Accounts are in it: nobody else reads it, from the first byte on.
        part.touch(mode=0o600, exist_ok=False)
        export = {"sqlite": _copy_sqlite, "postgresql": _copy_postgresql}[connection.vendor](part)
        flush(part)
        note = Note(
            connection.vendor, taken.isoformat(), checksum(part), part.stat().st_size, export
        )
        copy = part.replace(folder / name)
        write_note(copy, note)
    except BaseException:
        journal = Path(f"{part}-journal")  # SQLite leaves it when the disk is full
        for left in (part, journal, folder / name, note_of(folder / name)):
            left.unlink(missing_ok=True)
        raise
    return copy


def _copy_sqlite(part: Path) -> str | None:
    with (
        closing(sqlite3.connect(settings.DATABASES["default"]["NAME"], timeout=20)) as source,
        closing(sqlite3.connect(part)) as target,
    ):
        source.backup(target)
        # One file, which can be carried away as it is.
        target.execute("PRAGMA journal_mode=DELETE")
        faults = target.execute("PRAGMA integrity_check").fetchall()
        if faults != [("ok",)]:
            raise CopyError(f"The database is damaged: {faults[0][0]}")
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch, "copy.sqlite3")
        copy.write_bytes(part.read_bytes())
        return export_of_sqlite(copy)


def _copy_postgresql(part: Path) -> str | None:
    """The dump and the export see one and the same state: the snapshot of this transaction."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            [snapshot] = cursor.fetchone()
        call(
            *("pg_dump", "--format=custom", "--no-owner", "--no-privileges"),
            *(f"--snapshot={snapshot}", f"--file={part}"),
        )
        return export_of_site()


def export_of_site() -> str | None:
    """The checksum of what `dump_seeds` writes; None when the database is of another version."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return None
    with tempfile.TemporaryDirectory() as scratch:
        call_command("dump_seeds", scratch, copy=True, verbosity=0)
        return checksum_of_files(Path(scratch))


def export_of_sqlite(file: Path) -> str | None:
    """The same, of a file that is not the site's database."""
    result = subprocess.run(
        [sys.executable, "-m", "relations.backup", "--export"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": f"sqlite:///{file}"},
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        raise CopyError(f"The copy cannot be read: {result.stderr.strip().splitlines()[-1]}")
    return result.stdout.strip() or None


def discard_all_but(keep: int, folder: Path) -> list[Path]:
    """Delete the oldest backups; the note first, for a copy without one is no backup."""
    old = copies(folder)[:-keep]
    for copy in old:
        note_of(copy).unlink()
        copy.unlink()
    return old


def count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 on")
    return int(text)


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="scripts/backup", description="Back the database up.")
    parser.add_argument("folder", nargs="?", type=Path, help="where to; BACKUP_DIR if not said")
    parser.add_argument("--keep", type=count, default=14, help="how many to keep; 14 if not said")
    parser.add_argument("--export", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relations.settings")
    try:
        django.setup()
        if asked.export:
            print(export_of_site() or "")
            return
        folder = (asked.folder or settings.BACKUP_DIR).absolute()
        copy = backup(folder)
        old = discard_all_but(asked.keep, folder)
    except (CopyError, CommandError, Error, sqlite3.Error, OSError, ValueError) as error:
        sys.exit(f"No backup was made: {' '.join(str(error).split())}")
    print(f"{copy} ({copy.stat().st_size} bytes); {len(old)} older ones deleted.")


if __name__ == "__main__":
    main(sys.argv[1:])
