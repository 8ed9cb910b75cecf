"""Releases: the published data frozen, the same bytes from the same data, and what changed."""

import csv
import datetime
import hashlib
import io
import json
import warnings
import zipfile
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command
from frictionless import Package

from timeline import releases
from timeline.choices import Status
from timeline.dates import PartialDate
from timeline.models import Event, EventLink, Release, StoryStep
from timeline.releases import package
from timeline.releases.rows import rows
from timeline.releases.tables import TABLES
from timeline.tests.factories import (
    ActorFactory,
    AgreementDateFactory,
    AgreementFactory,
    CitationFactory,
    ClaimFactory,
    CoverageStatementFactory,
    DisputeFactory,
    EventFactory,
    PlaceFactory,
    SourceFactory,
    StoryFactory,
    TenureFactory,
)
from timeline.tests.test_exports import HOSTILE

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 11, 24)


@pytest.fixture(autouse=True)
def place(settings, tmp_path):
    """Where the files go: a folder that is not there yet."""
    settings.RELEASES_DIR = tmp_path / "releases"
    return settings.RELEASES_DIR


@pytest.fixture
def data():
    """Something in every table, and a draft beside each kind of record."""
    actor, institution = ActorFactory(slug="kono"), ActorFactory(slug="ministry")
    tenure = TenureFactory(actor=actor, institution=institution, start=PartialDate(1930, 5))
    CitationFactory(tenure=tenure, source__slug="report", note="That he held it.")
    event = EventFactory(
        slug="visit",
        published=True,
        sectors=["diplomacy", "trade"],
        sides=["japan", "turkiye"],
        actors=[actor],
        place=PlaceFactory(slug="ankara", latitude="39.9334", longitude="-32.8597"),
        start=PartialDate(1934, 6),
    )
    EventLink.objects.create(
        event=event, target=EventFactory(slug="later", published=True), relation="leads-to"
    )
    dispute = DisputeFactory(event=event)
    CitationFactory(claim=ClaimFactory(dispute=dispute, preferred=True, start=PartialDate(1934)))
    ClaimFactory(dispute=dispute, start=None, value_en="Never")
    agreement = AgreementFactory(slug="treaty", published=True)
    agreement.sectors.set(event.sectors.all())
    agreement.parties.set([institution])
    CitationFactory(agreement_date=AgreementDateFactory(agreement=agreement))
    event.agreement_links.create(agreement=agreement, relation="signed")
    story = StoryFactory(slug="told", published=True, steps=[[event], [event]])
    CitationFactory(story_step=story.steps.get(position=2), source__slug="memoir")
    CoverageStatementFactory(slug="all")
    EventFactory(slug="gone", status=Status.WITHDRAWN, reason="It never happened.", sides=[])
    EventFactory(slug="double", status=Status.MERGED, merged_into=event, sides=[])
    hidden = EventFactory(slug="draft-event", title_en="Hidden", actors=[actor])
    draft = ActorFactory(slug="draft-actor", status=Status.DRAFT)
    event.participants.create(actor=draft)
    StoryFactory(slug="draft-story", title_en="Hidden", steps=[[event]])
    story.steps.get(position=1).events.add(hidden)
    TenureFactory(actor=actor, institution=draft, title_en="Adviser")
    event.related.create(target=hidden, relation="leads-to")
    CitationFactory(event=event, source=SourceFactory(slug="draft-source", status=Status.DRAFT))
    return event


