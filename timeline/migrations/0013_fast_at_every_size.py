from django.db import Error, migrations, models, transaction

SEARCHED = ("timeline_event", "timeline_source")


def index_words(apps, schema_editor):
    """On PostgreSQL, parts of words are found by an index of their trigrams.

    Where the extension is not installed, or not allowed, searching does without it.
    """
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        return
    try:
        with transaction.atomic(connection.alias), connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            for table in SEARCHED:
                cursor.execute(
                    f"CREATE INDEX IF NOT EXISTS {table}_words "
                    f"ON {table} USING gin (folded gin_trgm_ops)"
                )
    except Error as error:
        print(f"\n  Searching goes without an index, for there is no pg_trgm: {error}")


def forget_words(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table in SEARCHED:
            schema_editor.execute(f"DROP INDEX IF EXISTS {table}_words")


class Migration(migrations.Migration):
    """Files are now known by the edition, whose indexes on `updated` nothing asks any more."""

    dependencies = [
        ("timeline", "0012_recovery_codes"),
    ]

    operations = [
        migrations.AddField(
            model_name="edition",
            name="raised",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                fields=["start_earliest", "start_latest", "slug"], name="event_order"
            ),
        ),
        *(
            migrations.RemoveIndex(model_name=model, name=f"{model}_updated")
            for model in ("actor", "agreement", "event", "source")
        ),
        migrations.RunPython(index_words, forget_words),
    ]
