"""The pages on which a spreadsheet is imported: for whom, in which steps, and what is kept."""

import datetime
import gc

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from timeline.choices import Action, Status
from timeline.models import Citation, Event, Revision, Source, Upload
from timeline.spreadsheets.cells import MOST_BYTES
from timeline.tests.broken_files import FILES, GOOD, csv, row
from timeline.tests.factories import EventFactory, SourceFactory
from timeline.tests.workbench import account, change_page, form_of

pytestmark = pytest.mark.django_db

PAGE = "/admin/entering/spreadsheets/"
TOO_LARGE = "The file is larger than 10 MB: divide it."


def send(client, content, name="sources.csv", kind="sources"):
    return client.post(PAGE, {"kind": kind, "file": SimpleUploadedFile(name, content)})


def text(response):
    return b"".join(response.streaming_content).decode()


def test_a_file_is_shown_first_and_saved_when_that_is_confirmed(admin_client, admin_user):
    sent = send(admin_client, csv(GOOD, row(slug="b-report")))
    preview = text(admin_client.get(sent["Location"]))
    before = Source.objects.count()

    done = text(admin_client.post(f"{sent['Location']}save/"))

    assert before == 0
    assert "2 / 2 rows checked" in preview
    assert "2 new records" in preview
    assert 'value="Save 2 drafts"' in preview
    assert "2 records were saved as drafts." in done
    assert [(one.slug, one.status) for one in Source.objects.order_by("slug")] == [
        ("a-report", Status.DRAFT),
        ("b-report", Status.DRAFT),
    ]
    assert {source.created_by for source in Source.objects.all()} == {admin_user}
    assert sorted(
        (one.kind, one.number, one.version, one.action, one.by, one.reason, one.entry["slug"])
        for one in Revision.objects.select_related("by")
    ) == sorted(
        ("sources", one.pk, 1, Action.CREATED, admin_user, "Imported from sources.csv.", one.slug)
        for one in Source.objects.all()
    )


def test_confirmed_twice_is_imported_once(admin_client):
    address = send(admin_client, csv())["Location"]

    pages = [text(admin_client.post(f"{address}save/")) for _time in range(2)]
    preview = text(admin_client.get(address))

    assert ["1 record was saved as a draft." in page for page in pages] == [True, True]
    assert "1 record was saved as a draft." in preview
    assert Source.objects.count() == Revision.objects.count() == 1


def test_a_file_with_problems_shows_each_and_cannot_be_saved(admin_client):
    content = csv(row(kind="novel", url="x"), GOOD, row(slug="b", title="<b>", language="English"))
    address = send(admin_client, content)["Location"]

    preview = text(admin_client.get(address))
    saved = text(admin_client.post(f"{address}save/"))
    file = admin_client.get(f"{address}problems.csv").content.decode("utf-8-sig")

    assert "3 problems" in preview
    assert "<td>4</td><td>language</td>" in preview
    assert 'type="submit"' not in preview.partition('id="content-main"')[2]
    assert "Nothing was saved" in saved
    assert [line.split(",")[:2] for line in file.splitlines()] == [
        ["row", "column"],
        ["2", "kind"],
        ["2", "url"],
        ["4", "language"],
    ]
    assert not Source.objects.exists()


def test_what_changed_since_the_preview_is_shown_and_nothing_saved(admin_client):
    address = send(admin_client, csv(GOOD, row(slug="b-report")))["Location"]
    SourceFactory(slug="b-report", title="Another title")

    page = text(admin_client.post(f"{address}save/"))

    assert "Since the preview the records have changed." in page
    assert "says “Another title”" in page
    assert Source.objects.count() == 1
    assert Upload.objects.get().saved is None


def test_a_reader_who_goes_away_stops_the_import(admin_client):
    address = send(admin_client, csv(*(row(slug=f"report-{n}") for n in range(600))))["Location"]
    response = admin_client.post(f"{address}save/")
    sent = iter(response)
    for _part in range(4):
        next(sent)

    # What nobody holds any more is closed, as a server closes it.
    del sent, response
    gc.collect()

    assert not Source.objects.exists()
    assert Upload.objects.get().saved is None
    assert not connection.needs_rollback


@pytest.mark.parametrize("name", FILES)
def test_a_broken_file_is_refused_on_the_page_and_not_kept(admin_client, name):
    file_name, content, message = FILES[name]

    response = send(admin_client, content, file_name)

    assert response.status_code == 400
    assert message in " ".join(response.context["form"].errors["file"])
    assert not Upload.objects.exists()


def test_a_file_of_a_hundred_megabytes_is_refused_without_being_kept(admin_client):
    response = send(admin_client, b"x" * (100 * 1024 * 1024))

    assert response.status_code == 400
    assert response.context["form"].errors == {
        "file": ["The file is larger than 10 MB: divide it."]
    }
    assert not Upload.objects.exists()


def test_a_file_just_too_large_is_refused_too(admin_client):
    response = send(admin_client, b"x" * (MOST_BYTES + 1))

    assert response.context["form"].errors == {
        "file": ["The file is larger than 10 MB: divide it."]
    }


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        ({}, {"kind", "file"}),
        ({"kind": "events"}, {"file"}),
        ({"kind": "secrets", "file": SimpleUploadedFile("x.csv", b"x")}, {"kind"}),
        ({"kind": "sources", "file": "not a file"}, {"file"}),
    ],
)
def test_a_form_that_lacks_something_says_so(admin_client, sent, errors):
    response = admin_client.post(PAGE, sent)

    assert response.status_code == 400
    assert {*response.context["form"].errors} == errors


