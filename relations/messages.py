"""The translated interface: compile its catalogues, and say what they lack.

Compiled with Babel, because the site must start where gettext is not installed, and
without it would silently speak English only. Entries marked fuzzy are left out: a guess
must not look like a translation.

    python -m relations.messages               compile
    python -m relations.messages --check DIR   compare with the catalogues just extracted into DIR
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE_DIR = Path(__file__).resolve().parent.parent / "timeline" / "locale"
CATALOGUE = "*/LC_MESSAGES/django.po"


def read(path: Path) -> Catalog:
    """The catalogue in a .po file, without its obsolete entries."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3], ignore_obsolete=True)


def compile_all(locale_dir: Path = LOCALE_DIR) -> None:
    """Write a .mo beside every .po; whole or not at all, so that a killed run leaves no half."""
    for source in sorted(locale_dir.glob(CATALOGUE)):
        unfinished = source.with_suffix(f".{os.getpid()}.part")
        with unfinished.open("wb") as file:
            write_mo(file, read(source))
        unfinished.replace(source.with_suffix(".mo"))


def missing(path: Path, extracted: Path) -> Iterator[str]:
    """What the catalogue at `path` lacks of the messages just `extracted` from the source."""
    catalogue = read(path)
    for wanted in read(extracted):
        if not wanted.id:  # the header
            continue
        found = catalogue.get(wanted.id, wanted.context)
        if found is None:
            yield f"not in the catalogue: {wanted.id!r}"
        elif found.fuzzy:
            yield f"only a guess (fuzzy): {wanted.id!r}"
        elif not all([found.string] if isinstance(found.string, str) else found.string or [""]):
            yield f"not translated: {wanted.id!r}"


def check(fresh: Path, locale_dir: Path = LOCALE_DIR) -> int:
    """Print what is missing in each language; the exit code."""
    lines = [
        f"{extracted.parts[-3]}: {line}"
        for extracted in sorted(fresh.glob(CATALOGUE))
        for line in missing(locale_dir / extracted.relative_to(fresh), extracted)
    ]
    print(*lines, sep="\n", end="\n" if lines else "")
    return 1 if lines else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--check"]:
        sys.exit(check(Path(sys.argv[2])))
    compile_all()
