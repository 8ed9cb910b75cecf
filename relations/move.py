"""Move everything to another database, of the same or the other kind: `scripts/move` calls this.

    MOVE_FROM=… DATABASE_URL=… python -m relations.move        both postgres://… or sqlite:////…

Records, accounts, history, sessions: every row of every table, with its number and its times.
The new database must be migrated and hold nothing yet; both must be of the same version. All or
nothing. Stop the site first: what is written to the old database later stays there.
"""

import os
import sys
from collections.abc import Iterator

import django
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.core.management.color import no_style
from django.db import Error, connections, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from relations.environment import database

SOURCE, TARGET = "source", "default"
BATCH = 500


class MoveError(Exception):
    """Why nothing was moved, as a sentence."""


def tables() -> list[type[models.Model]]:
    """Every model with a table of its own, the ones between many-to-many included.

    But for the mark of the edition: the database draws its own as soon as a row comes in.
    """
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.model_name != "edition"
    ]


def move() -> dict[str, int]:
    """Copy all rows, and return how many of each table. Raises `MoveError`: nothing was moved."""
    require_same_version()
    require_empty()
    with transaction.atomic(using=SOURCE), transaction.atomic(using=TARGET):
        # What migrations put there has the numbers of this database, not of the other.
        for model in reversed(tables()):
            rows_of(model, TARGET)._raw_delete(TARGET)
        counts = {model._meta.db_table: copy(model) for model in tables()}
        reset_sequences()
        for model in tables():
            if rows_of(model, TARGET).count() != counts[model._meta.db_table]:
                raise MoveError(f"Rows of {model._meta.db_table} were lost on the way.")
        connections[TARGET].check_constraints()
    return counts


def copy(model: type[models.Model]) -> int:
    """The rows as they are: `raw`, so that no column is filled with the time of the move."""
    fields = [field for field in model._meta.local_concrete_fields if not field.generated]
    total = 0
    try:
        for rows in batches(model):
            rows_of(model, TARGET)._insert(rows, fields=fields, raw=True, using=TARGET)
            total += len(rows)
    except (Error, ValueError) as error:
        reason = " ".join(str(error).split())
        raise MoveError(f"A row of {model._meta.db_table} does not fit: {reason}") from error
    return total


def batches(model: type[models.Model]) -> Iterator[list[models.Model]]:
    rows = []
    for row in rows_of(model, SOURCE).order_by("pk").iterator(chunk_size=BATCH):
        rows.append(row)
        if len(rows) == BATCH:
            yield rows
            rows = []
    if rows:
        yield rows


def reset_sequences() -> None:
    """Let the database number the next row after the last: a given number moves no counter."""
    connection = connections[TARGET]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables()):
            cursor.execute(statement)


def require_same_version() -> None:
    old, new = (set(MigrationRecorder(connections[name]).applied_migrations())
                for name in (SOURCE, TARGET))  # fmt: skip
    if not new:
        raise MoveError("The new database has no tables yet: ./run manage migrate makes them.")
    if old != new:
        names = ", ".join(".".join(name) for name in sorted(old ^ new)[:3])
        raise MoveError(f"The two databases are not of one version; they differ by {names}.")


def require_empty() -> None:
    for model in tables():
        # What has an address, and who has an account: the rest migrations may have put there.
        is_ours = hasattr(model, "slug") or model is get_user_model()
        if is_ours and rows_of(model, TARGET).exists():
            raise MoveError(f"The new database is not empty: {model._meta.db_table} has rows.")


def rows_of(model: type[models.Model], database: str) -> models.QuerySet:
    """All of them, whatever the model's own manager hides."""
    return models.QuerySet(model, using=database)


def main(arguments: list[str]) -> None:
    if arguments or not os.environ.get("MOVE_FROM"):
        sys.exit("Call it as: MOVE_FROM=sqlite:////old.sqlite3 DATABASE_URL=… scripts/move")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relations.settings")
    try:
        django.setup()
        connections.settings[SOURCE] = connections.configure_settings(
            {"default": database("MOVE_FROM")}
        )["default"]
        counts = move()
    except (MoveError, ImproperlyConfigured, Error) as error:
        sys.exit(f"Nothing was moved: {' '.join(str(error).split())}")
    print(f"{sum(counts.values())} rows of {len(counts)} tables were moved.")


if __name__ == "__main__":
    main(sys.argv[1:])
