"""The published dataset in the database of a test: read from its files once a process."""

import sqlite3
from functools import cache

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection


def load() -> None:
    """Put the dataset into the database, and take out what else is there."""
    if connection.vendor == "sqlite":
        _copy().backup(connection.connection)
        ContentType.objects.clear_cache()
    else:
        call_command("load_seeds", verbosity=0)


@cache
def _copy() -> sqlite3.Connection:
    call_command("load_seeds", verbosity=0)
    copy = sqlite3.connect(":memory:", check_same_thread=False)
    connection.connection.backup(copy)
    return copy
