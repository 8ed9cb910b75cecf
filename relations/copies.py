"""What a backup is: a copy of the database, and beside it a note of what the copy holds.

The copy is `relations-<time>.sqlite3` or `.dump` (PostgreSQL's custom format); the note has the
same name and `.json`, and is written last: a copy without one was never finished. The note
gives the checksum of the copy and, to compare a restored database with, that of the files which
`dump_seeds` wrote from the same state.
"""

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

PREFIX = "relations-"
SUFFIXES = {"sqlite": ".sqlite3", "postgresql": ".dump"}


class CopyError(Exception):
    """Why there is no backup, or none that can be restored, as a sentence."""


@dataclass(frozen=True)
class Note:
    """What was copied. `export` is None when the code was not that of the database."""

    engine: str
    taken: str
    sha256: str
    size: int
    export: str | None

    @property
    def time(self) -> datetime:
        return datetime.fromisoformat(self.taken)


def note_of(copy: Path) -> Path:
    return copy.with_suffix(".json")


def read_note(copy: Path) -> Note:
    path = note_of(copy)
    try:
        return Note(**json.loads(path.read_text()))
    except FileNotFoundError:
        raise CopyError(f"{path.name} is missing: the backup was not finished.") from None
    except (OSError, ValueError, TypeError) as error:
        raise CopyError(f"{path.name} cannot be read: {error}") from error


def write_note(copy: Path, note: Note) -> None:
    part = note_of(copy).with_suffix(".json.part")
    part.write_text(json.dumps(asdict(note), indent=2) + "\n")
    flush(part)
    part.replace(note_of(copy))
    flush(copy.parent)


def copies(folder: Path) -> list[Path]:
    """The finished backups in a folder, the oldest first."""
    found = [
        path.with_suffix(suffix)
        for path in folder.glob(f"{PREFIX}*.json")
        for suffix in SUFFIXES.values()
    ]
    return sorted(path for path in found if path.is_file())


def checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def checksum_of_files(folder: Path) -> str:
    """One checksum for the names and the bytes of all files."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            total.update(f"{path.relative_to(folder).as_posix()} {checksum(path)}\n".encode())
    return total.hexdigest()


def flush(path: Path) -> None:
    """Have the system write a file, or a folder's names, to the disk before we go on."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def same_copy(copy: Path, note: Note) -> None:
    """Raise `CopyError` unless the file is, byte for byte, what the note speaks of."""
    if not copy.is_file():
        raise CopyError(f"There is no {copy}.")
    if copy.stat().st_size != note.size or checksum(copy) != note.sha256:
        raise CopyError(f"{copy.name} is not what was copied: its checksum differs.")
