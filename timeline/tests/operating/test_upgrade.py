"""A database of the first version, with records, becomes one of this version and loses nothing."""

import hashlib
import json

import pytest

from timeline.tests.databases import shared

pytestmark = [pytest.mark.slow, pytest.mark.each_database]

# Through the models as they were: today's know columns that were not there.
FIRST = """
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

executor = MigrationExecutor(connection)
then = executor.loader.project_state([("timeline", "0001_initial")]).apps
of = lambda name: then.get_model("timeline", name).objects

diplomacy = of("Sector").create(slug="diplomacy", name_en="Diplomacy", position=1)
ankara = of("Place").create(slug="ankara", name_en="Ankara", name_tr="Ankara", country="TR")
report = of("Source").create(
    slug="report", title="A report", publisher="A ministry", language="en", kind="official",
    side="japan", status="published", date="1934-06",
)
host = of("Actor").create(
    slug="host", name_en="The host", name_ja="主催者", kind="ministry", country="TR",
    status="published", aliases="Host of old",
)
treaty = of("Agreement").create(
    slug="treaty", title_en="A treaty", summary_en="What it provides.", kind="treaty",
    status="published",
)
treaty.parties.set([host])
signed = of("AgreementDate").create(agreement=treaty, kind="signed", date="1934-06-01")
of("Citation").create(source=report, agreement_date=signed)
of("Citation").create(source=report, agreement=treaty)
for number, status, reason in [(1, "published", ""), (2, "withdrawn", "A hoax."), (3, "draft", "")]:
    event = of("Event").create(
        slug=f"event-{number}", title_en=f"Event {number}", title_tr="Görüşme",
        summary_en="What happened.", start="1934-06", end="1934-07", approximate=True,
        kind="meeting", status=status, reason=reason, place=ankara, note="Looked for in vain.",
    )
    of("EventSector").create(event=event, sector=diplomacy, rank=1)
    of("Participation").create(event=event, actor=host, role="host")
    of("Citation").create(source=report, event=event, locator="p. 3")
dispute = of("Dispute").create(
    event_id=event.pk, about="date", question_en="When?", reason_en="Because."
)
of("Claim").create(dispute=dispute, start="1934-06-02", preferred=True)
of("Claim").create(dispute=dispute, start="1934-06-03")
User.objects.create_superuser("ayse", password="a long pass phrase")
"""
# What the version before stories knew, and the first did not.
BETWEEN = """
import datetime
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

executor = MigrationExecutor(connection)
then = executor.loader.project_state([("timeline", "0010_when_records_were_saved")]).apps
of = lambda name: then.get_model("timeline", name).objects
moment = datetime.datetime(2026, 11, 24, 12, tzinfo=datetime.UTC)

event = of("Event").get(slug="event-1")
user = then.get_model("auth", "User").objects.get()
first = of("Revision").create(
    kind="events", number=event.pk, version=1, entry={"slug": "event-1"}, action="created",
    by=user, at=moment,
)
of("Revision").create(
    kind="events", number=event.pk, version=2, entry={"slug": "event-1", "note": "x"},
    action="changed", by=user, at=moment, reason="A better source.", part_of=first,
)
of("Check").create(event=event, on="2026-11-24")
of("Report").create(event=event, form="f", text="The day is wrong.", language="ja")
of("Upload").create(owner=user, kind="events", name="a.csv", content=b"slug")
of("Release").create(
    number="2026.11", day="2026-11-24", records=1, checksum="c" * 64, files=[], changes={}
)
"""
COLUMNS = """
import json
from django.db import connection
for name in sorted(connection.introspection.table_names()):
    if not name.startswith("timeline_"):
        continue
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM {connection.ops.quote_name(name)} ORDER BY id')
        columns = [column[0] for column in cursor.description]
        rows = [dict(zip(columns, map(str, row))) for row in cursor.fetchall()]
    print(json.dumps([name, rows]))
"""


def tables(site):
    lines = site.ask(COLUMNS).splitlines()
    return dict(map(json.loads, lines))


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """A database of the first version, with records: to be copied, not written to."""

    def fill(site):
        site.manage("migrate", "timeline", "0001", "--verbosity", "0")
        for application in ("auth", "admin", "sessions"):
            site.manage("migrate", application, "--verbosity", "0")
        site.ask(FIRST)

    with shared(tmp_path_factory, "first", fill) as site:
        yield site


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory, first):
    """The same, brought to this version: to be copied, not written to."""

    def fill(site):
        site.manage("migrate", "--verbosity", "0")

    with shared(tmp_path_factory, "upgraded", fill, like=first) as site:
        yield site


@pytest.fixture
def old(databases, first):
    return databases.new(like=first)


@pytest.fixture
def new(databases, upgraded):
    return databases.new(like=upgraded)


def test_every_value_of_the_first_version_is_still_there(first, upgraded):
    before, after = tables(first), tables(upgraded)

    assert len(before["timeline_event"]) == 3
    for name, rows in before.items():
        kept = [
            {column: row[column] for column in then if column in row}
            for row, then in zip(after[name], rows, strict=True)
        ]
        assert kept == rows, name


def test_what_a_version_between_kept_is_still_there_too(old):
    old.manage("migrate", "timeline", "0010", "--verbosity", "0")
    old.ask(BETWEEN)
    before = tables(old)

    old.manage("migrate", "--verbosity", "0")

    after = tables(old)
    assert [len(before[f"timeline_{name}"]) for name in ("revision", "check", "report")] == [
        2,
        1,
        1,
    ]
    # Whole rows: none of these tables has changed since. The mark of the edition is another.
    for name in ("revision", "check", "report", "upload", "release", "event", "citation"):
        rows = [
            {column: row[column] for column in then}
            for row, then in zip(after[f"timeline_{name}"], before[f"timeline_{name}"], strict=True)
        ]
        assert rows == before[f"timeline_{name}"]


def test_what_it_exports_is_complete_and_loads_into_a_new_database(new, databases, migrated):
    exported = new.export("export")
    fresh = databases.new(like=migrated)
    fresh.manage("load_seeds", str(new.folder / "export"))

    assert {name for name in exported if name.startswith("events")} == {"events-1930s.yaml"}
    text = exported["events-1930s.yaml"].decode()
    assert [text.count(f"event-{number}\n") for number in (1, 2, 3)] == [1, 1, 1]
    assert digest(fresh.export("again")) == digest(exported)


def test_accounts_and_public_pages_go_on(new):
    ask = """
from django.contrib.auth.models import User
from django.test import Client
print(User.objects.get().check_password("a long pass phrase"))
client = Client()
for path in ["/en/events/event-1/", "/tr/events/event-2/", "/en/events/event-3/"]:
    print(client.get(path).status_code)
"""
    answers = new.having(ALLOWED_HOSTS="testserver").ask(ask).split()
    assert answers == ["True", "200", "410", "404"]


def digest(files):
    return {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
