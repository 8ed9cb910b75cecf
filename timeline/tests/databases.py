"""Databases and sites outside the test's own: what is killed, restored and moved is not shared.

On SQLite a file in the test's folder, on PostgreSQL a new database of the server in use.
"""

import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

SERVER = os.environ.get("DATABASE_URL", "")
ON_POSTGRESQL = SERVER.startswith("postgres")
# However busy the machine is: a test that waits longer has found something.
PATIENCE = 300
KEPT = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}


@dataclass(frozen=True)
class Site:
    """The program, in processes of its own, with a database of its own."""

    url: str
    folder: Path
    settings: tuple = ()

    @property
    def environment(self) -> dict:
        return KEPT | {
            "DATABASE_URL": self.url,
            "VAR_DIR": str(self.folder),
            "SECRET_KEY": "for the tests only",
            "TESTING": "1",
            "PYTHONPATH": str(settings.BASE_DIR),
            "PYTHONWARNINGS": "ignore",
        } | dict(self.settings)  # fmt: skip

    def having(self, **more) -> "Site":
        return replace(self, settings=(*self.settings, *more.items()))

    def start(self, *arguments, **options) -> subprocess.Popen:
        options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True} | options
        return subprocess.Popen(
            [sys.executable, *arguments], cwd=settings.BASE_DIR, env=self.environment, **options
        )

    @contextmanager
    def running(self, *arguments, **options):
        """A process that is killed at the end, whatever the test made of it."""
        with self.start(*arguments, **options) as process:
            try:
                yield process
            finally:
                process.kill()

    def call(self, *arguments, **more) -> subprocess.CompletedProcess:
        with self.start(*arguments, **more) as process:
            try:
                out, err = process.communicate(timeout=PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)

    def manage(self, *arguments) -> str:
        """What the command printed; it must have succeeded."""
        done = self.call("manage.py", *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def ask(self, code: str) -> str:
        """What a piece of Python printed, in the program, with this database."""
        return self.manage("shell", "--no-imports", "--command", code).strip()

    def export(self, name: str) -> dict[str, bytes]:
        """What `dump_seeds` writes, by file."""
        target = self.folder / name
        self.manage("dump_seeds", str(target))
        return {
            path.relative_to(target).as_posix(): path.read_bytes()
            for path in sorted(target.rglob("*"))
            if path.is_file()
        }

    @contextmanager
    def serving(self, *options, **more):
        """The site's address while gunicorn serves it."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{probe.getsockname()[1]}"
        with (self.folder / "server.log").open("ab") as log:
            process = self.start(
                *("-m", "gunicorn", "relations.wsgi", "--bind", address, *options),
                stdout=log,
                stderr=log,
                **more,
            )
            try:
                wait_for(f"http://{address}", process)
                yield Served(f"http://{address}", process)
            finally:
                if process.poll() is None:
                    process.send_signal(signal.SIGTERM)
                process.wait(timeout=40)


@dataclass(frozen=True)
class Served:
    address: str
    process: subprocess.Popen

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])


def wait_for(address: str, process: subprocess.Popen) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert process.poll() is None, process.stdout.read() if process.stdout else "it ended"
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(address)


def on_the_server(statement: str) -> None:
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(statement)


def create(statement: str) -> None:
    """Make a database, when nobody reads the one that is copied."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return on_the_server(statement)
        except psycopg.errors.ObjectInUse:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


class Databases:
    """Makes databases for one test, and removes them."""

    def __init__(self, folder: Path):
        self.folder, self.made = folder, []

    def new(self, like: Site | None = None) -> Site:
        name = f"site_{uuid.uuid4().hex[:12]}"
        folder = self.folder / name
        folder.mkdir()
        if ON_POSTGRESQL:
            template = like.url.rpartition("/")[2] if like else "template0"
            create(f"CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8'")
            return self.known(f"{SERVER.rpartition('/')[0]}/{name}", folder)
        file = folder / "db.sqlite3"
        if like:
            shutil.copy(like.url.removeprefix("sqlite:///"), file)
        return Site(f"sqlite:///{file}", folder)

    def known(self, url: str, folder: Path) -> Site:
        """One that is there, and is to be removed with the others."""
        if ON_POSTGRESQL:
            self.made.append(url.rpartition("/")[2])
        return Site(url, folder)

    def remove(self) -> None:
        for name in self.made:
            on_the_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@contextmanager
def shared(factory, name: str, fill, like: Site | None = None):
    """A site for all workers of the suite: to be copied, not written to.

    Who asks first makes and fills it while the others wait; who leaves last removes it.
    """
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    folder.mkdir(exist_ok=True)
    databases, note = Databases(folder), folder / "shared.json"
    with alone_in(folder):
        known = json.loads(note.read_text()) if note.exists() else None
        if known:
            site = databases.known(known["url"], Path(known["folder"]))
        else:
            site = databases.new(like)
            fill(site)
        users = known["users"] + 1 if known else 1
        note.write_text(json.dumps({"url": site.url, "folder": str(site.folder), "users": users}))
    yield site
    with alone_in(folder):
        known = json.loads(note.read_text())
        if known["users"] > 1:
            note.write_text(json.dumps(known | {"users": known["users"] - 1}))
        else:
            note.unlink()
            databases.remove()


@contextmanager
def alone_in(folder: Path):
    """While no other process is."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    """A database with tables and no records: to be copied, not written to."""

    def fill(site):
        site.manage("migrate", "--verbosity", "0")

    with shared(tmp_path_factory, "migrated", fill) as site:
        yield site


@pytest.fixture(scope="session")
def loaded(migrated, tmp_path_factory):
    """A database with the dataset of seeds/: to be copied, not written to."""

    def fill(site):
        site.manage("load_seeds")

    with shared(tmp_path_factory, "loaded", fill, like=migrated) as site:
        yield site


@pytest.fixture
def databases(tmp_path):
    made = Databases(tmp_path)
    yield made
    made.remove()
