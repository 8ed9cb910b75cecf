import os
import re
import runpy
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

DEPLOYED = {"SECRET_KEY": "long and random", "TESTING": ""}


@pytest.fixture
def settings_for(monkeypatch):
    """The settings as they would be read in another environment."""

    def read(**environment):
        for name in ("DATABASE_URL", "DEBUG", "HTTPS", "TRUST_PROXY", "ALLOWED_HOSTS", "VAR_DIR"):
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


def test_https_is_all_or_nothing(settings_for):
    names = ["SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"]

    assert [settings_for()[name] for name in names] == [False, False, False]
    assert [settings_for(HTTPS="1")[name] for name in names] == [True, True, True]


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
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL cannot be read"),
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
    assert database["OPTIONS"] == {"connect_timeout": 5, "sslmode": "require"}


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
