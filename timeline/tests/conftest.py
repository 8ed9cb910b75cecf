"""What the whole suite shares: compiled messages, and how it starts Chromium."""

import os

import hypothesis
import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import translation

from relations import messages

# Playwright's plain interface keeps an event loop in the thread of the test, where Django
# would refuse to touch the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# How long an example takes says more of the machine than of the code.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

CHROMIUM_FLAGS = [
    "--no-sandbox",  # root has none
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_sessionstart(session):
    """Compile the messages: without them every page would be in English, or last week's words."""
    if not hasattr(session.config, "workerinput"):  # once, not once a worker
        messages.compile_all()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items):
    """A test that asks for a page is a browser test; `./test fast` leaves those out."""
    for item in items:
        if "page" in item.fixturenames:
            item.add_marker(pytest.mark.browser)
    yield
    items.sort(key=_turn)


def _turn(item):
    """What takes long goes first, or one worker would be left with it while the others are done.

    But what empties the tables of the tests' database comes after what does not, as ever.
    """
    mark = item.get_closest_marker("django_db")
    empties = bool(mark and mark.kwargs.get("transaction")) or "live_server" in item.fixturenames
    takes_long = any(map(item.get_closest_marker, ("slow", "accessibility")))
    return empties, not takes_long


@pytest.fixture(autouse=True)
def nothing_cached():
    """What one test counted or kept is not true in the next, whose record is another."""
    cache.clear()


@pytest.fixture(autouse=True)
def in_english():
    """A request leaves its language behind in the thread; the next test starts without it."""
    translation.activate("en")


@pytest.fixture(scope="module")
def published_dataset(django_db_setup, django_db_blocker):
    """The dataset of seeds/ for a whole file of tests, each of which leaves it as it was."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_seeds", verbosity=0)
        with django_db_blocker.block():
            yield
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The system's Chromium: Playwright's own is a download the suite should not need."""
    return browser_type_launch_args | {
        "executable_path": os.environ.get("CHROMIUM") or "/usr/bin/chromium",
        "args": CHROMIUM_FLAGS,
    }


@pytest.fixture(scope="session")
def connections_of_the_server_closed(django_db_setup, django_db_blocker):
    """Close all that is left open at the end: PostgreSQL removes no database in use.

    The threads of the server have connections of their own, and so has Playwright's greenlet.
    """
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock():
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            connection.close()


@pytest.fixture(scope="session")
def live_server(connections_of_the_server_closed, live_server):
    """pytest-django's, which stops before the fixture above does its work."""
    return live_server
