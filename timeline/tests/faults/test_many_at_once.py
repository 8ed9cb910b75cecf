"""Many people at once, slow ones among them, and a server that is told to stop."""

import http.client
import os
import re
import signal
import socket
import statistics
import threading
import time
import urllib.request
from collections import Counter
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.each_database]

SECONDS = int(os.environ.get("SOAK_SECONDS", "4"))
EDITORS, READERS = 20, 100
SESSIONS = """
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from timeline.models import Place
store = import_module(settings.SESSION_ENGINE).SessionStore
for number in range(20):
    user = User.objects.create_superuser(f"editor-{number}")
    place = Place.objects.create(slug=f"p-{number}", name_en="Before", country="TR")
    session = store()
    session[SESSION_KEY] = user.pk
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    print(session.session_key, place.pk)
"""


class Edit:
    """An editor who saves the same form again and again, each time the version that is there."""

    def __init__(self, address, session, place):
        self.host = address.removeprefix("http://")
        self.session, self.place, self.saved = session, place, 0

    def __call__(self):
        token = "t" * 32
        form = (
            f"csrfmiddlewaretoken={token}&slug=p-{self.place}&name_en=Edit+{self.saved + 1}"
            "&name_tr=&name_ja=&aliases=&country=TR&latitude=&longitude="
            f"&_guarded=1&_version={self.saved + 1}"
        )
        connection = http.client.HTTPConnection(self.host, timeout=60)
        connection.request(
            "POST",
            f"/admin/timeline/place/{self.place}/change/",
            form,
            {
                "Content-Type": "application/x-www-form-urlencoded",
                "Cookie": f"sessionid={self.session}; csrftoken={token}",
                "Origin": f"http://{self.host}",
            },
        )
        response = connection.getresponse()
        response.read()
        connection.close()
        self.saved += response.status == 302
        return response.status


def read(address):
    with urllib.request.urlopen(address, timeout=60) as response:
        return response.status


def all_at_once(tasks, seconds):
    """Do each task again and again in a thread of its own; what became of them, counted."""
    results, end = Counter(), time.monotonic() + seconds

    def work(task):
        while time.monotonic() < end:
            try:
                results[task()] += 1
            except OSError as error:
                results[str(error)] += 1

    threads = [threading.Thread(target=work, args=[task]) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_twenty_editors_and_a_hundred_readers_all_get_through(databases, loaded):
    site = databases.new(like=loaded)
    people = [line.split() for line in site.ask(SESSIONS).splitlines()]
    pages = ["/en/places", "/healthz", "/en/about/", "/tr/sources/", "/ja/anniversaries/"]
    with site.serving() as served:
        editors = [Edit(served.address, *one) for one in people]
        readers = [
            lambda page=pages[n % 4 + 1]: read(served.address + page) for n in range(READERS)
        ]
        results = all_at_once([*editors, *readers], SECONDS)

    log = (site.folder / "server.log").read_text()
    assert set(results) == {200, 302}
    assert results[302] >= EDITORS
    assert "locked" not in log
    names = "from timeline.models import Place; print(*Place.objects.filter(slug__startswith='p-').order_by('pk').values_list('name_en', flat=True), sep='|')"  # noqa: E501
    assert site.ask(names).split("|") == [f"Edit {each.saved}" for each in editors]


def test_slow_and_idle_clients_do_not_keep_the_others_waiting(databases, loaded):
    site = databases.new(like=loaded)
    with site.serving() as served:
        idle = [socket.create_connection(("127.0.0.1", served.port)) for _each in range(200)]
        try:
            for number, connection in enumerate(idle):
                if number % 2:  # the rest say nothing at all
                    connection.sendall(b"GET /en/ HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
            times = []
            for _each in range(5):
                begun = time.monotonic()
                assert read(f"{served.address}/healthz") == 200
                times.append(time.monotonic() - begun)
        finally:
            for connection in idle:
                connection.close()

    assert statistics.median(times) < 1
    assert max(times) < 10


def workers_of(server):
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text()
    return [int(child) for child in children.split()]


def sockets_of(process):
    return sum(
        os.readlink(file).startswith("socket:") for file in Path(f"/proc/{process}/fd").iterdir()
    )


def test_the_processes_of_a_server_share_the_connections(databases, migrated):
    site = databases.new(like=migrated)
    with site.serving() as served:
        time.sleep(1)  # the second process may start a little later than the first
        workers = workers_of(served.process)
        before = [sockets_of(worker) for worker in workers]
        readers = [socket.create_connection(("127.0.0.1", served.port)) for _each in range(16)]
        for reader in readers:
            reader.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert reader.recv(4096).startswith(b"HTTP/1.1 200")
        held = [sockets_of(worker) - then for worker, then in zip(workers, before, strict=True)]
        for reader in readers:
            reader.close()

    assert sum(held) == 16
    assert min(held) >= 4  # eight, where nothing else is going on


def test_a_length_that_is_no_number_is_refused_before_the_program_sees_it(databases, migrated):
    site = databases.new(like=migrated)
    with site.serving() as served, socket.create_connection(("127.0.0.1", served.port)) as client:
        client.sendall(b"POST /admin/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n")

        assert client.recv(4096).startswith(b"HTTP/1.1 400")


def test_a_server_that_is_told_to_stop_finishes_what_it_began(databases, loaded):
    site = databases.new(like=loaded)
    results = []
    with site.serving("--workers", "1") as served:
        threads = [
            threading.Thread(target=lambda: results.append(read(f"{served.address}/en/lanes/")))
            for _each in range(4)
        ]
        for thread in threads:
            thread.start()
        time.sleep(0.15)
        served.process.send_signal(signal.SIGTERM)
        for thread in threads:
            thread.join()
        code = served.process.wait(timeout=30)

    assert results == [200] * 4
    assert code == 0
    assert not re.search("ERROR|Traceback", (site.folder / "server.log").read_text())
