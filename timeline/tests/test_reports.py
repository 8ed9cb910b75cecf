"""A reader reports an error without an account, and sees what became of it."""

import datetime
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import RequestFactory
from django.urls import reverse

from timeline import reports
from timeline.models import Report, ReportTally
from timeline.tests.factories import (
    ActorFactory,
    AgreementFactory,
    EventFactory,
    ReportFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db

RECORDS = {
    "events": lambda **columns: EventFactory(**columns),
    "actors": lambda **columns: ActorFactory(**columns),
    "agreements": lambda **columns: AgreementFactory(**columns),
    "sources": lambda **columns: SourceFactory(**columns),
}


@pytest.fixture
def event():
    return EventFactory(published=True, slug="talks", title_en="Talks in Ankara")


def send(client, record="events/talks", **said):
    page = f"/en/report/{record}/"
    form = re.search(r'name="form" value="([^"]*)"', client.get(page).content.decode())
    data = {"text": "The day is wrong.", "form": form and form[1]}
    return client.post(page, {k: v for k, v in (data | said).items() if v is not None})


@pytest.mark.parametrize("kind", RECORDS)
def test_every_record_leads_to_its_form_and_a_report_of_it_is_taken_down(client, kind):
    record = RECORDS[kind](status="published", slug="it")
    page = client.get(f"/en/{kind}/it/").content.decode()
    assert f'<a href="/en/report/{kind}/it/" rel="nofollow">Report an error</a>' in page

    response = send(client, f"{kind}/it", text="It was another day.", evidence="A book, p. 3")

    report = Report.objects.get()
    assert (report.record, report.text, report.evidence, report.state, report.language) == (
        record,
        "It was another day.",
        "A book, p. 3",
        "received",
        "en",
    )
    assert response.status_code == 302
    assert response.url == f"/en/reports/{report.case}/"


@pytest.mark.parametrize("status", ["draft", "in-review", "withdrawn", "merged"])
@pytest.mark.parametrize("kind", RECORDS)
def test_what_is_not_public_has_no_form(client, kind, status):
    columns = {"status": status, "slug": "hidden"}
    if status == "withdrawn":
        columns["reason"] = "A double."
    if status == "merged":
        columns["merged_into"] = RECORDS[kind](status="published")
    RECORDS[kind](**columns)
    page = f"/en/report/{kind}/hidden/"

    signed = reports.new_form()
    answers = [client.get(page), client.post(page, {"text": "Wrong, I say.", "form": signed})]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert not Report.objects.exists()


@pytest.mark.parametrize("path", ["places/ankara", "events/nowhere", "admin/x"])
def test_what_is_no_record_has_no_form(client, path):
    assert client.get(f"/en/report/{path}/").status_code == 404


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"text": ""}, "This field is required."),
        ({"text": None}, "This field is required."),
        ({"text": "   \n "}, "This field is required."),
        ({"text": "wrong"}, "Ensure this value has at least 10 characters"),
        ({"text": "x" * 2001}, "Ensure this value has at most 2000 characters"),
        ({"text": "wrong \x00 in it"}, "Null characters are not allowed."),
        ({"evidence": "x" * 401}, "Ensure this value has at most 400 characters"),
        ({"website": "https://spam.example/"}, "This field must stay empty."),
        ({"form": None}, "This field is required."),
        ({"form": "forged"}, "Please send the form once more."),
        ({"form": "x" * 1000}, "Ensure this value has at most 200 characters"),
    ],
)
def test_what_cannot_be_taken_down_is_named_and_what_was_typed_stays(client, event, said, message):
    response = send(client, **({"evidence": "A title"} | said))

    page = response.content.decode()
    assert response.status_code == 400
    assert message in page
    assert "Nothing was sent yet" in page
    if "evidence" not in said:
        assert 'value="A title"' in page
    assert not Report.objects.exists()
    assert not ReportTally.objects.exists()


def test_a_form_that_is_old_comes_back_as_a_new_one(client, event):
    page = send(client, form="forged").content.decode()

    fresh = re.search(r'name="form" value="([^"]*)"', page)[1]
    assert "The day is wrong." in page
    assert send(client, form=fresh).status_code == 302


