"""Everything the site needs before it can serve: `./run` calls this, and so does the image.

Each step is skipped when there is nothing to do, and may be killed and started again.

    python -m relations.prepare [database] [messages] [static]      all, when none is named
"""

import hashlib
import os
import sys
from collections.abc import Iterable
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from relations import messages, storage


def say(line: str) -> None:
    print(line, flush=True)


def digest(parts: Iterable[str | bytes]) -> str:
    """One short name for all the parts, in their order."""
    total = hashlib.sha256()
    for part in parts:
        total.update(hashlib.sha256(part.encode() if isinstance(part, str) else part).digest())
    return total.hexdigest()


class Stamp:
    """Remembers in VAR_DIR for which state of its input a step was last finished."""

    def __init__(self, name: str, state: str) -> None:
        self.path = Path(settings.VAR_DIR, "stamps", name)
        self.state = state

    def is_current(self) -> bool:
        return self.path.is_file() and self.path.read_text() == self.state

    def remove(self) -> None:
        self.path.unlink(missing_ok=True)

    def write(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(self.state)


def database() -> None:
    """Migrated, and holding the dataset in seeds/."""
    Path(settings.VAR_DIR).mkdir(parents=True, exist_ok=True)
    require_answer()
    seeds = sorted(path for path in Path(settings.SEEDS_DIR).rglob("*") if path.is_file())
    where = settings.DATABASES["default"]
    state = [f"{where['ENGINE']} {where['HOST']} {where['PORT']} {where['NAME']}"]
    stamp = Stamp("seeds", digest(state + [path.read_bytes() for path in seeds]))

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Bringing the database up to date …")
        # A database that was new, or replaced, needs the dataset whatever the stamp says.
        stamp.remove()
        call_command("migrate", interactive=False, verbosity=0)
    if not stamp.is_current():
        say("Loading the dataset in seeds/ …")
        call_command("load_seeds")
        stamp.write()


def require_answer() -> None:
    """Stop with one sentence, not a traceback, when the database cannot be reached."""
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        reason = " ".join(str(error).split())
        sys.exit(f"The database that DATABASE_URL names does not answer: {reason}")


def compile_messages() -> None:
    """The Turkish and Japanese interface."""
    sources = list(messages.LOCALE_DIR.glob(messages.CATALOGUE))
    compiled = [path.with_suffix(".mo") for path in sources]
    stamp = Stamp("messages", digest(path.read_bytes() for path in sources))
    if not stamp.is_current() or not all(path.is_file() for path in compiled):
        say("Compiling the Turkish and Japanese messages …")
        messages.compile_all()
        stamp.write()


def collect_static() -> None:
    """Style sheets, scripts and fonts, named by their content and compressed."""
    files = (
        found.path(path)
        for finder in get_finders()
        for path, found in finder.list(ignore_patterns=None)
    )
    state = [Path(path).read_bytes() for path in sorted(files)]
    # How they are packed counts too.
    state += [str(settings.STORAGES).encode(), Path(storage.__file__).read_bytes()]
    stamp = Stamp("static", digest(state))
    if not stamp.is_current() or not Path(settings.STATIC_ROOT, "staticfiles.json").is_file():
        say("Collecting the static files …")
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write()


STEPS = {"database": database, "messages": compile_messages, "static": collect_static}


def main(names: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relations.settings")
    try:
        django.setup()
        for name in names or STEPS:
            STEPS[name]()
    except (ImproperlyConfigured, CommandError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main(sys.argv[1:])
