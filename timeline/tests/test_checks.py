"""That a record was compared with its sources is noted, shown, and ends when the record changes."""

import datetime
import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from timeline import checks
from timeline.admin.checking import TICKED
from timeline.dates import PartialDate
from timeline.models import Check, Event, EventSector, Participation
from timeline.seeding.dumping import entries
from timeline.tests.factories import (
    ActorFactory,
    AgreementDateFactory,
    AgreementFactory,
    CitationFactory,
    ClaimFactory,
    DisputeFactory,
    EventFactory,
    SectorFactory,
    SourceFactory,
    TenureFactory,
)
from timeline.tests.test_admin import address, form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return EventFactory(published=True, slug="talks", sides=["japan", "turkiye"])


def sources_of(record):
    return [citation.source for citation in record.citations.all()]


def checked(record, **columns):
    check = checks.note(record, sources_of(record))
    Check.objects.filter(pk=check.pk).update(**columns)
    return check


CHANGES = {
    "the title": lambda event: {"title_en": "Other words"},
    "the summary": lambda event: {"summary_en": "Other words."},
    "the date": lambda event: {"start": PartialDate(1935)},
    "about": lambda event: {"approximate": True},
    "the kind": lambda event: {"kind": "visit"},
}
NO_CHANGES = {
    "a translation": lambda event: {"title_tr": "Görüşme"},
    "its review": lambda event: {"tr_of": "12345678", "tr_reviewed": True},
    "the note": lambda event: {"note": "A doubt."},
    "the importance": lambda event: {"importance": "landmark"},
    "the day of correction": lambda event: {"changed": datetime.date(2026, 12, 1)},
    "nothing": lambda event: {"title_en": event.title_en},
}


@pytest.mark.parametrize(
    ("change", "holds"),
    [
        *(pytest.param(one, False, id=name) for name, one in CHANGES.items()),
        *(pytest.param(one, True, id=name) for name, one in NO_CHANGES.items()),
    ],
)
def test_a_check_holds_until_what_was_compared_changes(event, change, holds):
    check = checked(event)

    Event.objects.filter(pk=event.pk).update(**change(event))
    behind = checks.refresh(Event, ["talks"])

    check.refresh_from_db()
    assert (check.is_current, behind) == (holds, 0 if holds else 1)


def test_a_check_holds_again_when_a_change_is_taken_back(event):
    check = checked(event)
    for title, holds in [("Other words", False), (event.title_en, True)]:
        Event.objects.filter(pk=event.pk).update(title_en=title)
        checks.refresh(Event, ["talks"])
        check.refresh_from_db()
        assert check.is_current is holds


@pytest.mark.parametrize(
    "add",
    [
        lambda event: CitationFactory(event=event),
        lambda event: Participation.objects.create(event=event, actor=ActorFactory()),
        lambda event: EventSector.objects.create(
            event=event, sector=SectorFactory(slug="trade"), rank=2
        ),
        lambda event: event.citations.first().delete(),
    ],
)
def test_what_hangs_on_a_record_counts_as_well(event, add):
    check = checked(event)

    add(event)
    checks.refresh(Event, ["talks"])

    check.refresh_from_db()
    assert not check.is_current


def test_an_unfinished_record_is_not_what_was_checked(event):
    other = EventFactory(published=True, slug="other")
    check, others = checked(event), checked(other)

    DisputeFactory(event=event)  # without its claims yet
    checks.refresh(Event, ["talks", "other"])

    assert list(Check.objects.filter(is_current=False)) == [check]
    assert list(Check.objects.filter(is_current=True)) == [others]
    with pytest.raises(ValidationError, match="is unfinished and cannot be checked"):
        checks.note(event, sources_of(event))


def test_a_check_names_its_sources(event):
    with pytest.raises(ValidationError, match="say with which sources"):
        checks.note(event, [])

    assert not Check.objects.exists()


