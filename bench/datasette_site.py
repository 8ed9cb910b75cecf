"""Datasette over the same events: the same rows, the same filter, the same facets."""

import contextlib
import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import sites

PROGRAM = "datasette"
FACETS = ["kind", "importance", "country", "attestation", "disputed", "year"]
COLUMNS = f"""id INTEGER PRIMARY KEY, slug, start, start_earliest, end_latest, title_en, title_tr,
title_ja, summary_en, summary_tr, summary_ja, sectors, {", ".join(FACETS)} INTEGER"""
# What the program itself says of each event, asked of its own database.
DUMP = """
import json, sys
from timeline.models import Event
events = Event.objects.published().with_attestation().with_disputed().in_order()
events = events.select_related("place").prefetch_related("sector_links__sector")
for e in events.iterator(2000):
    sectors = json.dumps([link.sector.slug for link in e.sector_links.all()])
    row = [e.pk, e.slug, str(e.start), e.start_earliest, e.end_latest]
    row += [e.title_en, e.title_tr, e.title_ja, e.summary_en, e.summary_tr, e.summary_ja, sectors]
    row += [e.kind, e.importance, e.place and e.place.country or "", e.attestation]
    print(json.dumps([*row, "yes" if e.is_disputed else "no", e.start.year]))
"""


def program(keep: Path) -> Path:
    """Datasette in an environment of its own; it is none of the project's requirements."""
    folder = keep / "datasette"
    found = folder / "bin" / PROGRAM
    if not found.exists():
        print("Installing Datasette …", flush=True)
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)  # noqa: S603
        subprocess.run([folder / "bin/pip", "install", "-q", PROGRAM], check=True)  # noqa: S603
    return found


def file(database: sites.Database) -> Path:
    """An SQLite file with the events of the database, every facet indexed."""
    target = database.folder / "datasette.db"
    if target.exists():
        return target
    rows = (json.loads(line) for line in database.ask(DUMP).splitlines())
    with contextlib.closing(sqlite3.connect(target)) as made, made:
        made.execute(f"CREATE TABLE events ({COLUMNS})")
        gaps = ", ".join("?" * (12 + len(FACETS)))
        made.executemany(f"INSERT INTO events VALUES ({gaps})", rows)  # noqa: S608
        for name in [*FACETS, "start_earliest"]:
            made.execute(f"CREATE INDEX events_{name} ON events ({name})")
        made.execute("ANALYZE")
    return target


def serving(database: sites.Database, keep: Path):
    limits = {"facet_time_limit_ms": 60_000, "sql_time_limit_ms": 60_000, "suggest_facets": 0}
    limits |= {"default_page_size": 50, "num_sql_threads": 3, "cache_size_kb": 0}
    command = [str(program(keep)), "serve", str(file(database)), "--port", "PORT"]
    for name, value in limits.items():
        command += ["--setting", name, str(value)]
    log = database.folder / "datasette.log"
    return sites.serving(command, database.environment(), log, "/-/versions.json")


def address(asked: dict[str, str]) -> str:
    """The list with that filter, and all facets counted."""
    parts = ["_sort=start_earliest", "_facet_array=sectors", *(f"_facet={name}" for name in FACETS)]
    parts = [*(f"{name}={value}" for name, value in asked.items()), *parts]
    return sites.quoted("/datasette/events?" + "&".join(parts))
