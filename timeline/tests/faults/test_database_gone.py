"""PostgreSQL stops under load: readers are told so at once, and it goes on by itself."""

import os
import shutil
import subprocess
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from timeline.tests.databases import ON_POSTGRESQL, Site

pytestmark = [
    pytest.mark.slow,
    pytest.mark.each_database,
    pytest.mark.skipif(not ON_POSTGRESQL, reason="a file does not go away"),
]


class Server:
    """A PostgreSQL of this test alone, which may be stopped and started."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.programs = next(
            Path(path).parent
            for path in [*sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True),
                         *filter(None, [shutil.which("initdb")])]
        )  # fmt: skip
        self.as_owner = []
        if os.geteuid() == 0:  # PostgreSQL refuses to be run by root
            shutil.chown(folder, "postgres", "postgres")
            self.as_owner = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        self.run("initdb", "-D", "data", "-U", "app", "-A", "trust", "-E", "UTF8", "--no-sync",
                 "--locale=C.UTF-8")  # fmt: skip
        self.start()
        self.url = f"postgres://app@{str(folder).replace('/', '%2F')}/postgres"

    def run(self, program, *arguments):
        subprocess.run(
            [*self.as_owner, self.programs / program, *arguments],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            check=True,
            timeout=60,
        )

    def start(self):
        options = f"-k {self.folder} -c listen_addresses='' -c fsync=off"
        self.run("pg_ctl", "-D", "data", "-w", "-l", "log", "start", "-o", options)

    def stop(self):
        self.run("pg_ctl", "-D", "data", "-w", "-m", "immediate", "stop")


@pytest.fixture
def server():
    folder = Path(subprocess.check_output(["mktemp", "-d", "/tmp/pg.XXXXXX"], text=True).strip())
    server = Server(folder)
    yield server
    if (folder / "data" / "postmaster.pid").exists():
        server.stop()
    shutil.rmtree(folder)


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
