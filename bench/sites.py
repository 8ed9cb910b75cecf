"""What is measured: databases of every size, and the servers that answer from them."""

import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
KEPT = ("PATH", "HOME", "LANG")
WORKERS = 2


@dataclass
class Database:
    """A database with so many events; `folder` is the VAR_DIR of what uses it."""

    kind: str
    size: int
    folder: Path
    url: str

    def environment(self, **more: str) -> dict[str, str]:
        own = {
            "SECRET_KEY": "for a measurement only",
            "VAR_DIR": str(self.folder),
            "API_RATE": "9999999/sec",
            "PYTHONPATH": os.pathsep.join(map(str, (ROOT, ROOT / "bench"))),
            "DATABASE_URL": self.url,
        }
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        return kept | own | more

    def manage(self, *arguments: str) -> str:
        command = [PYTHON, "manage.py", *arguments]
        return run(command, self.environment())

    def facts(self, code: str) -> dict:
        return json.loads(self.ask(code))

    def ask(self, code: str) -> str:
        """What a piece of Python printed, in the program, with this database."""
        return self.manage("shell", "--no-imports", "--command", code).strip()


def run(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(  # noqa: S603
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


@contextlib.contextmanager
def postgresql():
    """The address of a private server, without the name of a database."""
    command = [ROOT / "scripts/with-postgres", "sh", "-c", 'echo "$DATABASE_URL"; exec cat']
    with subprocess.Popen(  # noqa: S603
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            yield server.stdout.readline().strip().rpartition("/")[0]
        finally:
            server.stdin.close()
            server.wait(timeout=60)


def sqlite(size: int, keep: Path) -> Database:
    """A file with so many events, made unless it is there."""
    folder = keep / f"sqlite-{size}"
    folder.mkdir(parents=True, exist_ok=True)
    database = Database("sqlite", size, folder, f"sqlite:///{folder / 'db.sqlite3'}")
    _fill(database, folder / "complete")
    _prepare(database)
    return database


def on_postgresql(size: int, keep: Path, server: str) -> Database:
    """The same on the server; a dump is kept, for making them takes minutes."""
    folder = keep / f"postgresql-{size}"
    folder.mkdir(parents=True, exist_ok=True)
    database = Database("postgresql", size, folder, f"{server}/events_{size}")
    psql = ["psql", "-q", f"{server}/postgres", "-c", f"CREATE DATABASE events_{size}"]
    run(psql, dict(os.environ))
    dump = folder / "dump"
    if dump.exists():
        run(["pg_restore", "-O", "-d", database.url, str(dump)], dict(os.environ))
    _fill(database, dump)
    if not dump.exists():
        run(["pg_dump", "-Fc", "-f", str(dump), database.url], dict(os.environ))
    run(["psql", "-q", database.url, "-c", "VACUUM ANALYZE"], dict(os.environ))
    _prepare(database)
    return database


def _fill(database: Database, done: Path) -> None:
    """Tables of today, and events where there are none."""
    database.manage("migrate", "--verbosity", "0")
    if done.exists():
        return
    print(f"Making {database.size} events on {database.kind} …", flush=True)
    run([PYTHON, "bench/generate.py", str(database.size)], database.environment())
    if database.kind == "sqlite":
        done.touch()


def _prepare(database: Database) -> None:
    run([PYTHON, "-m", "relations.prepare", "messages", "static"], database.environment())


@dataclass
class Server:
    """A server of its own processes, and where it listens."""

    address: str
    process: subprocess.Popen

    @property
    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(child) for child in children.split()]

    def peak(self) -> float:
        """The most memory that one of its workers ever held, in MB."""
        return max(_peak(worker) for worker in self.workers or [self.process.pid])

    def queries(self, path: str, headers: dict[str, str]) -> int:
        """How many questions one request asks of the database, once what is kept is there."""
        for _time in range(WORKERS * 4):
            with contextlib.suppress(urllib.error.HTTPError):  # 304
                self.get(path, **headers)
        before = self._counted()
        with contextlib.suppress(urllib.error.HTTPError):
            self.get(path, **headers)
        return self._counted() - before

    def _counted(self) -> int:
        figures = self.get("/metrics")[0].decode()
        found = re.findall(r'^timeline_queries_total\{view="(.*)"\} (\S+)', figures, re.M)
        return sum(int(float(number)) for view, number in found if view != "metrics")

    def get(self, path: str, **headers: str):
        request = urllib.request.Request(self.address + path, headers=headers)  # noqa: S310
        with urllib.request.urlopen(request, timeout=120) as response:  # noqa: S310
            return response.read(), response.headers


def quoted(path: str) -> str:
    return urllib.parse.quote(path, safe="/?&=+:")


def _peak(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


@contextlib.contextmanager
def serving(command: list[str], environment: dict[str, str], log: Path, wait: str = "/healthz"):
    """The command with a free port for PORT in it, once it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [part.replace("PORT", str(port)) for part in command]
    with (
        log.open("wb") as written,
        subprocess.Popen(  # noqa: S603
            command, cwd=ROOT, env=environment, stdout=written, stderr=written
        ) as process,
    ):
        try:
            server = Server(f"http://127.0.0.1:{port}", process)
            _wait_for(server, wait, log)
            yield server
        finally:
            process.terminate()
            process.wait(timeout=60)


def _wait_for(server: Server, path: str, log: Path) -> None:
    for _attempt in range(600):
        with contextlib.suppress(OSError):
            server.get(path)
            return
        if server.process.poll() is not None:
            break
        time.sleep(0.1)
    sys.exit(f"A server did not start:\n{log.read_text()[-2000:]}")


def gunicorn(application: str) -> list[str]:
    command = [PYTHON, "-m", "gunicorn", "-c", "gunicorn.conf.py", "--bind", "127.0.0.1:PORT"]
    return [*command, "--workers", str(WORKERS), application]


def site(database: Database, **more: str):
    """The program itself, as ./run serves it."""
    log = database.folder / f"server{''.join(more)}.log"
    return serving(gunicorn("relations.wsgi"), database.environment(**more), log)


def bare(bodies: dict[str, bytes], folder: Path):
    """Django with nothing but the bytes."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, body in bodies.items():
        (folder / name).write_bytes(body)
    database = Database("", 0, folder, "")
    environment = database.environment(BARE_FOLDER=str(folder))
    name = next(iter(bodies))
    return serving(
        gunicorn("bare:application"), environment, folder.parent / "bare.log", f"/{name}"
    )
