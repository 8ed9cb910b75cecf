"""Frozen, numbered states of the published data, and where their files stand."""

import datetime
import os
import shutil
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from timeline.models import Release
from timeline.models.releases import release_number
from timeline.releases import changes, package
from timeline.releases.rows import Unfinished, rows

__all__ = ["Refused", "file", "make"]


class Refused(Exception):
    """The release cannot be made; says why. Nothing was written."""


def make(number: str, day: datetime.date, notes: str = "") -> Release:
    """Freeze the published data under that number: files and all, or nothing.

    Raises `Refused` when the number is taken, out of order or none, or when the data are not in
    a state to be frozen.
    """
    last = _follows(number)
    try:
        found = rows()
    except Unfinished as unfinished:
        raise Refused(str(unfinished)) from unfinished
    if not found.get("events"):
        raise Refused("There is no published event to release.")
    made, changed = _package(number, day, found, last)
    archive = package.archive(number, day, made)
    made[package.archive_name(number)] = archive
    release = Release(
        number=number,
        day=day,
        records=len(found["events"]),
        checksum=package.checksum(archive),
        files=[
            {"name": name, "bytes": len(content), "sha256": package.checksum(content)}
            for name, content in made.items()
        ],
        changes=changed,
        notes=notes,
    )
    try:
        with transaction.atomic():
            release.save(force_insert=True)
            _write(number, made)
    except IntegrityError as error:
        raise Refused(f"{number} was made by someone else just now.") from error
    return release


def file(release: Release, name: str) -> Path | None:
    """Where a file of the release stands; None when it has none of that name."""
    if name not in {one["name"] for one in release.files}:
        return None
    path = settings.RELEASES_DIR / release.number / name
    return path if path.is_file() else None


def _follows(number: str) -> Release | None:
    """The newest release, after which that number comes."""
    try:
        release_number(number)
    except ValidationError as error:
        raise Refused(f"“{number}” is no number of a release. {error.message}") from error
    last = Release.objects.first()
    if last and Release(number=number).parts <= last.parts:
        raise Refused(f"{number} does not come after {last.number}, the newest release.")
    return last


def _package(number, day, found, last) -> tuple[package.Files, changes.Changes]:
    now = changes.read(package.files(number, day, found, ""))
    changed = changes.between(_tables(last), now) if last else {}
    text = changes.text(number, last.number if last else "", changed, now["tombstones"])
    return package.files(number, day, found, text), changed


def _tables(release: Release) -> changes.Rows:
    """What stood in the tables of an earlier release."""
    names = [one["name"] for one in release.files if one["name"].endswith(".csv")]
    paths = {name: file(release, name) for name in names}
    if missing := [name for name, path in paths.items() if not path]:
        raise Refused(
            f"What changed since {release.number} cannot be told: {', '.join(missing)} of it is "
            f"not in {settings.RELEASES_DIR}. Put the files back first."
        )
    return changes.read({name: path.read_bytes() for name, path in paths.items()})


def _write(number: str, made: package.Files) -> None:
    """All of the files, or none: they are written aside and take their place in one step."""
    aside = None
    try:
        settings.RELEASES_DIR.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=".making-", dir=settings.RELEASES_DIR))
        for name, content in made.items():
            (aside / name).write_bytes(content)
        aside.chmod(0o755)
        place = settings.RELEASES_DIR / number
        # What a making that was cut short left behind was never listed.
        shutil.rmtree(place, ignore_errors=True)
        os.rename(aside, place)
    except OSError as error:
        if aside:
            shutil.rmtree(aside, ignore_errors=True)
        raise Refused(f"The files cannot be written to {settings.RELEASES_DIR}: {error}") from error
