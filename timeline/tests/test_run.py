import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

import pytest
from django.conf import settings

from timeline.tests.databases import wait_for

RUN = settings.BASE_DIR / "run"


@pytest.fixture
def var(tmp_path):
    """Where the ./run under test keeps what it makes; not there before it makes something."""
    return tmp_path / "var"


@pytest.fixture
def environment(var):
    """A newcomer's shell, with a free port and the Python this suite runs on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {"PYTHON": sys.executable, "PORT": str(port), "VAR_DIR": str(var)}


def call(environment, *arguments):
    return subprocess.run(
        [RUN, *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@contextmanager
def serving(environment):
    """The site once it answers; stopped as Ctrl-C would."""
    with subprocess.Popen([RUN], env=environment, stdout=subprocess.PIPE, text=True) as process:
        site = f"http://127.0.0.1:{environment['PORT']}"
        try:
            wait_for(site, process)
            yield site
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=30)
    assert process.returncode == 0


def status(address):
    with urllib.request.urlopen(address, timeout=10) as response:
        return response.status


def assert_refused(result, complaint):
    """One sentence, no traceback, exit code 1."""
    assert complaint in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.returncode == 1


def test_an_old_python_is_refused(environment, tmp_path, var):
    python = tmp_path / "python3.9"
    python.write_text("#!/bin/sh\necho 3.9\n")
    python.chmod(0o755)

    result = call(environment | {"PYTHON": str(python)})

    assert_refused(result, "is Python 3.9; this project needs 3.11 or newer")
    assert not var.exists()


def test_a_python_that_is_not_there_is_named(environment, var):
    result = call(environment | {"PYTHON": "python-of-nowhere"})

    assert_refused(result, "There is no python-of-nowhere here.")
    assert not var.exists()


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1", "8000 "])
def test_a_port_that_is_no_port_is_refused(environment, var, port):
    result = call(environment | {"PORT": port})

    assert_refused(result, f"PORT is '{port}'; it must be a number from 1 to 65535.")
    assert not var.exists()


def test_a_port_in_use_is_named_before_anything_is_done(environment, var):
    with socket.create_server(("127.0.0.1", int(environment["PORT"]))):
        result = call(environment)

    assert_refused(result, f"Port {environment['PORT']} cannot be used: address already in use.")
    assert not var.exists()


@pytest.mark.parametrize(
    ("url", "complaint"),
    [
        ("postgres://app@127.0.0.1:1/x", "DATABASE_URL names does not answer"),
        ("sqlite:////nowhere/at/all.sqlite3", "DATABASE_URL names does not answer"),
        ("nonsense", "DATABASE_URL cannot be read"),
    ],
)
def test_a_database_out_of_reach_is_a_sentence(environment, var, url, complaint):
    result = call(environment | {"DATABASE_URL": url})

    assert_refused(result, complaint)
    assert [path.name for path in var.iterdir()] == ["secret-key"]


def test_an_unknown_argument_is_refused(environment, var):
    result = call(environment, "serve")

    assert_refused(result, "Call it as ./run, or as ./run manage COMMAND.")
    assert not var.exists()


@pytest.mark.slow
def test_a_second_start_is_quick_and_loses_nothing(environment, var):
    account = {"DJANGO_SUPERUSER_PASSWORD": "a long pass phrase"}
    create = ["manage", "createsuperuser", "--noinput", "--username=ayse", "--email=a@example.org"]

    with serving(environment) as site:
        assert status(f"{site}/en/") == 200
        assert call(environment | account, *create).returncode == 0
    secret = (var / "secret-key").read_text()
    started = time.monotonic()
    with serving(environment) as site:
        assert time.monotonic() - started < 5
        assert status(f"{site}/en/") == 200

    assert "already taken" in call(environment | account, *create).stderr
    assert (var / "secret-key").read_text() == secret
    assert (var / "secret-key").stat().st_mode & 0o777 == 0o600


@pytest.mark.slow
def test_a_first_start_that_is_killed_can_be_made_again(environment):
    for moment in ["Bringing the database", "Loading the dataset", "Collecting the static"]:
        kill_when_it_says(moment, environment)

    with serving(environment) as site:
        assert status(f"{site}/en/") == 200


def kill_when_it_says(line, environment):
    with subprocess.Popen(
        [RUN], env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert any(said.startswith(line) for said in process.stdout)
        os.killpg(process.pid, signal.SIGKILL)