def test_the_upload_is_protected_against_forged_requests(admin_user, client):
    client.handler.enforce_csrf_checks = True
    client.force_login(admin_user)

    assert send(client, csv()).status_code == 403
    assert not Upload.objects.exists()


def test_a_file_is_seen_by_whoever_sent_it_only(admin_client, client, django_user_model):
    address = send(admin_client, csv())["Location"]
    other = django_user_model.objects.create_superuser("other")
    client.force_login(other)

    pages = [
        client.get(address),
        client.get(f"{address}problems.csv"),
        client.post(f"{address}save/"),
    ]

    assert [page.status_code for page in pages] == [404, 404, 404]
    assert not Source.objects.exists()


def test_nothing_is_read_or_written_without_a_role(client):
    EventFactory(title_en="Secret talks")
    client.force_login(account(None, "clerk"))

    assert send(client, csv()).status_code == 403
    for suffix in ("csv", "xlsx"):
        assert client.get(f"{PAGE}events.{suffix}").status_code == 403
        assert client.get(f"{PAGE}events-template.{suffix}").status_code == 403
    assert not Upload.objects.exists()


@pytest.mark.parametrize("kind", ["events", "actors", "agreements", "sources", "citations"])
def test_whoever_keeps_the_vocabulary_alone_looks_and_brings_nothing_in(client, kind):
    client.force_login(account("administrator"))
    files = {
        "events": b"slug,title_en,date,kind\na,A,1924,visit",
        "actors": b"slug,name_en,kind\na,A,person",
        "agreements": b"slug,title_en,kind\na,A,treaty",
        "sources": csv(),
        "citations": b"event,source\none,memo",
    }

    assert client.get(PAGE).status_code == 200
    assert client.get(f"{PAGE}{kind}.csv").status_code == 200
    assert send(client, files[kind], kind=kind).status_code == 403
    assert not Upload.objects.exists()


def test_a_contributor_owns_the_drafts_of_an_import(client):
    contributor = account("contributor")
    client.force_login(contributor)

    address = send(client, csv())["Location"]
    client.post(f"{address}save/").getvalue()

    source = Source.objects.get()
    assert (source.status, source.created_by) == (Status.DRAFT, contributor)
    assert client.post(change_page(source), form_of(client, change_page(source), title="Mended"))
    assert Source.objects.get().title == "Mended"


def test_citations_are_added_to_drafts_that_one_may_change(client):
    contributor, editor = account("contributor"), account("editor")
    SourceFactory(slug="memo")
    event = EventFactory(slug="one", sides=[], created_by=editor)
    client.force_login(contributor)
    content = b"event,source\none,memo"

    address = send(client, content, kind="citations")["Location"]
    refused = text(client.get(address))
    Event.objects.update(created_by=contributor)
    accepted = text(client.post(f"{address}save/"))

    assert "is not yours to change" in refused
    assert "1 record was saved as a draft." in accepted
    assert Citation.objects.count() == 1
    assert [
        (one.version, one.action, one.by, one.reason, len(one.entry.get("citations", [])))
        for one in Revision.objects.of("events", event.pk).order_by("version")
    ] == [
        (1, Action.FOUND, None, "", 0),
        (2, Action.CHANGED, contributor, "Imported from sources.csv.", 1),
    ]
    assert Event.objects.get().version == 2


def test_a_form_opened_before_citations_were_imported_is_stopped(client):
    client.force_login(account("editor"))
    SourceFactory(slug="memo")
    event = EventFactory(slug="one", sides=[])
    form = form_of(client, change_page(event), title_en="Talks")

    address = send(client, b"event,source\none,memo", kind="citations")["Location"]
    client.post(f"{address}save/").getvalue()

    assert client.post(change_page(event), form | {"_save": "Save"}).status_code == 409
    assert Citation.objects.count() == 1


@pytest.mark.parametrize("kind", ["events", "actors", "agreements", "sources", "citations"])
@pytest.mark.parametrize(("suffix", "start"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK\x03\x04")])
def test_templates_and_exports_are_files(admin_client, kind, suffix, start):
    for name in (f"{kind}.{suffix}", f"{kind}-template.{suffix}"):
        response = admin_client.get(PAGE + name)

        assert response["Content-Disposition"] == f'attachment; filename="{name}"'
        assert response.content.startswith(start)


@pytest.mark.parametrize(
    "name", ["secrets.csv", "events.pdf", "events-template.html", "9" * 30 + "/"]
)
def test_an_address_of_nothing_is_not_found(admin_client, name):
    assert admin_client.get(PAGE + name).status_code == 404


def test_files_of_yesterday_are_thrown_away(admin_client):
    send(admin_client, csv())
    Upload.objects.update(created=timezone.now() - datetime.timedelta(days=2))

    send(admin_client, csv())

    assert Upload.objects.count() == 1


def test_lists_lead_to_the_spreadsheets(admin_client):
    for model in ("event", "actor", "agreement", "source"):
        page = admin_client.get(reverse(f"admin:timeline_{model}_changelist")).content.decode()
        assert f'href="{PAGE}"' in page, model


@pytest.mark.slow
def test_five_thousand_rows_are_previewed_and_saved(admin_client):
    rows = "\n".join(f"e-{n},Event number {n},1934-06,visit" for n in range(5000))
    sent = send(admin_client, f"slug,title_en,date,kind\n{rows}".encode(), "e.csv", "events")

    preview = text(admin_client.get(sent["Location"]))
    done = text(admin_client.post(f"{sent['Location']}save/"))

    assert preview.count("<progress") == 21
    assert "5000 new records" in preview
    assert done.count("<progress") == 60
    assert "5000 records were saved as drafts." in done
    assert Event.objects.matching("number 4999").count() == 1
    assert Event.objects.count() == Revision.objects.count() == 5000
