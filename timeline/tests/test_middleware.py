"""What is written of a request, and what is not."""

import json
import logging
import re

import pytest
from django.db import OperationalError, connection
from django.test import Client

from timeline.logs import JsonFormatter, OfRequest
from timeline.tests.factories import EventFactory
from timeline.views import health

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines():
    """What the site would write as JSON, one entry a line."""
    written = []

    class Kept(logging.Handler):
        def emit(self, record):
            written.append(self.format(record))

    handler = Kept()
    handler.setFormatter(JsonFormatter())
    handler.addFilter(OfRequest())
    logger = logging.getLogger("timeline.requests")
    before = logger.level
    logger.setLevel("INFO")
    logger.addHandler(handler)
    yield lambda: [json.loads(line) for line in written]
    logger.removeHandler(handler)
    logger.setLevel(before)


def test_a_request_is_one_line_and_says_nothing_of_who_asked(client, lines):
    EventFactory(published=True)

    response = client.get(
        "/en/?q=a+secret+interest",
        headers={"User-Agent": "My telephone", "Referer": "https://example.org/me"},
        REMOTE_ADDR="192.0.2.9",
    )

    [line] = lines()
    assert set(line) == {
        *("time", "level", "logger", "message", "request_id", "method", "path", "view"),
        *("status", "milliseconds", "queries"),
    }
    assert (line["method"], line["path"], line["view"]) == ("GET", "/en/", "timeline")
    assert (line["status"], line["request_id"]) == (200, response.headers["X-Request-ID"])
    assert line["queries"] > 0
    for personal in ["secret", "192.0.2.9", "telephone", "example.org"]:
        assert personal not in json.dumps(line)


@pytest.mark.parametrize("given", ["0123abcd", "a" * 64, "b7-_Z" * 5])
def test_the_id_that_a_proxy_gave_is_kept(client, given):
    response = client.get("/healthz", headers={"X-Request-ID": given})

    assert response.headers["X-Request-ID"] == given


@pytest.mark.parametrize(
    "given", ["", "short", "a" * 65, "a b c d e f", "x\ny" * 5, "ıııııııı", "<script>"]
)
def test_an_id_that_is_none_is_replaced(client, given):
    response = client.get("/healthz", headers={"X-Request-ID": given})

    assert re.fullmatch("[0-9a-f]{32}", response.headers["X-Request-ID"])


def test_two_requests_have_two_ids(client):
    ids = {client.get("/healthz").headers["X-Request-ID"] for _each in range(2)}

    assert len(ids) == 2


def test_a_path_cannot_forge_a_line(client, lines):
    client.get("/en/%0A%7B%22status%22%3A200%7D" + "x" * 1000)

    [line] = lines()
    assert line["path"] == ('/en/\n{"status":200}' + "x" * 1000)[:300]
    assert len(line["path"]) == 300
    assert line["status"] == 404


def test_a_slow_question_is_written_without_its_values(client, lines, settings):
    settings.SLOW_QUERY_MS = -1

    client.get("/en/?q=secret")

    slow = [line for line in lines() if line["message"] == "slow query"]
    assert len(slow) == lines()[-1]["queries"]
    assert all(line["sql"].startswith(("SELECT", "BEGIN")) for line in slow)
    assert all(len(line["sql"]) <= 500 for line in slow)
    assert "secret" not in json.dumps(slow)


def test_a_quick_question_is_not(client, lines, settings):
    settings.SLOW_QUERY_MS = 60_000

    client.get("/en/")

    assert [line["message"] for line in lines()] == ["request"]


def test_an_unknown_method_is_one_word_in_the_figures(client, lines):
    client.generic("INVENTED", "/healthz")

    [line] = lines()
    assert (line["method"], line["status"]) == ("other", 405)


def out_of_reach(execute, sql, params, many, context):
    raise OperationalError("could not connect to server")


@pytest.mark.parametrize(
    "address", ["/en/", "/tr/events/one/", "/ja/lanes/", "/e/1", "/sitemap.xml"]
)
def test_a_database_out_of_reach_is_said_and_worth_asking_again(address):
    client = Client(raise_request_exception=False)

    with connection.execute_wrapper(out_of_reach):
        response = client.get(address)

    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")
    assert "could not connect" not in response.content.decode()


def test_staff_meet_the_same_page(admin_user):
    client = Client(raise_request_exception=False)
    client.force_login(admin_user)

    with connection.execute_wrapper(out_of_reach):
        response = client.get("/admin/")

    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")


def test_readiness_says_so_and_health_does_not_ask():
    client = Client(raise_request_exception=False)

    with connection.execute_wrapper(out_of_reach):
        assert client.get("/readyz").status_code == 503
        assert client.get("/healthz").status_code == 200


def test_a_fault_of_the_program_is_another_page(monkeypatch):
    client = Client(raise_request_exception=False)
    monkeypatch.setattr(health, "HttpResponse", lambda *arguments, **more: 1 / 0)

    response = client.get("/healthz")

    assert response.status_code == 500
    assert "Retry-After" not in response.headers
