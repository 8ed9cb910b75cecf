"""Figures for whoever watches the site, and for nobody else."""

import json

import pytest
from django.db import OperationalError, connection
from prometheus_client.parser import text_string_to_metric_families

from timeline import counters
from timeline.tests.factories import EventFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.BACKUP_DIR = tmp_path


def figures(client, **more):
    response = client.get("/metrics", **more)
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(response.content.decode())
        for sample in family.samples
    }


def test_requests_are_counted_by_view_and_status(client):
    ok = ("timeline_requests_total", "GET", "200", "timeline")
    missing = ("timeline_requests_total", "GET", "404", "")
    queries = ("timeline_queries_total", "timeline")
    before = figures(client)

    client.get("/en/")
    client.get("/tr/?q=x")
    client.get("/nowhere")

    after = figures(client)
    assert after[ok] - before.get(ok, 0) == 2
    assert after[missing] - before.get(missing, 0) == 1
    assert after["timeline_request_seconds_count", "timeline"] >= 2
    assert after[queries] > before.get(queries, 0)


def test_records_are_counted_by_status(client):
    EventFactory(published=True)
    EventFactory()
    EventFactory()

    read = figures(client)

    assert read["timeline_records", "event", "published"] == 1
    assert read["timeline_records", "event", "draft"] == 2
    assert read["timeline_records", "event", "withdrawn"] == 0
    assert read[("timeline_database_up",)] == 1


def test_the_figures_ask_one_question_for_each_kind_of_record(client, django_assert_num_queries):
    EventFactory(published=True)

    with django_assert_num_queries(4):
        client.get("/metrics")


def test_the_cache_counts_what_it_had(client):
    before = figures(client)

    counters.count_cache(hit=True)
    counters.count_cache(hit=True)
    counters.count_cache(hit=False)

    after = figures(client)
    for result, more in [("hit", 2), ("miss", 1)]:
        name = ("timeline_cache_total", result)
        assert after[name] - before.get(name, 0) == more


def test_the_newest_backup_counts_and_an_unreadable_note_does_not(client, tmp_path):
    assert ("timeline_last_backup_timestamp_seconds",) not in figures(client)
    for name, taken in [("a", "2026-11-20T00:00:00+00:00"), ("b", "2026-11-21T00:00:00+00:00")]:
        (tmp_path / f"relations-{name}.json").write_text(json.dumps({"taken": taken}))
    (tmp_path / "relations-c.json").write_text("{")
    (tmp_path / "relations-d.json").write_text("[]")
    (tmp_path / "relations-e.json").write_text('{"taken": "2026-11-22T00:00:00"}')

    assert figures(client)[("timeline_last_backup_timestamp_seconds",)] == 1795219200


def test_figures_are_there_when_the_database_is_not(client):
    def out_of_reach(execute, sql, params, many, context):
        raise OperationalError

    with connection.execute_wrapper(out_of_reach):
        assert figures(client)[("timeline_database_up",)] == 0


@pytest.mark.parametrize("address", ["127.0.0.1", "127.9.9.9", "::1"])
def test_without_a_token_this_machine_reads_them(client, address):
    assert client.get("/metrics", REMOTE_ADDR=address).status_code == 200


@pytest.mark.parametrize("address", ["192.0.2.1", "10.0.0.1", "2001:db8::1", "", "unix:"])
def test_and_no_other(client, address):
    assert client.get("/metrics", REMOTE_ADDR=address).status_code == 404


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Forwarded-Proto", "Forwarded", "Via"])
def test_a_proxy_on_this_machine_is_not_this_machine(client, header):
    assert client.get("/metrics", headers={header: "127.0.0.1"}).status_code == 404


def test_with_a_token_only_who_has_it_reads_them_from_anywhere(client, settings):
    settings.METRICS_TOKEN = "long and random"

    def status(**headers):
        return client.get("/metrics", headers=headers, REMOTE_ADDR="192.0.2.1").status_code

    assert status(Authorization="Bearer long and random") == 200
    for wrong in ["Bearer long", "Bearer ", "long and random", "Bearer ı", ""]:
        assert status(Authorization=wrong) == 404
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics?token=long+and+random").status_code == 404
