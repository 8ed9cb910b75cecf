"""What a reader's program sees when a file cannot be completed: an error, on a real server."""

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import time

import pytest
from django.conf import settings

pytestmark = pytest.mark.slow

# So much text that the file is nowhere near its end when its first line has arrived.
FILL = """
import datetime, secrets
from timeline.models import Event
public = {"status": "published", "added": datetime.date(2026, 11, 24)}
Event.objects.bulk_create(
    Event(slug=f"event-{number:04}", title_en="Event", summary_en=secrets.token_urlsafe(15_000),
          start="1930", kind="visit", **public)
    for number in range(1000)
)
"""
# The last of a list, and the last of the news.
WITHDRAW = """
from timeline.models import Event
Event.objects.filter(slug__in=["event-0000", "event-0999"]).update(status="draft")
"""


@pytest.fixture
def environment(tmp_path):
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {"SECRET_KEY": "for this test only", "TESTING": "1", "VAR_DIR": str(tmp_path)}


@pytest.fixture
def manage(environment):
    def call(*arguments):
        command = [sys.executable, settings.BASE_DIR / "manage.py", *arguments]
        subprocess.run(command, env=environment, check=True, capture_output=True, timeout=120)

    return call


@pytest.fixture
def port(environment, manage):
    """A server like that of ./run, with a thousand long records."""
    manage("migrate", "--verbosity", "0")
    manage("shell", "--command", FILL)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    gunicorn = [sys.executable, "-m", "gunicorn", "relations.wsgi", "--bind", f"127.0.0.1:{port}"]
    with subprocess.Popen(gunicorn, env=environment, cwd=settings.BASE_DIR) as server:
        try:
            wait_for(port)
            yield port
        finally:
            server.terminate()
            server.wait(timeout=30)


def wait_for(port):
    for _attempt in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server did not start")


@pytest.fixture
def begin(port):
    """A function that asks for an address and gives the answer, none of it read yet."""
    with contextlib.ExitStack() as opened:

        def begin(address):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            opened.callback(connection.close)
            connection.request("GET", address)
            response = opened.enter_context(connection.getresponse())
            assert response.status == 200
            return response

        yield begin


def test_files_that_cannot_be_completed_break_off(begin, manage):
    addresses = [f"/events.{suffix}" for suffix in ("csv", "json", "atom", "xlsx")]
    assert [len(begin(address).read()) > 1_000_000 for address in addresses] == [True] * 4
    files = [begin(address) for address in addresses]
    assert all(file.read(1) for file in files)

    manage("shell", "--command", WITHDRAW)

    for file in files:
        with pytest.raises((http.client.IncompleteRead, ConnectionError)):
            file.read()