def test_a_form_sent_twice_is_one_report(client, event):
    form = reports.new_form()

    first, second = send(client, form=form), send(client, form=form)

    assert first.url == second.url
    assert Report.objects.count() == 1


def test_the_form_needs_no_cookie_and_sets_none(client, event):
    page = client.get("/en/report/events/talks/")

    assert page.cookies == {}
    assert page["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert '<meta name="robots" content="noindex">' in page.content.decode()


def test_what_a_reader_writes_is_text(client, admin_client, event):
    send(client, text="<script>alert(1)</script> is what it says.")
    report = Report.objects.get()

    page = admin_client.get(reverse("admin:timeline_report_change", args=[report.pk]))

    assert "<script>alert(1)" not in page.content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; is what it says." in page.content.decode()


# Too many


def test_one_sender_is_heard_so_often_a_day(client, event, monkeypatch):
    monkeypatch.setattr(reports, "A_DAY_FROM_ONE_SENDER", 2)

    codes = [send(client).status_code for _each in range(3)]
    refused = send(client, text="One more of them.")

    assert codes == [302, 302, 429]
    assert "One more of them." in refused.content.decode()
    assert "Nothing was sent; please keep your text" in refused.content.decode()
    assert Report.objects.count() == 2
    client.defaults["REMOTE_ADDR"] = "192.0.2.7"
    assert send(client).status_code == 302


def test_all_senders_together_are_heard_so_often_a_day(client, event, monkeypatch):
    monkeypatch.setattr(reports, "A_DAY_IN_ALL", 2)
    codes = []
    for number in range(3):
        client.defaults["REMOTE_ADDR"] = f"192.0.2.{number}"
        codes.append(send(client).status_code)

    assert codes == [302, 302, 429]


def test_the_next_day_counts_anew_and_forgets(client, event, monkeypatch):
    monkeypatch.setattr(reports, "A_DAY_FROM_ONE_SENDER", 1)
    monkeypatch.setattr(reports, "today", lambda: datetime.date(2026, 11, 24))
    assert [send(client).status_code for _each in range(2)] == [302, 429]

    monkeypatch.setattr(reports, "today", lambda: datetime.date(2026, 11, 25))
    assert send(client).status_code == 302

    assert set(ReportTally.objects.values_list("day", flat=True)) == {datetime.date(2026, 11, 25)}


def test_no_address_is_written_down(client, event):
    client.defaults["REMOTE_ADDR"] = "192.0.2.77"
    send(client)

    with connection.cursor() as cursor:
        for table in ("timeline_report", "timeline_reporttally"):
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608
            assert "192.0.2.77" not in str(cursor.fetchall())
    day = datetime.date(2026, 11, 24)
    names = {reports.hashed("192.0.2.77", day), reports.hashed("192.0.2.78", day)}
    assert len(names | {reports.hashed("192.0.2.77", datetime.date(2026, 11, 25))}) == 3


@pytest.mark.parametrize(
    ("trusted", "headers", "sender"),
    [
        (False, {}, "192.0.2.1"),
        (False, {"X-Forwarded-For": "198.51.100.9"}, "192.0.2.1"),
        (True, {"X-Forwarded-For": "198.51.100.9"}, "198.51.100.9"),
        (True, {"X-Forwarded-For": "6.6.6.6, 198.51.100.9"}, "198.51.100.9"),
        (True, {"X-Forwarded-For": "2001:db8:1:2:3::4"}, "2001:db8:1:2::/64"),
        (True, {"X-Forwarded-For": ""}, "192.0.2.1"),
        (True, {}, "192.0.2.1"),
        (True, {"X-Forwarded-For": "unknown"}, "unknown"),
    ],
)
def test_where_a_report_comes_from(settings, trusted, headers, sender):
    settings.TRUST_PROXY = trusted
    request = RequestFactory().post("/", REMOTE_ADDR="192.0.2.1", headers=headers)

    assert reports.sender_of(request) == sender


# What became of it


@pytest.mark.parametrize(
    ("language", "state", "words"),
    [
        ("en", "received", "received"),
        ("en", "looked-at", "being looked at"),
        ("en", "corrected", "corrected"),
        ("en", "declined", "not changed"),
    ],
)
def test_the_page_of_a_report_tells_its_state(client, event, language, state, words):
    is_closed = state in ("corrected", "declined")
    report = ReportFactory(
        event=event,
        text="My name is in here.",
        state=state,
        answer_en="The ministry’s record gives the sixth.",
        closed=datetime.date(2026, 11, 24) if is_closed else None,
    )

    response = client.get(f"/{language}/reports/{report.case}/")

    page = response.content.decode()
    assert response.status_code == 200
    assert f'<dd class="facts__value">{words}' in page
    assert ("The ministry’s record gives the sixth." in page) == is_closed
    assert '<a href="/en/events/talks/">Talks in Ankara</a>' in page
    assert "My name is in here." not in page
    assert '<meta name="robots" content="noindex">' in page
    assert (f'<a href="/{language}/changes/">' in page.partition("</dl>")[0]) == (
        state == "corrected"
    )
    # No cache keeps it, ours neither: a new state shows at once.
    assert "no-store" in response["Cache-Control"]


def test_the_answer_is_in_the_language_of_the_page_or_marked(client, event):
    report = ReportFactory(
        event=event,
        state="declined",
        answer_en="It is right.",
        answer_tr="Doğrudur.",
        closed=datetime.date(2026, 11, 24),
    )

    pages = {
        code: client.get(f"/{code}/reports/{report.case}/").content.decode()
        for code in ("tr", "ja")
    }

    assert "Doğrudur." in pages["tr"]
    assert '<span lang="en">It is right.</span>' in pages["ja"]


def test_a_record_withdrawn_since_is_not_named(client):
    event = EventFactory(status="withdrawn", reason="A hoax.", title_en="Hidden talks")
    report = ReportFactory(event=event)

    page = client.get(f"/en/reports/{report.case}/").content.decode()

    assert "Hidden talks" not in page


def test_a_number_is_found_however_it_was_copied(client, event):
    ReportFactory(event=event, number="ABCDE01234")

    for written in ("ABCDE-01234", "abcde-01234", "abcde01234", "ABCDE-O1234", "ABCDE-OI234"):
        assert client.get(f"/en/reports/{written}/").status_code == 200, written
    for other in ("ABCDE-01235", "ABCDE", "ABCDE-012345", "%00BCDE-01234"):
        assert client.get(f"/en/reports/{other}/").status_code == 404, other


def test_numbers_are_not_to_be_guessed():
    numbers = {ReportFactory._meta.model._meta.get_field("number").default() for _n in range(200)}

    assert len(numbers) == 200
    assert all(re.fullmatch("[0-9A-HJKMNP-TV-Z]{10}", number) for number in numbers)


def answer(client, report, **said):
    page = reverse("admin:timeline_report_change", args=[report.pk])
    data = {"state": report.state, "answer_en": "", "answer_tr": "", "answer_ja": ""}
    return client.post(page, data | said)


def test_a_report_is_answered_in_the_admin(admin_client, event):
    report = ReportFactory(event=event)

    refused = answer(admin_client, report, state="declined")
    answer(admin_client, report, state="declined", answer_en="It is right.")

    report.refresh_from_db()
    assert "Say in the answer why nothing was changed." in refused.content.decode()
    assert (report.state, report.answer_en, report.is_closed) == ("declined", "It is right.", True)
    assert report.closed is not None

    answer(admin_client, report, state="looked-at", answer_en="It is right.")
    report.refresh_from_db()
    assert (report.state, report.closed) == ("looked-at", None)


def test_what_a_reader_wrote_is_not_edited(admin_client, event):
    report = ReportFactory(event=event)

    answer(admin_client, report, text="Other words, quite.", number="AAAAAAAAAA", state="looked-at")

    after = Report.objects.get()
    assert (after.text, after.number, after.state) == (report.text, report.number, "looked-at")


def test_the_database_refuses_what_must_not_be(event):
    for columns in (
        {"state": "declined", "closed": datetime.date(2026, 11, 24)},
        {"state": "corrected"},
        {"closed": datetime.date(2026, 11, 24)},
        {"state": "nonsense"},
        {"event": None},
        {"source": SourceFactory()},
    ):
        with pytest.raises((IntegrityError, ValidationError)), transaction.atomic():
            ReportFactory(**({"event": event} | columns))
