"""Two processes, PostgreSQL with a replica, Redis, nginx: what compose.yaml runs, in earnest."""

import http.cookiejar
import os
import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager

import psycopg
import pytest
from django.conf import settings

from timeline.tests.databases import ON_POSTGRESQL, Site
from timeline.tests.postgres import Server

pytestmark = [
    pytest.mark.slow,
    pytest.mark.each_database,
    pytest.mark.skipif(not ON_POSTGRESQL, reason="SQLite is one file on one machine"),
]
RECORDS = """
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from timeline.models import Actor
Actor.objects.create(
    slug="a", name_en="Before", kind="person", status="published", added="2026-11-24"
)
user = User.objects.create_superuser("ayse")
session = import_module(settings.SESSION_ENGINE).SessionStore()
session[SESSION_KEY] = user.pk
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.create()
print(session.session_key)
"""
PAGE = "/en/actors/a/"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def get(address, **headers):
    """Status and body; a browser that keeps nothing."""
    request = urllib.request.Request(address, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=20) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def name_on(answer):
    status, page = answer
    assert status == 200
    return re.search("<h1[^>]*>(.*?)</h1>", page, re.S)[1].strip()


def until(question, wanted, seconds=20):
    """Ask until that is the answer, for a while; the last answer."""
    end = time.monotonic() + seconds
    while (answer := question()) != wanted and time.monotonic() < end:
        time.sleep(0.1)
    return answer


@contextmanager
def started(*command, port):
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/"
    ) as process:
        try:
            for _each in range(100):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            yield process
        finally:
            process.terminate()


@contextmanager
def nginx(folder, ports):
    """As deploy/nginx.conf says, but for where things are on this machine."""
    port = free_port()
    text = (settings.BASE_DIR / "deploy/nginx.conf").read_text()
    for number, web in enumerate(ports, 1):
        text = text.replace(f"server web{number}:8000 ", f"server 127.0.0.1:{web} ")
    text = text.replace("listen 8080", f"listen 127.0.0.1:{port}")
    text = re.sub(r"(\w+_temp_path|pid) /(tmp|run)/", rf"\1 {folder}/", text)
    text = text.replace("http {", "daemon off;\nhttp {", 1)
    (folder / "nginx.conf").write_text(text)
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    with started(program, "-c", str(folder / "nginx.conf"), "-e", "stderr", port=port):
        yield f"http://127.0.0.1:{port}"


class Whole:
    """All of it, running."""

    def __init__(self, stack, folder):
        self.primary = Server()
        stack.callback(self.primary.remove)
        site = Site(self.primary.url, folder)
        site.manage("migrate", "--verbosity", "0")
        self.session = site.ask(RECORDS)
        self.replica = Server(following=self.primary)
        stack.callback(self.replica.remove)
        redis = free_port()
        self.redis = stack.enter_context(
            started("redis-server", "--port", str(redis), "--save", "", port=redis)
        )
        # As it runs, and not as it is tested: with kept pages, before a proxy.
        self.site = site.having(
            TESTING="",
            REPLICA_URL=self.replica.url,
            CACHE_URL=f"redis://127.0.0.1:{redis}/0",
            TRUST_PROXY="1",
        )
        self.site.manage("collectstatic", "--no-input", "--verbosity", "0")
        self.webs = [stack.enter_context(self.site.serving("--workers", "1")) for _each in range(2)]
        ports = [web.port for web in self.webs]
        self.address = stack.enter_context(nginx(folder, ports))

    def visitor(self, page=PAGE):
        return get(self.address + page)

    def staff(self, page=PAGE):
        return get(self.address + page, Cookie=f"sessionid={self.session}")

    def rename(self, name):
        with psycopg.connect(self.primary.url, autocommit=True) as connection:
            connection.execute("UPDATE timeline_actor SET name_en = %s WHERE slug = 'a'", [name])

    def on_replica(self, statement):
        with psycopg.connect(self.replica.url, autocommit=True) as connection:
            connection.execute(statement)

    def ready(self):
        return get(self.webs[0].address + "/readyz")


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    for name, place in {"redis-server": "/usr/bin", "nginx": "/usr/sbin"}.items():
        if not (shutil.which(name) or shutil.which(name, path=place)):
            pytest.skip(f"{name} is not installed; ./test installs it")
    folder = tmp_path_factory.mktemp("whole")
    folder.chmod(0o755)
    with ExitStack() as stack:
        yield Whole(stack, folder)


