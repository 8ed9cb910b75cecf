"""Whole pages are kept, and none is served after what it shows has changed."""

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.models.signals import post_migrate
from redis.exceptions import ConnectionError as RedisGone

from timeline import pagecache, triggers
from timeline.models import Edition, Event
from timeline.tests.factories import CitationFactory, EventFactory, PlaceFactory

# A change that is rolled back raises no edition, so these tests commit theirs.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def with_page_cache(settings):
    settings.MIDDLEWARE = ["timeline.pagecache.PageCache", *settings.MIDDLEWARE]


@pytest.fixture
def event():
    return EventFactory(published=True, title_en="As it was", start="1934-06-01")


def mark():
    return Edition.objects.values_list("mark", flat=True).first()


def test_a_page_is_made_once_and_then_costs_one_question(client, event, django_assert_num_queries):
    first = client.get("/tr/")

    with django_assert_num_queries(1):
        again = client.get("/tr/")

    assert again.content == first.content
    assert again["Content-Type"] == "text/html; charset=utf-8"
    assert again["Content-Security-Policy"] == first["Content-Security-Policy"]
    assert again["Cache-Control"] == "no-cache"


def test_an_unchanged_page_is_not_sent_again(client, event, django_assert_num_queries):
    etag = client.get("/en/")["ETag"]
    cache.clear()

    with django_assert_num_queries(1):
        again = client.get("/en/", headers={"If-None-Match": etag})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)


WAYS = {
    "save": lambda event: (setattr(event, "title_en", "As it is"), event.save()),
    "update": lambda event: Event.objects.filter(pk=event.pk).update(title_en="As it is"),
    "sql": lambda event: connection.cursor().execute(
        "UPDATE timeline_event SET title_en = 'As it is' WHERE id = %s", [event.pk]
    ),
    "bulk_update": lambda event: (
        setattr(event, "title_en", "As it is"),
        Event.objects.bulk_update([event], ["title_en"]),
    ),
}


@pytest.mark.parametrize("language", ["en", "tr", "ja"])
@pytest.mark.parametrize("way", WAYS)
def test_an_edit_by_any_way_is_on_the_very_next_page(client, event, way, language):
    before = client.get(f"/{language}/")
    etag = before["ETag"]

    WAYS[way](event)

    after = client.get(f"/{language}/", headers={"If-None-Match": etag})
    assert "As it was" in before.content.decode()
    assert "As it is" in after.content.decode()
    assert "As it was" not in after.content.decode()


@pytest.mark.parametrize(
    "change",
    [
        lambda event: CitationFactory(event=event),
        lambda event: event.citations.all().delete(),
        lambda event: PlaceFactory(),
        lambda event: event.sector_links.all().delete(),
    ],
)
def test_what_hangs_on_a_record_raises_the_edition_too(event, change):
    before = mark()

    change(event)

    assert mark() != before


def test_every_table_of_the_record_raises_the_edition():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT tbl_name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute(
                "SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
                "WHERE tgname LIKE '%raises_edition'"
            )
        guarded = {table for (table,) in cursor.fetchall()}
    models = apps.get_app_config("timeline").get_models(include_auto_created=True)

    assert guarded == {model._meta.db_table for model in models} - triggers.PRIVATE


def test_looking_and_logging_in_raise_no_edition(client, admin_client, event):
    before = mark()

    client.get("/en/")
    admin_client.get("/admin/")

    assert mark() == before


def test_triggers_are_off_while_migrating_and_on_afterwards(event):
    app = apps.get_app_config("timeline")
    before = mark()

    triggers.remove(sender=app, using="default")
    Event.objects.update(title_en="Written by a migration")
    unguarded = mark()
    post_migrate.send(sender=app, using="default", app_config=app)

    assert unguarded == before
    assert mark() != before


@pytest.mark.parametrize(
    ("address", "status"),
    [("/en/events/none/", 404), ("/en/?year=x", 400), ("/en/?sector=&q=", 302), ("/healthz", 200)],
)
def test_only_whole_public_pages_are_kept(client, event, address, status):
    response = client.get(address)

    assert response.status_code == status
    assert "ETag" not in response


def test_a_page_that_depends_on_the_reader_is_not_kept(client, event, settings, rf):
    def private(request):
        response = pagecache.HttpResponse("for you")
        response["Vary"] = "Cookie"
        return response

    response = pagecache.PageCache(private)(rf.get("/en/"))

    assert "ETag" not in response


def test_languages_hosts_questions_and_packing_do_not_mix(client, event, settings):
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]
    asked = [
        ("/en/", "one.example", ""),
        ("/en/", "one.example", "gzip"),
        ("/en/", "two.example", ""),
        ("/ja/", "one.example", ""),
        ("/en/?year=1934", "one.example", ""),
    ]
    etags = {
        client.get(path, headers={"host": host, "accept-encoding": packing})["ETag"]
        for path, host, packing in asked
    }

    assert len(etags) == len(asked)


def test_a_foreign_host_is_refused_before_anything_is_served(client, event):
    assert client.get("/en/", headers={"host": "elsewhere.example"}).status_code == 400


def test_kept_pages_go_on_while_the_database_is_gone(client, event, monkeypatch):
    kept = client.get("/en/").content

    def gone(*args, **kwargs):
        raise OperationalError("the database is gone")

    monkeypatch.setattr(Edition.objects, "values_list", gone)

    assert client.get("/en/").content == kept


def test_pages_are_made_while_the_cache_is_gone(client, event, monkeypatch):
    def gone(*args, **kwargs):
        raise RedisGone("no route")

    monkeypatch.setattr(pagecache.cache, "get", gone)
    monkeypatch.setattr(pagecache.cache, "set", gone)

    assert "As it was" in client.get("/en/").content.decode()


def test_a_load_of_the_data_files_is_seen_at_once(client):
    before = client.get("/en/").content.decode()

    call_command("load_seeds", verbosity=0)

    assert "<strong>0 records</strong>" in before
    assert "<strong>549 records</strong>" in client.get("/en/").content.decode()
