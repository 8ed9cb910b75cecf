"""What raises the edition: triggers, so that no way of writing to the database can forget it.

Not in a migration: SQLite rebuilds a table to alter it, and its triggers are gone with the old
one; PostgreSQL alters none for which deferred triggers wait. They are therefore taken off before
every `migrate` and put on after it.
"""

from django.db import connections

PRIVATE = {
    *("timeline_edition", "timeline_frozenview"),
    *("timeline_report", "timeline_reporttally", "timeline_upload", "timeline_recoverycode"),
}
"""Tables whose rows show on no cached page."""
EVENTS = ("INSERT", "UPDATE", "DELETE")
# A mark that is drawn and not counted comes back with no restored backup.
RAISE = (
    "INSERT INTO timeline_edition (id, mark, raised) VALUES (1, {mark}, {now}) "
    "ON CONFLICT (id) DO UPDATE SET mark = excluded.mark, raised = excluded.raised"
)
RAISE_ON_SQLITE = RAISE.format(mark="random()", now="CAST(strftime('%s', 'now') AS INTEGER)")
# The time of the clock: `now()` is that of the transaction's beginning, which others may pass.
RAISE_ON_POSTGRESQL = RAISE.format(
    mark="(random() * 9007199254740991)::bigint",
    now="floor(extract(epoch FROM clock_timestamp()))::bigint",
)
# On PostgreSQL the triggers wait for the end of the transaction, when it needs no other lock:
# one row that all writers lock as they go would make two of them wait for each other. The first
# to fire does the work for the whole transaction.
POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION timeline_raise_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('timeline.raised_in', true) IS DISTINCT FROM txid_current()::text THEN
    {RAISE_ON_POSTGRESQL};
    PERFORM set_config('timeline.raised_in', txid_current()::text, true);
  END IF;
  RETURN NULL;
END $$
"""


def install(sender, using, **kwargs) -> None:
    """Put a trigger on every table of the application whose rows are shown.

    None while the edition is not yet, or no longer, as this version writes it: a database that is
    taken back to an earlier version gets its triggers from the `migrate` of that version.
    """
    connection = connections[using]
    present = set(connection.introspection.table_names())
    tables = [table for table in _tables(sender) if table in present]
    if not _can_raise(connection, present):
        return
    statements = _sqlite if connection.vendor == "sqlite" else _postgresql
    with connection.cursor() as cursor:
        for statement in statements(tables):
            cursor.execute(statement)


def remove(sender, using, **kwargs) -> None:
    """Take the triggers off, so that a migration may write and alter in one transaction."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in _tables(sender):
            if table in present:
                for name in _names(table):
                    of = "" if connection.vendor == "sqlite" else f" ON {table}"
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name}{of}")


def _can_raise(connection, present: set[str]) -> bool:
    if "timeline_edition" not in present:
        return False
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, "timeline_edition")
    return "raised" in {column.name for column in columns}


def _tables(app) -> list[str]:
    models = app.get_models(include_auto_created=True)
    return sorted({model._meta.db_table for model in models} - PRIVATE)


def _names(table: str) -> list[str]:
    return [f"{table}_raises_edition", *(f"{table}_raises_edition_{event}" for event in EVENTS)]


def _sqlite(tables: list[str]) -> list[str]:
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_raises_edition_{event} "
        f"AFTER {event} ON {table} BEGIN {RAISE_ON_SQLITE}; END"
        for table in tables
        for event in EVENTS
    ] + [RAISE_ON_SQLITE]


def _postgresql(tables: list[str]) -> list[str]:
    triggers = [
        statement
        for table in tables
        for statement in (
            f"DROP TRIGGER IF EXISTS {table}_raises_edition ON {table}",
            f"CREATE CONSTRAINT TRIGGER {table}_raises_edition "
            f"AFTER {' OR '.join(EVENTS)} ON {table} DEFERRABLE INITIALLY DEFERRED "
            "FOR EACH ROW EXECUTE FUNCTION timeline_raise_edition()",
        )
    ]
    return [POSTGRESQL_FUNCTION, *triggers, RAISE_ON_POSTGRESQL]