def test_visitors_read_from_the_replica_and_staff_what_was_just_saved(whole):
    whole.rename("First")
    assert until(lambda: name_on(whole.visitor()), "First") == "First"

    whole.on_replica("SELECT pg_wal_replay_pause()")
    whole.rename("Second")
    seen = [name_on(whole.visitor()), name_on(whole.staff()), name_on(whole.visitor())]
    whole.on_replica("SELECT pg_wal_replay_resume()")

    assert seen == ["First", "Second", "First"]
    # Nothing that was kept meanwhile outlives it, in either process.
    assert until(lambda: name_on(whole.visitor()), "Second") == "Second"
    assert {name_on(get(web.address + PAGE)) for web in whole.webs for _each in "ab"} == {"Second"}


def test_a_reader_finds_a_report_at_once_though_the_replica_has_none_yet(whole):
    page = f"{whole.address}/en/report/actors/a/"
    form = re.search('name="form"[^>]*value="([^"]+)"', get(page)[1])[1]
    whole.on_replica("SELECT pg_wal_replay_pause()")
    opener = urllib.request.build_opener(
        urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    )

    with opener.open(page, f"form={form}&text=The+year+is+wrong.".encode()) as response:
        found = response.status, "/en/reports/" in response.url
    whole.on_replica("SELECT pg_wal_replay_resume()")

    assert found == (200, True)


def test_a_replica_that_is_gone_is_missed_by_nobody_but_the_operator(whole):
    assert until(whole.ready, (200, "ok\n")) == (200, "ok\n")

    whole.replica.stop()
    whole.rename("Third")
    answers = [whole.visitor()[0] for _each in range(6)]
    said = until(whole.ready, (200, "ok, but the replica does not follow\n"))
    name = name_on(whole.visitor())
    whole.replica.start()

    assert answers == [200] * 6
    assert said == (200, "ok, but the replica does not follow\n")
    assert name == "Third"
    assert until(whole.ready, (200, "ok\n")) == (200, "ok\n")


@pytest.mark.skipif(not os.environ.get("SOAK"), reason="waits until it lags; SOAK=1 has the time")
def test_a_replica_that_lags_is_not_read(whole):
    whole.on_replica("SELECT pg_wal_replay_pause()")
    whole.rename("Fourth")

    name = until(lambda: name_on(whole.visitor()), "Fourth", seconds=30)
    whole.on_replica("SELECT pg_wal_replay_resume()")

    assert name == "Fourth"
    assert until(whole.ready, (200, "ok\n")) == (200, "ok\n")


def test_while_the_primary_is_gone_visitors_read_on(whole):
    whole.rename("Fifth")
    assert until(lambda: name_on(whole.visitor()), "Fifth") == "Fifth"

    whole.primary.stop()
    pages = [PAGE, "/tr/actors/a/", "/ja/about/", "/tr/sources/"]
    read = [whole.visitor(page)[0] for page in pages]
    staff, ready = whole.staff("/admin/")[0], whole.ready()[0]
    whole.primary.start()

    assert read == [200] * 4
    assert (staff, ready) == (503, 503)
    assert until(lambda: whole.staff("/admin/")[0], 200) == 200
    assert until(whole.ready, (200, "ok\n")) == (200, "ok\n")


def test_either_process_and_the_cache_may_go(whole):
    whole.webs[0].process.terminate()
    whole.webs[0].process.wait(timeout=40)
    one = [whole.visitor()[0] for _each in range(6)]
    whole.redis.terminate()
    whole.redis.wait(timeout=20)
    none = [whole.visitor()[0] for _each in range(6)]

    assert (one, none) == ([200] * 6, [200] * 6)
