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


def measure(folder: Path, events: int, arguments) -> dict:
    """Each page at one size, asked by a process of its own."""
    command = [PYTHON, "bench/curating_pages.py", "--rounds", str(arguments.rounds)]
    command += ["--only", arguments.only]
    done = subprocess.run(  # noqa: S603
        command, cwd=ROOT, env=environment(folder, events), stdout=subprocess.PIPE, check=True
    )
    return json.loads(done.stdout)


def compared(small: dict, large: dict) -> dict:
    """By page, what it takes at both sizes, the ratio, and what is wrong with it.

    Long lists are not offered in the order of what has to be worked out for every record.
    """
    rows = {}
    for page in [page for page in small if page in large]:
        before, after = small[page], large[page]
        ratio = max(after["ms"], FLOOR_MS) / max(before["ms"], FLOOR_MS)
        faults = []
        if ratio > MOST:
            faults.append("slower")
        if after["queries"] > before["queries"]:
            faults.append("asks more")
        rows[page] = {
            "ms": [round(before["ms"], 1), round(after["ms"], 1)],
            "ratio": round(ratio, 2),
            "queries": [before["queries"], after["queries"]],
            "faults": faults,
        }
    return rows


def show(rows: dict, sizes) -> None:
    heads = [f"{sizes[0]:,}", f"{sizes[1]:,}", "ratio", "queries", ""]
    print(f"{'page':58}" + "".join(f"{head:>12}" for head in heads))
    for page, row in rows.items():
        first, last = (f"{ms:.1f} ms" for ms in row["ms"])
        asked = " → ".join(dict.fromkeys(map(str, row["queries"])))
        said = ", ".join(row["faults"])
        print(f"{page:58}{first:>12}{last:>12}{row['ratio']:>12.2f}{asked:>12}  {said}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs=2, default=[1000, 100_000])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--only", default="", help="pages whose name holds the word")
    arguments = parser.parse_args()
    with contextlib.ExitStack() as stack:
        base = arguments.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        found = []
        for events in arguments.sizes:
            folder = base.resolve() / str(events)
            fill(folder, events)
            found.append(measure(folder, events, arguments))
    rows = compared(*found)
    show(rows, arguments.sizes)
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