@pytest.mark.parametrize(
    ("path", "make"),
    [
        ("events", lambda: EventFactory(published=True)),
        (
            "agreements",
            lambda: CitationFactory(agreement=AgreementFactory(published=True)).agreement,
        ),
        ("actors", lambda: CitationFactory(tenure=TenureFactory()).tenure.actor),
    ],
)
def test_a_page_says_when_its_record_was_checked_and_by_nobody(
    client, django_user_model, path, make
):
    record = make()
    curator = django_user_model.objects.create_user("a-curator")

    def row():
        page = " ".join(client.get(f"/en/{path}/{record.slug}/").content.decode().split())
        assert "a-curator" not in page
        found = re.search(r"Checked</dt> <dd[^>]*>(.*?)</dd>", page)
        return found and re.sub("<[^>]*>", "", found[1])

    assert row() is None

    check = checks.note(record, [SourceFactory()], by=curator)
    Check.objects.filter(pk=check.pk).update(on=datetime.date(2026, 11, 24))
    assert row() == "24 November 2026, against its sources"

    Check.objects.update(is_current=False)
    assert row() == "24 November 2026, against its sources; the record has changed since"


def test_the_last_check_counts(client, event):
    checked(event, on=datetime.date(2026, 1, 1), is_current=False)
    checked(event, on=datetime.date(2026, 6, 1))

    assert list(Event.objects.with_check().values_list("checked_on", "check_is_current")) == [
        (datetime.date(2026, 6, 1), True)
    ]


# In the admin


def check_in_form(client, event, *sources, **change):
    data = form_of(client, event) | {"_check": "x", TICKED: [source.pk for source in sources]}
    return client.post(address(Event, "change", event.pk), data | change, follow=True)


def test_a_record_is_checked_in_one_step_from_its_form(admin_client, admin_user, event):
    first, second = sources_of(event)
    other = SourceFactory()

    page = check_in_form(admin_client, event, second, other).content.decode()

    check = Check.objects.get()
    assert "1 record noted as checked." in page
    assert (check.by, list(check.sources.all()), check.is_current) == (admin_user, [second], True)
    assert first not in check.sources.all()


def test_what_was_typed_is_saved_and_is_what_was_checked(admin_client, event):
    check_in_form(admin_client, event, *sources_of(event), title_en="Corrected words")

    assert Event.objects.get().title_en == "Corrected words"
    assert Check.objects.get().is_current


def test_a_form_without_a_tick_notes_no_check_and_loses_nothing(admin_client, event):
    page = check_in_form(admin_client, event, title_en="Corrected words").content.decode()

    assert "say with which sources." in page
    assert Event.objects.get().title_en == "Corrected words"
    assert not Check.objects.exists()


def test_a_form_that_is_refused_notes_no_check(admin_client, event):
    check_in_form(admin_client, event, *sources_of(event), title_en="")

    assert not Check.objects.exists()


def test_records_are_checked_in_one_step_from_their_list(admin_client, event):
    bare = EventFactory(slug="bare", sides=[])

    page = admin_client.post(
        address(Event, "changelist"),
        {"action": "compared_with_all", "_selected_action": [event.pk, bare.pk]},
        follow=True,
    ).content.decode()

    check = Check.objects.get()
    assert "1 record noted as checked." in page
    assert "say with which sources." in page
    assert (check.event, set(check.sources.all())) == (event, set(sources_of(event)))


def test_who_may_not_check_cannot(client, django_user_model, event):
    curator = django_user_model.objects.create_user("curator", is_staff=True)
    may = django_user_model.user_permissions.field.related_model.objects
    curator.user_permissions.set(
        may.filter(content_type__app_label="timeline").exclude(codename="add_check")
    )
    client.force_login(curator)

    form = client.get(address(Event, "change", event.pk)).content.decode()
    refused = check_in_form(client, event, *sources_of(event))
    client.post(
        address(Event, "changelist"),
        {"action": "compared_with_all", "_selected_action": [event.pk]},
    )

    assert 'name="_check"' not in form
    assert refused.status_code == 403
    assert not Check.objects.exists()


