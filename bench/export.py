"""What an export of a hundred thousand events costs: memory, the first byte, and the rate.

Fills a database of its own with synthetic events (see generate.py), serves it as ./run does with
one worker, and fetches each file whole while watching the memory of the worker. For comparison
the program `sqlite3`, or Python’s module of that name where it is not installed, dumps the same
events as CSV in one query that joins what the file holds. Prints a table and writes it to
bench/results/export.json; fails when memory grows by 50 MB or the first byte takes a second.

    .venv/bin/python bench/export.py [--events 100000] [--keep FOLDER]

With --keep the database is left in that folder, and used again the next time.
"""

import argparse
import contextlib
import csv
import http.client
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
SUFFIXES = ["csv", "xlsx", "json", "jsonld", "ics", "atom", "timelinejs.json"]
MOST_MEMORY, MOST_SECONDS = 50, 1.0

# The columns of events.csv that stand in tables, joined by the database.
DUMP = """
SELECT e.id, e.slug, e.start, e."end", e.approximate, e.title_en, e.title_tr, e.title_ja,
       e.summary_en, e.summary_tr, e.summary_ja, e.kind, e.importance, e.background, p.slug,
       p.name_en, p.name_tr, p.name_ja, p.country, p.latitude, p.longitude, e.added, e.changed,
       (SELECT group_concat(s.slug, ';') FROM timeline_eventsector l
        JOIN timeline_sector s ON s.id = l.sector_id WHERE l.event_id = e.id),
       (SELECT group_concat(a.slug || ':' || l.role, ';') FROM timeline_participation l
        JOIN timeline_actor a ON a.id = l.actor_id WHERE l.event_id = e.id),
       (SELECT group_concat(s.slug, ';') FROM timeline_citation c
        JOIN timeline_source s ON s.id = c.source_id WHERE c.event_id = e.id)
FROM timeline_event e LEFT JOIN timeline_place p ON p.id = e.place_id
WHERE e.status = 'published' ORDER BY e.start_earliest, e.start_latest, e.slug
"""


def fill(folder: Path, events: int) -> None:
    """A database with so many events in that folder, unless it is there."""
    if (folder / f"complete-{events}").exists():
        return
    print(f"Making {events} events …", flush=True)
    for command in (
        ["manage.py", "migrate", "--verbosity", "0"],
        ["bench/generate.py", str(events)],
    ):
        subprocess.run([PYTHON, *command], cwd=ROOT, env=environment(folder), check=True)  # noqa: S603
    (folder / f"complete-{events}").touch()


def environment(folder: Path) -> dict:
    own = {"SECRET_KEY": "for a measurement only", "TESTING": "1", "VAR_DIR": str(folder)}
    return {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | own


@contextlib.contextmanager
def serving(folder: Path):
    """The port of the site and the number of its worker."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [PYTHON, "-m", "gunicorn", "relations.wsgi", "--workers", "1"]
    command += ["--bind", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, cwd=ROOT, env=environment(folder)) as site:  # noqa: S603
        try:
            for _attempt in range(200):
                with contextlib.suppress(OSError):
                    fetch(port, "/healthz", None)
                    break
                time.sleep(0.1)
            children = Path(f"/proc/{site.pid}/task/{site.pid}/children").read_text().split()
            yield port, int(children[0])
        finally:
            site.terminate()


def memory(worker: int) -> float:
    """The resident memory of a process in MB."""
    status = Path(f"/proc/{worker}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def fetch(port: int, address: str, worker: int | None) -> dict:
    """The whole of a file: seconds to the first byte and to the last, bytes, most memory."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    start, most, size = time.perf_counter(), 0.0, 0
    connection.request("GET", address, headers={"Accept-Encoding": "identity"})
    response = connection.getresponse()
    first, looked = None, 0.0
    while piece := response.read1(1 << 16):
        now = time.perf_counter()
        first = first or now - start
        size += len(piece)
        if worker and now - looked > 0.05:
            most, looked = max(most, memory(worker)), now
    total = time.perf_counter() - start
    connection.close()
    if response.status != 200:
        sys.exit(f"{address} was answered with {response.status}.")
    records = int(response.headers.get("X-Record-Count", 0))
    return {"first": first, "total": total, "bytes": size, "memory": most, "records": records}


def dump(folder: Path) -> tuple[str, float]:
    """Who dumped, and seconds."""
    database, start = folder / "db.sqlite3", time.perf_counter()
    with tempfile.NamedTemporaryFile("w", newline="") as file:
        if program := shutil.which("sqlite3"):
            command = [program, "-csv", str(database), DUMP]
            subprocess.run(command, stdout=file, check=True)  # noqa: S603
            return "sqlite3 -csv", time.perf_counter() - start
        with contextlib.closing(sqlite3.connect(database)) as connection:
            csv.writer(file).writerows(connection.execute(DUMP))
        return "Python’s sqlite3 and csv", time.perf_counter() - start


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--keep", type=Path)
    arguments = parser.parse_args()
    with contextlib.ExitStack() as stack:
        folder = arguments.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        fill(folder, arguments.events)
        name, seconds = dump(folder)
        rate = arguments.events / seconds
        print(f"{name}: {seconds:.1f} s, {rate:,.0f} events a second")
        files = measure(folder, rate)
    results = ROOT / "bench" / "results"
    results.mkdir(exist_ok=True)
    report = {"events": arguments.events, "dump": {"by": name, "seconds": seconds}, "files": files}
    (results / "export.json").write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n")
    good = (one["grown"] < MOST_MEMORY and one["first"] < MOST_SECONDS for one in files.values())
    return 0 if all(good) else 1


def measure(folder: Path, rate: float) -> dict:
    """Each file, printed as it is done; `rate` is that of the dump."""
    files = {}
    heads = {
        "": 22,
        "first byte": 12,
        "whole": 9,
        "MB": 7,
        "events/s": 10,
        "of dump": 9,
        "memory": 10,
    }
    print("".join(f"{head:>{width}}" for head, width in heads.items()))
    with serving(folder) as (port, worker):
        fetch(port, "/events.json?year=1924", worker)  # so that all code is loaded
        for suffix in SUFFIXES:
            before = memory(worker)
            one = files[suffix] = fetch(port, f"/events.{suffix}", worker)
            one["grown"] = one["memory"] - before
            one["rate"] = one["records"] / one["total"]
            print(
                f"events.{suffix:15}{one['first']:10.2f} s{one['total']:7.1f} s"
                f"{one['bytes'] / 1e6:7.0f}{one['rate']:10,.0f}{one['rate'] / rate:9.1%}"
                f"{one['grown']:+7.0f} MB",
                flush=True,
            )
    return files


if __name__ == "__main__":
    sys.exit(main())
