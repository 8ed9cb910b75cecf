"""What it costs to load records from data files, beside writing the same rows and nothing else.

Makes synthetic events (see generate.py), dumps them to data files, and loads these into an empty
SQLite database with `load_seeds`, which reads, checks, compares and keeps a history. Beside it the
same rows, in memory already, go into an empty database by `bulk_create`. Both in turn, each in a
process of its own, start-up not counted. Prints seconds, medians and the ratio, and writes them to
bench/results/loading.json.

    .venv/bin/python bench/loading.py [--events 100000] [--rounds 3] [--keep FOLDER]
"""

import argparse
import json
import statistics
import tempfile
from pathlib import Path

import sites

RESULTS = sites.ROOT / "bench" / "results" / "loading.json"
TAKE = """
import pickle
from django.apps import apps
models = apps.get_app_config("timeline").get_models(include_auto_created=True)
rows = {model: list(model._base_manager.all()) for model in models}
with open(%r, "wb") as file:
    pickle.dump({model._meta.label: found for model, found in rows.items() if found}, file)
print(sum(map(len, rows.values())))
"""
BARE = """
import gc, pickle, time
from django.apps import apps
from django.db import transaction
with open(%r, "rb") as file:
    rows = pickle.load(file)
gc.freeze()
begun = time.perf_counter()
with transaction.atomic():
    for label, found in rows.items():
        model = apps.get_model(label)
        model._base_manager.all().delete()  # the one edition that is there from the beginning
        model._base_manager.bulk_create(found, batch_size=2000)
print(time.perf_counter() - begun)
"""
LOAD = """
import time
from pathlib import Path
from timeline import seeding
begun = time.perf_counter()
seeding.load(Path(%r))
print(time.perf_counter() - begun)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        report = measure(asked.events, asked.rounds, asked.keep or Path(scratch), Path(scratch))
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(report, indent=1) + "\n")
    print(json.dumps(report, indent=1))


def measure(events: int, rounds: int, keep: Path, scratch: Path) -> dict:
    made = sites.sqlite(events, keep.resolve())
    files, rows = scratch / "files", scratch / "rows"
    made.manage("dump_seeds", "--copy", str(files))
    number = int(made.ask(TAKE % str(rows)))
    seconds = {"files": [], "rows": []}
    for _round in range(rounds):
        for name, code in (("files", LOAD % str(files)), ("rows", BARE % str(rows))):
            with tempfile.TemporaryDirectory(dir=scratch) as folder:
                empty = sites.Database("sqlite", 0, Path(folder), f"sqlite:///{folder}/db.sqlite3")
                empty.manage("migrate", "--verbosity", "0")
                seconds[name].append(round(float(empty.ask(code).split()[-1]), 1))
    medians = {name: statistics.median(taken) for name, taken in seconds.items()}
    return {
        "events": events,
        "rows": number,
        "seconds": seconds,
        "ratio": round(medians["files"] / medians["rows"], 2),
    }


if __name__ == "__main__":
    main()