def test_a_change_in_the_form_of_a_part_ends_the_check_of_its_record(admin_client):
    agreement = AgreementFactory(published=True)
    CitationFactory(agreement=agreement)
    date = AgreementDateFactory(agreement=agreement)
    check = checked(agreement)
    page = reverse("admin:timeline_agreementdate_change", args=[date.pk])
    data = {
        "agreement": agreement.pk,
        "kind": "signed",
        "date": "1930-10",
        "citations-TOTAL_FORMS": 0,
        "citations-INITIAL_FORMS": 0,
    }

    assert admin_client.post(page, data).status_code == 302

    check.refresh_from_db()
    assert not check.is_current


def test_a_part_deleted_in_the_admin_ends_the_check_of_its_record(admin_client):
    dates = [
        AgreementDateFactory(agreement=AgreementFactory(), kind=k) for k in ("signed", "ratified")
    ]
    noted = [checks.note(date.agreement, [SourceFactory()]) for date in dates]

    admin_client.post(
        reverse("admin:timeline_agreementdate_delete", args=[dates[0].pk]), {"post": "yes"}
    )
    admin_client.post(
        reverse("admin:timeline_agreementdate_changelist"),
        {"action": "delete_selected", "_selected_action": [dates[1].pk], "post": "yes"},
    )

    assert list(Check.objects.filter(is_current=False).order_by("pk")) == noted


@pytest.mark.parametrize("path", ["events", "agreements", "actors"])
def test_the_form_numbers_the_sources_as_the_page_does(client, admin_client, path):
    """“Compared with 1 and 3” means the same on both."""
    first, second, third = (SourceFactory(title=title) for title in ("One", "Two", "Three"))
    if path == "events":
        record = EventFactory(published=True, sides=[])
        CitationFactory(event=record, source=second, part="place")
        CitationFactory(event=record, source=first, part="date")
        dispute = DisputeFactory(event=record)
        CitationFactory(claim=ClaimFactory(dispute=dispute, preferred=True), source=third)
    elif path == "agreements":
        record = AgreementFactory(published=True)
        CitationFactory(agreement=record, source=third, part="summary")
        CitationFactory(agreement=record, source=first, part="title")
        CitationFactory(agreement_date=AgreementDateFactory(agreement=record), source=second)
    else:
        record = ActorFactory()
        for source, year in [(second, 1930), (first, 1920), (third, 1940)]:
            tenure = TenureFactory(actor=record, start=PartialDate(year))
            CitationFactory(tenure=tenure, source=source)

    page = client.get(f"/en/{path}/{record.slug}/")
    form = admin_client.get(address(type(record), "change", record.pk)).content.decode()

    shown = [(note.number, note.source.title) for note in page.context["notes"]]
    assert shown == [(1, "One"), (2, "Two"), (3, "Three")]
    assert re.findall(r'value="\d+"> (\d)\. (\w+)', form) == [(str(n), t) for n, t in shown]


# In the data files


def test_checks_travel_in_the_data_files_without_a_name(event, django_user_model):
    checks.note(event, sources_of(event), by=django_user_model.objects.create_user("somebody"))

    entry = entries("events", ["talks"])["talks"]

    assert "somebody" not in entry.model_dump_json()
    (check,) = entry.checks
    assert check.facts == entry.facts
    assert check.sources == sorted(source.slug for source in sources_of(event))


def test_out_of_step_names_the_checks_that_no_longer_say_the_truth(event):
    other = EventFactory(published=True)
    changed, fine = checked(event), checked(other)
    assert checks.out_of_step() == []

    Event.objects.filter(pk=event.pk).update(title_en="Other words")

    assert checks.out_of_step() == [changed]
    assert fine not in checks.out_of_step()
