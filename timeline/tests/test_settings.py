import os
import re
import runpy
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from timeline.tests.factories import EventFactory, SourceFactory

DEPLOYED = {"SECRET_KEY": "long and random", "TESTING": ""}

CLEARED = [
    *("DATABASE_URL", "DEBUG", "HTTPS", "TRUST_PROXY", "ALLOWED_HOSTS", "VAR_DIR", "BACKUP_DIR"),
    *("REQUIRE_SECOND_FACTOR", "SECURITY_CONTACT", "METRICS_TOKEN", "LOG_FORMAT"),
    "REPLICA_URL",
    *("SLOW_QUERY_MS", "STATEMENT_TIMEOUT_MS"),
]


@pytest.fixture
def settings_for(monkeypatch):
    """The settings as they would be read in another environment."""

    def read(**environment):
        for name in CLEARED:
            monkeypatch.delenv(name, raising=False)
        for name, value in (DEPLOYED | environment).items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(settings.BASE_DIR / "relations" / "settings.py")

    return read


def test_the_suite_runs_on_the_database_it_was_asked_to():
    scheme = os.environ.get("DATABASE_URL", "sqlite").partition(":")[0]

    assert connection.vendor == {"postgres": "postgresql"}.get(scheme, scheme)


def test_unsaid_settings_are_the_safe_ones(settings_for):
    read = settings_for()

    assert read["DEBUG"] is False
    assert read["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert read["DATABASES"]["default"]["NAME"] == settings.BASE_DIR / "var" / "db.sqlite3"
    assert read["STORAGES"]["staticfiles"]["BACKEND"] == "relations.storage.StaticFilesStorage"


def test_a_replica_is_read_as_the_primary_is_and_asked_for_by_the_router(settings_for):
    read = settings_for(
        DATABASE_URL="postgres://app@one/timeline", REPLICA_URL="postgres://app@two/timeline"
    )
    primary, replica = read["DATABASES"]["default"], read["DATABASES"]["replica"]

    assert (primary["HOST"], replica["HOST"]) == ("one", "two")
    assert replica | {"HOST": "one", "TEST": None} == primary | {"TEST": None}
    assert read["DATABASE_ROUTERS"] == ["timeline.replica.Router"]
    assert "replica" not in settings_for()["DATABASES"]


def test_https_is_all_or_nothing(settings_for):
    names = ["SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"]

    assert [settings_for()[name] for name in names] == [False, False, False]
    assert [settings_for(HTTPS="1")[name] for name in names] == [True, True, True]


@pytest.mark.django_db
def test_no_script_reads_a_cookie(client):
    cookies = client.get("/admin/login/").cookies

    assert {name: cookie["httponly"] for name, cookie in cookies.items()} == {"csrftoken": True}
    assert settings.SESSION_COOKIE_HTTPONLY is True


def test_a_site_on_https_asks_for_the_second_factor_unless_it_says_otherwise(settings_for):
    name = "REQUIRE_SECOND_FACTOR"

    assert settings_for()[name] is False
    assert settings_for(HTTPS="1")[name] is True
    assert settings_for(HTTPS="1", REQUIRE_SECOND_FACTOR="0")[name] is False
    assert settings_for(REQUIRE_SECOND_FACTOR="1")[name] is True


def test_a_query_is_given_up_when_the_server_says_so(settings_for):
    url = {"DATABASE_URL": "postgres://app@db.example/timeline"}

    plain = settings_for(**url)["DATABASES"]["default"]
    limited = settings_for(**url, STATEMENT_TIMEOUT_MS="15000")["DATABASES"]["default"]

    assert "options" not in plain["OPTIONS"]
    assert limited["OPTIONS"]["options"] == "-c statement_timeout=15000"


def test_a_proxy_is_believed_only_when_told_so(settings_for):
    assert "SECURE_PROXY_SSL_HEADER" not in settings_for(HTTPS="1")
    assert "SECURE_PROXY_SSL_HEADER" in settings_for(HTTPS="1", TRUST_PROXY="1")


def test_pages_are_kept_in_each_process_or_in_the_redis_that_is_named(settings_for):
    def backend(**environment):
        return settings_for(**environment)["CACHES"]["default"]["BACKEND"].rpartition(".")[2]

    assert backend() == "LocMemCache"
    assert backend(CACHE_URL="redis://cache:6379/0") == "RedisCache"
    assert "timeline.pagecache.PageCache" in settings_for()["MIDDLEWARE"]


@pytest.mark.parametrize(
    ("environment", "complaint"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set"),
        ({"DEBUG": "perhaps"}, "DEBUG is 'perhaps'; it must be 1 or 0"),
        ({"REQUIRE_SECOND_FACTOR": "no way"}, "REQUIRE_SECOND_FACTOR is 'no way'"),
        ({"SECURITY_CONTACT": "us@example.org"}, "must begin with mailto: or https://"),
        ({"SECURITY_CONTACT": "mailto:us@example.org\nEvil: 1"}, "must begin with mailto:"),
        ({"LOG_FORMAT": "xml"}, "LOG_FORMAT is 'xml'; it must be text or json"),
        ({"SLOW_QUERY_MS": "-1"}, "SLOW_QUERY_MS is '-1'; it must be a whole number"),
        ({"SLOW_QUERY_MS": "٣"}, "it must be a whole number"),
        (
            {"DATABASE_URL": "postgres://a@b/c", "STATEMENT_TIMEOUT_MS": "9" * 30},
            "it must be a whole number",
        ),
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL cannot be read"),
        ({"REPLICA_URL": "postgres://a@b/c"}, "must both be postgres://"),
        ({"REPLICA_URL": "sqlite:////x", "DATABASE_URL": "postgres://a@b/c"}, "must both be"),
        ({"REPLICA_URL": "//", "DATABASE_URL": "postgres://a@b/c"}, "REPLICA_URL cannot be read"),
        ({"DATABASE_URL": "postgres://app:hunter2@host:port/name"}, "DATABASE_URL cannot be read"),
        ({"DATABASE_URL": "postgres://app:hunter2@host"}, "DATABASE_URL cannot be read"),
        ({"DATABASE_URL": "mysql://app:hunter2@host/name"}, "DATABASE_URL cannot be read"),
        ({"CACHE_URL": "memcached://app:hunter2@host"}, "CACHE_URL cannot be read"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_refused(settings_for, environment, complaint):
    with pytest.raises(ImproperlyConfigured, match=complaint) as refusal:
        settings_for(**environment)

    assert "hunter2" not in str(refusal.value)


def test_postgresql_is_checked_and_not_waited_for(settings_for):
    read = settings_for(
        DATABASE_URL="postgres://app:secret@db.example:5433/timeline?sslmode=require"
    )

    database = read["DATABASES"]["default"]
    assert (database["HOST"], database["PORT"], database["NAME"]) == (
        "db.example",
        5433,
        "timeline",
    )
    assert database["CONN_HEALTH_CHECKS"] is True
    assert database["OPTIONS"] == {
        "connect_timeout": 2,
        "tcp_user_timeout": 2000,
        "sslmode": "require",
    }


def test_no_page_may_run_or_load_what_is_not_ours():
    response = Client().get("/healthz")

    policy = dict(
        directive.strip().split(" ", 1)
        for directive in response.headers["Content-Security-Policy"].split(";")
    )
    assert policy == {
        "default-src": "'self'",
        "img-src": "'self' data:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }


@pytest.mark.parametrize("kind", ["changelist", "add"])
def test_the_admin_works_under_the_same_policy(
    live_server, page, admin_client, admin_user, rf, kind
):
    request = rf.get("/")
    request.user = admin_user
    session = admin_client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    complaints = []
    page.on("console", lambda line: complaints.append(line.text))

    for model, curated in admin.site._registry.items():
        # What hangs on a record is added in the form of that record, and a report by readers.
        if kind == "add" and not curated.has_add_permission(request):
            continue
        page.goto(
            live_server.url + reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_{kind}")
        )
        assert page.locator("#user-tools").count() == 1, page.title()

    assert [text for text in complaints if "Content Security Policy" in text] == []


def test_what_the_forms_bring_with_them_works_under_the_same_policy(
    live_server, page, admin_client
):
    SourceFactory(title="Treaty series")
    event = EventFactory()
    session = admin_client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    complaints = []
    page.on("console", lambda line: complaints.append(line.text))

    page.goto(live_server.url + reverse("admin:timeline_event_change", args=[event.pk]))
    page.locator(".select2-selection").first.click()
    page.locator(".select2-results__option").first.wait_for()
    page.goto(live_server.url + reverse("admin:timeline_coveragestatement_add"))
    page.locator(".datetimeshortcuts a").last.click()
    page.locator(".calendarbox").first.wait_for()

    assert [text for text in complaints if "Content Security Policy" in text] == []


@pytest.mark.django_db
def test_other_sites_and_devices_are_kept_out_of_every_page():
    for address in ["/healthz", "/en/nowhere", "/static/favicon.svg"]:
        headers = Client().head(address).headers  # a file that was opened would have to be closed
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin", address
        assert headers["Cross-Origin-Embedder-Policy"] == "require-corp", address
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin", address
        assert headers["Referrer-Policy"] == "same-origin", address
        assert headers["X-Content-Type-Options"] == "nosniff", address
        assert "camera=(), " in headers["Permissions-Policy"], address


def test_a_deployed_site_has_no_warning():
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    checked = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=settings.BASE_DIR,
        env=environment | {"HTTPS": "1", "SECRET_KEY": "".join(map(chr, range(33, 127)))},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.parametrize("contact", ["mailto:security@example.org", "https://example.org/report"])
def test_where_a_weakness_is_reported_is_said_for_half_a_year(settings, contact):
    settings.SECURITY_CONTACT = contact

    response = Client().get("/.well-known/security.txt")

    said = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    expires = datetime.fromisoformat(said.pop("Expires"))
    assert timedelta(days=178) < expires - datetime.now(UTC) <= timedelta(days=180)
    assert said == {
        "Contact": contact,
        "Preferred-Languages": "en, tr, ja",
        "Canonical": "http://testserver/.well-known/security.txt",
    }
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.django_db
def test_nothing_is_said_of_a_contact_nobody_named(client):
    assert client.get("/.well-known/security.txt").status_code == 404


@pytest.fixture
def collected(settings, tmp_path):
    """Writes the given files, and returns the folder to which they are collected when called."""

    def collect(files: dict[str, str]) -> Path:
        (tmp_path / "source").mkdir(exist_ok=True)
        for name, text in files.items():
            (tmp_path / "source" / name).write_text(text)
        call_command("collectstatic", interactive=False, verbosity=0)
        return tmp_path / "root"

    settings.STATICFILES_DIRS = [tmp_path / "source"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "root"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "relations.storage.StaticFilesStorage"}
    }
    return collect


def test_modules_import_each_other_by_their_hashed_names(collected):
    root = collected(
        {
            "page.js": 'import { swap } from "./swap.js";\nswap();\n',
            "swap.js": "export function swap() {}\n",
        }
    )

    [page] = root.glob("page.????????????.js")
    [swap] = root.glob("swap.????????????.js")
    assert page.read_text() == f'import {{ swap }} from "./{swap.name}";\nswap();\n'


def test_a_style_sheet_that_imports_others_is_served_as_one(collected):
    page = '/* One. */\n@import "site.css";\n@import "print.css" print;\n'
    collected({"page.css": page, "site.css": "a { color: red; }\n", "print.css": "b { top: 0; }\n"})

    root = collected({"site.css": "a { color: blue; }\n"})

    [last] = [file for file in root.glob("page.????????????.css") if "blue" in file.read_text()]
    assert last.read_text() == (
        "/* One. */\na { color: blue; }\n@media print {\nb { top: 0; }\n}\n"
    )


def test_the_checks_run_on_the_versions_the_site_runs_on():
    def pins(name):
        text = (settings.BASE_DIR / name).read_text()
        return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, flags=re.MULTILINE))

    site, checks = pins("requirements.txt"), pins("requirements-dev.txt")

    assert "django" in site
    assert {name: checks.get(name) for name in site} == site
