"""What the server costs at every size, beside what stands for its limits and its rivals.

Serves 1,000, 10,000 and 100,000 synthetic events (see generate.py) from SQLite and PostgreSQL with
gunicorn as ./run does, and asks for every kind of page by wrk over kept connections: made anew each
time (PAGE_CACHE=0), and kept. Beside them in the same rounds a bare Django view that returns the
same bytes, a static file, and Datasette over the same rows with the same filter and facets. All
take turns in each round, so that a machine that tires tires for all. Sizes in between are asked
only what Datasette is asked too. Prints medians and ratios, and writes them to
bench/results/server.json, beside those of the last run on other databases.

    .venv/bin/python bench/server.py [--sizes 1000 100000] [--databases sqlite] [--rounds 5]
        [--seconds 1] [--only home facets] [--keep FOLDER]

With --keep databases and Datasette are left in that folder, and used again the next time.
"""

import argparse
import contextlib
import json
import statistics
import tempfile
import time
from pathlib import Path

import datasette_site
import load
import sites
import tables
from questions import PAGES, Page, questions

RESULTS = sites.ROOT / "bench" / "results" / "server.json"


def main() -> None:
    arguments = _arguments()
    load.wrk()
    with contextlib.ExitStack() as stack:
        keep = arguments.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        databases = _databases(arguments, keep.resolve(), stack)
        cases = _cases(arguments, databases, keep.resolve(), stack)
        begun = time.monotonic()
        for number in range(arguments.rounds):
            for case in cases:
                case.ask(arguments.seconds)
            print(f"Round {number + 1}: {time.monotonic() - begun:.0f} s", flush=True)
        report = {
            "date": time.strftime("%Y-%m-%d"),
            "rounds": arguments.rounds,
            "seconds": arguments.seconds,
            "rows": [case.row() for case in cases],
        }
    report["judged"] = tables.judged(report["rows"])
    tables.show(report)
    RESULTS.parent.mkdir(exist_ok=True)
    runs = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    runs["+".join(arguments.databases)] = report
    RESULTS.write_text(json.dumps(runs, indent=1, ensure_ascii=False) + "\n")


def _arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=1)
    parser.add_argument("--only", nargs="+", choices=[page.name for page in PAGES])
    parser.add_argument("--keep", type=Path)
    return parser.parse_args()


def _databases(arguments, keep: Path, stack) -> list[sites.Database]:
    made = []
    if "sqlite" in arguments.databases:
        made += [sites.sqlite(size, keep) for size in arguments.sizes]
    if "postgresql" in arguments.databases:
        server = stack.enter_context(sites.postgresql())
        made += [sites.on_postgresql(size, keep, server) for size in arguments.sizes]
    return made


class Case:
    """One address of one server, asked in every round."""

    def __init__(self, server, said: dict, path: str, headers=None, wanted=200):
        self.server, self.path, self.headers = server, path, headers or {}
        self.said = said
        self.loads: list[load.Load] = []
        begun = time.monotonic()
        self.bytes = len(server.get(path, **self.headers)[0]) if wanted == 200 else 0
        self.takes = time.monotonic() - begun
        self.queries = None
        self.is_rival = said["server"] == "datasette"

    def ask(self, seconds: int) -> None:
        url = self.server.address + self.path
        is_slow = self.is_rival and self.takes > seconds / 2
        ask = load.wait(url, self.headers) if is_slow else load.drive(url, seconds, self.headers)
        self.loads.append(ask)

    def row(self) -> dict:
        median = {
            name: statistics.median(getattr(one, name) for one in self.loads)
            for name in ("per_second", "p50", "p99")
        }
        failed = sum(one.failed for one in self.loads)
        own = {"queries": self.queries, "bytes": self.bytes, "peak": self.server.peak()}
        return self.said | median | own | {"failed": failed}


def _cases(arguments, databases, keep: Path, stack) -> list[Case]:
    cases, bodies = [], {}
    pages = [page for page in PAGES if page.name in (arguments.only or [p.name for p in PAGES])]
    for database in databases:
        asked = questions(database)
        said = {"database": database.kind, "size": database.size}
        is_between = database.size not in (min(arguments.sizes), max(arguments.sizes))
        for is_kept in (False, True):
            server = stack.enter_context(sites.site(database, PAGE_CACHE="01"[is_kept]))
            own = said | {"server": "kept" if is_kept else "anew"}
            for page in pages:
                if (is_kept and not page.is_kept) or (page.name == "unchanged" and not is_kept):
                    continue
                if not is_kept and page.rival is None and is_between:
                    continue
                cases.append(_case(server, page, asked, own))
                if is_kept and database.kind == arguments.databases[0]:
                    body = server.get(asked.paths[page.name])[0]
                    bodies[f"{page.name}-{database.size}"] = body
            if is_kept:
                cases.append(Case(server, own | {"page": "static"}, _static(server)))
        if database.kind == arguments.databases[0]:
            rival = stack.enter_context(datasette_site.serving(database, keep))
            for page in pages:
                if page.rival is not None:
                    path = datasette_site.address(page.rival)
                    own = said | {"server": "datasette", "page": page.name}
                    cases.append(Case(rival, own, path))
    if bodies:
        server = stack.enter_context(sites.bare(bodies, keep / "bare"))
        for name in bodies:
            page, _dash, size = name.rpartition("-")
            own = {"server": "bare", "database": "", "size": int(size), "page": page}
            cases.append(Case(server, own, f"/{name}"))
    return cases


def _case(server, page: Page, asked, own: dict) -> Case:
    path, headers, wanted = asked.paths[page.name], dict(page.headers), 200
    if page.needs_session:
        headers["Cookie"] = asked.cookie
    if page.is_unchanged:
        headers["If-None-Match"] = server.get(path)[1]["ETag"]
        wanted = 304
    server_case = Case(server, own | {"page": page.name}, path, headers, wanted)
    server_case.queries = server.queries(path, headers)
    return server_case


def _static(server) -> str:
    """A style sheet, as pages name it."""
    page = server.get("/en/")[0].decode()
    start = page.index("/static/css/")
    return page[start : page.index('"', start)]


if __name__ == "__main__":
    main()