def table(files, name):
    """The rows of a CSV file of a release."""
    text = files[f"{name}.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def made(number="2026.11", day=DAY):
    release = releases.make(number, day)
    return {one["name"]: releases.file(release, one["name"]).read_bytes() for one in release.files}


# What a release holds


def test_a_release_has_something_in_every_table_here(data):
    found = rows()

    assert sorted(found) == sorted(table.name for table in TABLES)


def test_an_event_is_a_row_that_says_no_more_than_is_known(data):
    files = made()

    (row,) = [row for row in table(files, "events") if row["slug"] == "visit"]
    assert row == {
        "id": str(data.pk),
        "slug": "visit",
        "title_en": data.title_en,
        "title_tr": "",
        "title_ja": "",
        "summary_en": "What happened.",
        "summary_tr": "",
        "summary_ja": "",
        "date": "1934-06",
        "earliest": "1934-06-01",
        "latest": "1934-06-30",
        "precision": "month",
        "approximate": "false",
        "kind": "meeting",
        "importance": "standard",
        "background": "false",
        "place": "ankara",
        "attestation": "both",
        "disputed": "true",
        "added": "2026-11-24",
        "changed": "",
    }


def test_a_story_is_its_steps_with_their_events_and_sources(data):
    files = made()

    (story,) = table(files, "stories")
    assert (story["slug"], story["standfirst_en"]) == ("told", "What it is about.")
    assert table(files, "story_sectors") == [{"story": "told", "sector": "diplomacy"}]
    assert [
        (row["number"], row["anchor"], row["text_en"]) for row in table(files, "story_steps")
    ] == [
        ("1", "part-1", "What part 1 tells."),
        ("2", "part-2", "What part 2 tells."),
    ]
    assert table(files, "step_events") == [
        {"story": "told", "step": "1", "event": "visit"},
        {"story": "told", "step": "2", "event": "visit"},
    ]
    assert [
        (row["step"], row["source"]) for row in table(files, "citations") if row["story"] == "told"
    ] == [("2", "memoir")]


def test_a_step_that_tells_something_else_corrects_its_story(data):
    made()
    StoryStep.objects.filter(story__slug="told", position=2).update(text_en="Told anew.")

    made("2026.12")

    assert Release.objects.first().changes["stories"]["corrected"] == ["told"]


def test_a_release_made_before_there_were_stories_had_none(data):
    made()
    first = Release.objects.get()
    tables = {"stories.csv", "story_sectors.csv", "story_steps.csv", "step_events.csv"}
    first.files = [one for one in first.files if one["name"] not in tables]
    first.save()

    made("2026.12")

    found = Release.objects.first().changes
    assert found["stories"]["added"] == ["told"]
    assert found["events"]["corrected"] == []


def test_drafts_and_all_that_leads_to_them_stay_out(data):
    files = made()

    text = b"".join(files.values()).decode(errors="replace")
    assert "draft-" not in text
    assert "Hidden" not in text
    assert [row["actor"] for row in table(files, "participants")] == ["kono"]
    assert [row["institution"] for row in table(files, "offices")] == ["", "ministry"]
    assert [row["target"] for row in table(files, "event_links")] == ["later"]


def test_the_notes_of_the_curators_stay_out(data):
    Event.objects.update(note="To be looked into.")

    assert b"To be looked into." not in b"".join(made().values())


def test_withdrawn_and_merged_records_are_tombstones_with_their_reason(data):
    stones = [
        {name: row[name] for name in ("kind", "slug", "status", "reason", "merged_into")}
        for row in table(made(), "tombstones")
    ]

    assert stones == [
        {
            "kind": "events",
            "slug": "double",
            "status": "merged",
            "reason": "",
            "merged_into": "visit",
        },
        {
            "kind": "events",
            "slug": "gone",
            "status": "withdrawn",
            "reason": "It never happened.",
            "merged_into": "",
        },
    ]


def test_frictionless_finds_the_package_valid(data, place):
    made()

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the validator’s own dependencies
        report = Package(str(place / "2026.11" / "datapackage.json")).validate()

    assert report.flatten(["rowNumber", "fieldName", "type", "note"]) == []
    assert report.stats["tasks"] == len(TABLES)


def test_frictionless_would_notice_a_broken_reference(data, place):
    made()
    path = place / "2026.11" / "participants.csv"
    path.write_bytes(path.read_bytes() + b"visit,nobody,host\r\n")

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        report = Package(str(place / "2026.11" / "datapackage.json")).validate()

    assert "foreign-key" in {kind for (kind,) in report.flatten(["type"])}


def test_the_citation_file_names_the_release(data):
    said = yaml.safe_load(made()["CITATION.cff"])

    assert (said["cff-version"], said["type"], said["license"]) == (
        "1.2.0",
        "dataset",
        "CC-BY-4.0",
    )
    assert (said["version"], said["date-released"]) == ("2026.11", "2026-11-24")
    assert said["authors"] == [{"name": "Japan–Türkiye timeline contributors"}]


def test_the_codebook_tells_every_column_of_every_table(data):
    text = made()["CODEBOOK.md"].decode()

    for one in TABLES:
        section = text.split(f"## {one.name}.csv\n")[1].split("\n## ")[0]
        names = [line.split("`")[1] for line in section.splitlines() if line.startswith("| `")]
        assert names == [column.name for column in one.columns]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_come_through_and_are_no_formulas(text, place):
    EventFactory(published=True, title_en=text)

    (row,) = table(made(), "events")

    assert row["title_en"].removeprefix("'") == text.strip()
    assert not row["title_en"].lstrip().startswith(("=", "+", "-", "@", "＝"))


# The same bytes


def test_the_same_data_give_the_same_bytes(data, place):
    first = made()
    Release.objects.all().delete()

    second = made()

    assert second == first
    assert [path.name for path in place.iterdir()] == ["2026.11"]


def test_checksums_are_those_of_the_files(data):
    files = made()

    sums = dict(reversed(line.split("  ")) for line in files["SHA256SUMS"].decode().splitlines())
    others = {"SHA256SUMS", package.archive_name("2026.11")}
    assert sums == {
        name: hashlib.sha256(content).hexdigest()
        for name, content in files.items()
        if name not in others
    }
    described = json.loads(files["datapackage.json"])["resources"]
    assert {one["path"]: one["hash"] for one in described} == {
        f"{one.name}.csv": f"sha256:{sums[f'{one.name}.csv']}" for one in TABLES
    }


def test_the_archive_holds_the_same_files(data):
    files = made()

    archive = files.pop(package.archive_name("2026.11"))
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        inside = {Path(name).name: packed.read(name) for name in packed.namelist()}
    assert inside == files
    assert Release.objects.get().checksum == hashlib.sha256(archive).hexdigest()


# What changed


def test_a_release_tells_what_changed_since_the_last(data):
    made()
    Event.objects.filter(slug="later").update(title_en="Corrected", changed=DAY)
    CitationFactory(agreement=data.agreement_links.get().agreement, note="One more.")
    EventFactory(slug="new", published=True, sides=[])
    data.status, data.reason = Status.WITHDRAWN, "Two events in one."
    data.save()

    files = made("2026.11.1")

    changes = Release.objects.first().changes
    assert changes["events"] == {
        "added": ["new"],
        "corrected": ["later"],
        "withdrawn": ["visit"],
        "merged": [],
    }
    assert changes["agreements"]["corrected"] == ["treaty"]
    assert changes["actors"] == {"added": [], "corrected": [], "withdrawn": [], "merged": []}
    text = files["CHANGES.md"].decode()
    assert "## events corrected: 1\n\n- `later`\n" in text
    assert "- `visit`: Two events in one.\n" in text


def test_where_nothing_changed_nothing_is_said_to_have(data):
    made()

    files = made("2026.12")

    assert not any(any(found.values()) for found in Release.objects.first().changes.values())
    assert files["CHANGES.md"].decode().endswith("Since release 2026.11.\n\nNothing.\n")


def test_a_new_column_corrects_no_record(data, place):
    made()
    path = place / "2026.11" / "events.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    without_last = [line.rsplit(",", 1)[0] for line in lines]
    path.write_text("\n".join(without_last), encoding="utf-8-sig")

    made("2026.12")

    assert Release.objects.first().changes["events"]["corrected"] == []


def test_what_changed_cannot_be_told_without_the_files_of_the_last(data, place):
    made()
    (place / "2026.11" / "events.csv").unlink()

    with pytest.raises(releases.Refused, match=r"events\.csv"):
        releases.make("2026.12", DAY)
    assert [release.number for release in Release.objects.all()] == ["2026.11"]


# What is refused


@pytest.mark.parametrize(
    "number",
    [
        *("", "1", "2026", "2026.13", "2026.1", "2026.00", "2026.11.0", "2026.11.1.1"),
        *("v2026.11", "2026.11\n", "../2026.11", "２０２６.11", "2026.11/../x", "2026-11", "-1"),
    ],
)
def test_nonsense_is_no_number(data, number, place):
    with pytest.raises(releases.Refused, match="is no number of a release"):
        releases.make(number, DAY)
    assert not place.exists()


@pytest.mark.parametrize("number", ["2026.11", "2026.10", "2025.12.9", "2026.10.999"])
def test_numbers_go_up_and_none_is_used_twice(data, number):
    before = made()

    with pytest.raises(releases.Refused, match=r"does not come after 2026\.11"):
        releases.make(number, DAY)
    release = Release.objects.get()
    assert before["events.csv"] == releases.file(release, "events.csv").read_bytes()


def test_numbers_are_compared_as_numbers(data):
    made("2026.11.9")

    releases.make("2026.11.10", DAY)

    assert Release.objects.current().number == "2026.11.10"


def test_an_empty_record_is_not_released(place):
    EventFactory()

    with pytest.raises(releases.Refused, match="no published event"):
        releases.make("2026.11", DAY)
    assert not Release.objects.exists()


def test_a_question_left_undecided_holds_the_release_up(data):
    ClaimFactory(dispute=DisputeFactory(event=data))

    with pytest.raises(releases.Refused, match="events"):
        releases.make("2026.11", DAY)


def test_a_draft_in_the_making_does_not_hold_it_up(data):
    ClaimFactory(dispute=DisputeFactory(event=EventFactory()))

    assert releases.make("2026.11", DAY).records == 2


def test_when_the_files_cannot_be_written_there_is_no_release(data, place):
    place.write_text("A file where the folder should be.")

    with pytest.raises(releases.Refused, match="cannot be written"):
        releases.make("2026.11", DAY)
    assert not Release.objects.exists()


def test_what_a_making_cut_short_left_behind_does_not_stand_in_the_way(data, place):
    left = place / "2026.11"
    left.mkdir(parents=True)
    (left / "half.csv").write_text("half")

    made()

    assert not (left / "half.csv").exists()


# The command


def test_the_command_makes_a_release_and_says_what_changed(data, capsys):
    call_command("make_release", "2026.11", notes="The first.")

    said = capsys.readouterr().out
    release = Release.objects.get()
    assert said == f"Release 2026.11: 2 events, sha256 {release.checksum}\n"
    assert release.notes == "The first."

    with pytest.raises(CommandError, match="does not come after"):
        call_command("make_release", "2026.11")


# The pages


def test_the_page_of_the_data_lists_every_release_with_its_files(client, data):
    made()
    made("2026.12")

    page = client.get("/en/data/").content.decode()

    assert page.index("Release 2026.12") < page.index("Release 2026.11")
    for number in ("2026.11", "2026.12"):
        address = f"/releases/{number}/{package.archive_name(number)}"
        assert f'href="{address}"' in page
        response = client.get(address)
        assert response["Content-Type"] == "application/zip"
        content = b"".join(response)
        assert hashlib.sha256(content).hexdigest() == Release.objects.get(number=number).checksum


def test_a_file_of_a_release_is_not_sent_twice(client, data):
    made()
    first = client.get("/releases/2026.11/events.csv")

    again = client.get("/releases/2026.11/events.csv", headers={"if-none-match": first["ETag"]})

    assert (first.status_code, again.status_code) == (200, 304)
    assert first["Content-Type"] == "text/csv; charset=utf-8"
    assert first["Access-Control-Allow-Origin"] == "*"
    first.close()


@pytest.mark.parametrize(
    "address",
    [
        "/releases/2026.10/events.csv",
        "/releases/2026.11/secrets.csv",
        "/releases/2026.11/..%2f2026.11%2fevents.csv",
        "/releases/2026.11/.%2fevents.csv",
        "/releases/../db.sqlite3",
        "/releases/2026.11/",
    ],
)
def test_nothing_but_the_files_of_a_release_is_given_out(client, data, address):
    made()

    assert client.get(address).status_code == 404


@pytest.mark.parametrize("number", [0, 1, 3])
def test_the_page_of_the_data_asks_a_fixed_number_of_questions(
    client, data, number, django_assert_num_queries
):
    for month in range(number):
        made(f"2026.{month + 1:02}")

    with django_assert_num_queries(7):
        client.get("/en/data/")


def test_the_codebook_page_tells_every_table(client):
    page = client.get("/tr/data/codebook/").content.decode()

    for one in TABLES:
        assert f"<code>{one.name}.csv</code>" in page
