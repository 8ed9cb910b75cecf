"""PostgreSQL stops under load: readers are told so at once, and it goes on by itself."""

import threading
import time
import urllib.error
import urllib.request

import pytest

from timeline.tests.databases import ON_POSTGRESQL, Site
from timeline.tests.postgres import Server

pytestmark = [
    pytest.mark.slow,
    pytest.mark.each_database,
    pytest.mark.skipif(not ON_POSTGRESQL, reason="a file does not go away"),
]


@pytest.fixture
def server():
    server = Server()
    yield server
    server.remove()


def ask(address):
    begun = time.monotonic()
    try:
        with urllib.request.urlopen(address, timeout=20) as response:
            return response.status, None, time.monotonic() - begun
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers["Retry-After"], time.monotonic() - begun


def test_readers_are_told_within_two_seconds_and_the_site_recovers(server, tmp_path):
    site = Site(server.url, tmp_path)
    site.manage("migrate", "--verbosity", "0")
    answers, stopped = [], threading.Event()

    def read(address):
        while not stopped.is_set():
            answers.append(ask(address))

    with site.serving() as served:
        assert ask(f"{served.address}/en/")[0] == 200
        readers = [
            threading.Thread(target=read, args=[f"{served.address}/{language}/"])
            for language in ("en", "tr", "ja", "en", "tr", "ja")
        ]
        for reader in readers:
            reader.start()
        time.sleep(0.5)
        server.stop()
        gone = [ask(f"{served.address}{path}") for path in ("/en/", "/readyz", "/healthz", "/e/1")]
        time.sleep(1)
        server.start()
        back = [ask(f"{served.address}{path}")[0] for path in ("/en/", "/readyz") for _ in range(4)]
        stopped.set()
        for reader in readers:
            reader.join()

    assert [answer[0] for answer in gone] == [503, 503, 200, 503]
    assert gone[0][1] == "30"
    assert back == [200] * 8
    assert {status for status, _retry, _seconds in answers} == {200, 503}
    assert max(seconds for _status, _retry, seconds in [*answers, *gone]) < 2
