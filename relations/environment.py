"""How the environment is read for the settings: what a variable may say, and what it means unset.

What cannot be meant is an `ImproperlyConfigured` that says what was expected and no secret.
"""

import os

import dj_database_url
from django.core.exceptions import ImproperlyConfigured


def switch(name, unset=False):
    """Whether the environment turns `name` on; a value that could mean either is refused."""
    value = os.environ.get(name, "").strip().lower() or str(unset).lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}; it must be 1 or 0.")


def number(name, unset):
    """A whole number from 0 on."""
    value = os.environ.get(name, "").strip() or str(unset)
    if value.isascii() and value.isdecimal() and len(value) < 10:
        return int(value)
    raise ImproperlyConfigured(f"{name} is {value!r}; it must be a whole number.")


def one_of(name, *values):
    """One of the values, the first when the environment does not say."""
    value = os.environ.get(name, "").strip().lower() or values[0]
    if value in values:
        return value
    raise ImproperlyConfigured(f"{name} is {value!r}; it must be {' or '.join(values)}.")


def security_contact():
    """Where to report a weakness, as an address that a program can open."""
    value = os.environ.get("SECURITY_CONTACT", "").strip()
    if not value or (value.startswith(("mailto:", "https://")) and value.isprintable()):
        return value
    raise ImproperlyConfigured(
        f"SECURITY_CONTACT is {value!r}; it must begin with mailto: or https://."
    )


def secret_key():
    """The key, or a refusal: a default one would be known to everybody."""
    if key := os.environ.get("SECRET_KEY"):
        return key
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. ./run makes one and keeps it in var/; "
        "for one command with the same key use ./run manage COMMAND."
    )


def database(name, unset=None):
    """The database that the variable names; without one, SQLite in the file `unset`."""
    url = os.environ.get(name)
    if not url:
        return sqlite({"NAME": unset})
    try:
        config = dj_database_url.parse(url)
    except ValueError:
        config = {}
    engine = config.get("ENGINE", "").rpartition(".")[2]
    if engine == "sqlite3":
        return sqlite(config)
    if engine == "postgresql" and config["NAME"]:
        return postgresql(config)
    # The address itself may hold a password, so the message does not repeat it.
    raise ImproperlyConfigured(
        f"{name} cannot be read. It must look like postgres://user:password@host:5432/name "
        "or sqlite:////folder/file.sqlite3."
    )


def sqlite(config):
    """Readers never wait for a writer; a writer takes its lock at once and waits its turn."""
    return config | {
        "ENGINE": "relations.sqlite3",
        # Tests stay in memory: pytest-django knows that of Django's own engine only.
        "TEST": {"NAME": ":memory:"},
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
            ),
        },
    }


def postgresql(config):
    """Connections are kept, checked before use, and not waited for when the server is gone."""
    options = {"connect_timeout": 2, "tcp_user_timeout": 2000}
    if limit := number("STATEMENT_TIMEOUT_MS", 0):
        options["options"] = f"-c statement_timeout={limit}"
    return config | {
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options | config.get("OPTIONS", {}),
    }


def replica():
    """The database that REPLICA_URL names; only a PostgreSQL has one."""
    engines = [database(name)["ENGINE"] for name in ("DATABASE_URL", "REPLICA_URL")]
    if engines != ["django.db.backends.postgresql"] * 2:
        raise ImproperlyConfigured("REPLICA_URL and DATABASE_URL must both be postgres://…")
    return database("REPLICA_URL") | {"TEST": {"MIRROR": "default"}}


def cache():
    """Where whole pages are kept: in each process, or in the Redis that CACHE_URL names."""
    url = os.environ.get("CACHE_URL")
    if not url:
        options = {"MAX_ENTRIES": 500}
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": options}
    if not url.startswith(("redis://", "rediss://")):
        raise ImproperlyConfigured(
            "CACHE_URL cannot be read. It must look like redis://host:6379/0."
        )
    # A cache that is slower than making the page helps nobody.
    options = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5}
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": url,
        "TIMEOUT": 24 * 60 * 60,
        "OPTIONS": options,
    }
