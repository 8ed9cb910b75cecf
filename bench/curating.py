"""What the admin costs with a hundred thousand events, beside what it costs with a thousand.

Makes a database of each size with synthetic events (see generate.py), signs in as a curator, and
asks for every page of daily work: the first page, every list in every order, forms, choosing by
typing, previews, translations, corrections. Prints for each page the middle of several times and
the number of queries at both sizes, and writes them to bench/results/curating.json. Fails when a
page takes more than twice as long with the more events, or asks more questions.

    .venv/bin/python bench/curating.py [--sizes 1000 100000] [--keep FOLDER] [--only WORD]
    scripts/with-postgres .venv/bin/python bench/curating.py …

With --keep the databases are left in that folder, and used again the next time; on PostgreSQL
they stand on the server that DATABASE_URL names, which keeps them itself.
"""

import argparse
import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
RESULTS = ROOT / "bench" / "results" / "curating.json"
MOST = 2.0
# Below this a ratio measures the clock and the neighbours, not the page.
FLOOR_MS = 2.0


def environment(folder: Path, events: int) -> dict:
    own = {"SECRET_KEY": "for a measurement only", "VAR_DIR": str(folder)}
    own["SLOW_QUERY_MS"] = "600000"  # They show in the table.
    if server := os.environ.get("DATABASE_URL"):
        own["DATABASE_URL"] = f"{server.rpartition('/')[0]}/{_name(events)}"
    return {name: value for name, value in os.environ.items() if name != "TESTING"} | own


def _name(events: int) -> str:
    return f"curating_{events}"


def fill(folder: Path, events: int) -> None:
    """A database with so many events, unless it is there."""
    folder.mkdir(parents=True, exist_ok=True)
    is_new = _is_new(folder, events)
    commands = [
        ["manage.py", "migrate", "--verbosity", "0"],
        ["manage.py", "collectstatic", "--noinput", "--verbosity", "0"],
    ]
    if is_new:
        print(f"Making {events:,} events …", flush=True)
        commands.append(["bench/generate.py", str(events)])
    for command in commands:
        subprocess.run([PYTHON, *command], cwd=ROOT, env=environment(folder, events), check=True)  # noqa: S603
    (folder / _mark()).touch()


def _mark() -> str:
    return "complete-postgresql" if os.environ.get("DATABASE_URL") else "complete-sqlite"


def _is_new(folder: Path, events: int) -> bool:
    """Whether nothing is there yet; on PostgreSQL the empty database is made first."""
    if not (server := os.environ.get("DATABASE_URL")):
        return not (folder / _mark()).exists()
    create = (
        "import os, sys, psycopg\n"
        "with psycopg.connect(sys.argv[1], autocommit=True) as c:\n"
        "    there = c.execute('SELECT 1 FROM pg_database WHERE datname = %s', [sys.argv[2]])\n"
        "    sys.exit(0 if there.fetchone() else c.execute(f'CREATE DATABASE {sys.argv[2]}') and 3)"
    )
    made = subprocess.run([PYTHON, "-c", create, server, _name(events)], check=False)  # noqa: S603
    if made.returncode not in (0, 3):
        sys.exit(made.returncode)
    return made.returncode == 3 or not (folder / _mark()).exists()


class Curator:
    """A process of its own that asks one of the databases for pages, when it is told to."""

    def __init__(self, folder: Path, events: int):
        self.process = subprocess.Popen(  # noqa: S603
            [PYTHON, "bench/curating_pages.py"],
            cwd=ROOT,
            env=environment(folder, events),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.pages = self._answer()

    def ask(self, page: str) -> dict:
        self.process.stdin.write(page + "\n")
        self.process.stdin.flush()
        return self._answer()

    def _answer(self):
        if line := self.process.stdout.readline():
            return json.loads(line)
        sys.exit("The measurement stopped; what is wrong stands above.")

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait()


def measured(curators, page: str, rounds: int) -> list[dict]:
    """The page at each size, in turn, so that what else the machine does slows all alike."""
    answers = [[] for _curator in curators]
    for _round in range(rounds + 1):
        for curator, own in zip(curators, answers, strict=True):
            own.append(curator.ask(page))
    return [
        {
            "ms": statistics.median(one["ms"] for one in own[1:]),  # The first warms up.
            "queries": own[-1]["queries"],
        }
        for own in answers
    ]


def compared(before: dict, after: dict) -> dict:
    """What a page takes at both sizes, the ratio, and what is wrong with it."""
    ratio = max(after["ms"], FLOOR_MS) / max(before["ms"], FLOOR_MS)
    faults = []
    if ratio > MOST:
        faults.append("slower")
    if after["queries"] > before["queries"]:
        faults.append("asks more")
    return {
        "ms": [round(before["ms"], 1), round(after["ms"], 1)],
        "ratio": round(ratio, 2),
        "queries": [before["queries"], after["queries"]],
        "faults": faults,
    }


def show(page: str, row: dict) -> None:
    first, last = (f"{ms:.1f} ms" for ms in row["ms"])
    asked = " → ".join(dict.fromkeys(map(str, row["queries"])))
    said = ", ".join(row["faults"])
    print(f"{page:52}{first:>12}{last:>12}{row['ratio']:>8.2f}{asked:>10}  {said}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs=2, default=[1000, 100_000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--only", default="", help="pages whose name holds the word")
    arguments = parser.parse_args()
    with contextlib.ExitStack() as stack:
        base = arguments.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        curators = []
        for events in arguments.sizes:
            folder = base.resolve() / str(events)
            fill(folder, events)
            curators.append(stack.enter_context(contextlib.closing(Curator(folder, events))))
        heads = [f"{arguments.sizes[0]:,}", f"{arguments.sizes[1]:,}"]
        print(f"{'page':52}{heads[0]:>12}{heads[1]:>12}{'ratio':>8}{'queries':>10}")
        rows = {}
        # Long lists are not offered in the order of what has to be worked out for every record.
        for page in [one for one in curators[0].pages if one in curators[1].pages]:
            if arguments.only in page:
                rows[page] = compared(*measured(curators, page, arguments.rounds))
                show(page, rows[page])
    if not arguments.only:
        _write(rows, arguments.sizes)
    return 1 if any(row["faults"] for row in rows.values()) else 0


def _write(rows: dict, sizes) -> None:
    RESULTS.parent.mkdir(exist_ok=True)
    known = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    kind = "postgresql" if os.environ.get("DATABASE_URL") else "sqlite"
    known[kind] = {"sizes": sizes, "pages": rows}
    RESULTS.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    sys.exit(main())
