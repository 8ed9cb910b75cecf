"""That a record was compared with its sources is noted, shown, and ends when the record changes."""

import datetime
import hashlib
import re

import pytest
from django.core.exceptions import ValidationError

from timeline import checks, curation, merging, seeding
from timeline.admin.checking import TICKED
from timeline.dates import PartialDate
from timeline.models import Check, Event, EventLink, EventSector, Participation, Revision
from timeline.seeding.dumping import entries
from timeline.seeding.loading import digest
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
from timeline.tests.workbench import account, address, change_page, form_of

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
    ticked = {"_check": "x", TICKED: [source.pk for source in sources]}
    data = form_of(client, change_page(event)) | ticked
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


def test_a_check_that_changes_nothing_needs_no_reason(admin_client, event):
    before = Event.objects.get().version

    check_in_form(admin_client, event, *sources_of(event), change_reason="")

    assert Check.objects.get().is_current
    assert Event.objects.get().version == before


@pytest.mark.parametrize("change", [{"title_en": "Other words"}, {"citations-0-locator": "p. 9"}])
def test_a_check_with_a_change_says_why_as_any_change_does(admin_client, event, change):
    response = check_in_form(admin_client, event, *sources_of(event), change_reason="", **change)

    assert response.status_code == 200
    assert event.title_en == Event.objects.get().title_en
    assert not event.citations.filter(locator="p. 9").exists()
    assert not Check.objects.exists()


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


def test_a_contributor_checks_nothing_not_even_drafts_of_their_own(client):
    contributor = account("contributor")
    event = EventFactory(created_by=contributor)
    client.force_login(contributor)

    form = client.get(change_page(event)).content.decode()
    refused = check_in_form(client, event, *sources_of(event))
    client.post(
        address(Event, "changelist"),
        {"action": "compared_with_all", "_selected_action": [event.pk]},
    )

    assert 'name="title_en"' in form
    assert 'name="_check"' not in form
    assert refused.status_code == 403
    assert not Check.objects.exists()


@pytest.mark.parametrize(
    ("change", "holds"),
    [
        ({"summary_en": "Other words."}, False),
        ({"citations-0-locator": "p. 12"}, False),
        ({"summary_tr": "Ne oldu."}, True),
        ({}, True),
    ],
)
def test_a_change_in_the_form_of_a_record_ends_its_check(admin_client, event, change, holds):
    check = checked(event)

    response = admin_client.post(
        change_page(event), form_of(admin_client, change_page(event), **change)
    )

    check.refresh_from_db()
    assert (response.status_code, check.is_current) == (302, holds)


def test_a_change_in_the_form_of_a_part_ends_the_check_of_its_record(admin_client):
    agreement = AgreementFactory(published=True)
    CitationFactory(agreement=agreement)
    date = AgreementDateFactory(agreement=agreement)
    check = checked(agreement)
    page = change_page(date)
    data = form_of(admin_client, page, date="1930-10")

    assert admin_client.post(page, data).status_code == 302

    check.refresh_from_db()
    assert not check.is_current


def test_a_part_taken_out_of_the_form_ends_the_check_of_its_record(admin_client):
    agreement = AgreementDateFactory(kind="signed").agreement
    AgreementDateFactory(agreement=agreement, kind="ratified")
    checks.note(agreement, [SourceFactory()])
    page = change_page(agreement)

    admin_client.post(page, form_of(admin_client, page, **{"dates-0-DELETE": "on"}))

    assert agreement.dates.count() == 1
    assert not Check.objects.get().is_current


def test_a_version_brought_back_makes_its_check_hold_again(admin_client, admin_user, event):
    check, page = checked(event), change_page(event)
    admin_client.post(page, form_of(admin_client, page, title_en="Other words"))
    check.refresh_from_db()
    held_meanwhile = check.is_current

    curation.revert(event, Revision.objects.get(version=1), by=admin_user, reason="As it was.")

    check.refresh_from_db()
    assert (held_meanwhile, check.is_current) == (False, True)
    assert list(check.sources.all()) == sources_of(event)


def test_a_merger_ends_the_check_of_both_and_its_undoing_brings_them_back():
    gone, stays = EventFactory(published=True), EventFactory(published=True, title_en="Other")
    noted = [checks.note(one, [SourceFactory(published=True)]) for one in (gone, stays)]

    merger = merging.merge(gone, stays, reason="One meeting.")
    merged = list(Check.objects.order_by("pk").values_list("is_current", flat=True))
    merging.undo(merger, reason="Two meetings.")

    assert list(Check.objects.order_by("pk")) == noted
    assert merged == [False, False]
    assert list(Check.objects.order_by("pk").values_list("is_current", flat=True)) == [True, True]


def test_a_draft_that_is_deleted_ends_the_check_of_an_event_that_named_it(admin_client):
    event, draft = EventFactory(published=True), EventFactory()
    EventLink.objects.create(event=event, target=draft, relation="leads-to")
    check = checked(event)

    admin_client.post(address(Event, "delete", draft.pk), {"post": "yes"})

    check.refresh_from_db()
    assert not check.is_current


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


def test_checks_come_back_from_the_data_files_as_they_were(event, django_user_model, tmp_path):
    curator = django_user_model.objects.create_user("curator")
    kept = checks.note(event, sources_of(event), by=curator)
    seeding.dump(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    assert seeding.load(tmp_path).changed == []
    Check.objects.all().delete()
    assert seeding.load(tmp_path, overwrite=True).changed == ["events/talks"]
    seeding.dump(tmp_path)

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    again = Check.objects.get()
    assert (again.on, again.facts, again.is_current) == (kept.on, kept.facts, True)
    assert set(again.sources.all()) == set(sources_of(event))


def test_a_fact_changed_in_the_data_files_ends_the_check_and_keeps_its_name(
    event, django_user_model, tmp_path
):
    curator = django_user_model.objects.create_user("curator")
    checks.note(event, sources_of(event), by=curator)
    seeding.dump(tmp_path)
    (file,) = tmp_path.glob("events-1930s.yaml")

    file.write_text(file.read_text().replace("What happened.", "What happened, corrected."))
    seeding.load(tmp_path)

    check = Check.objects.get()
    assert (check.is_current, check.by) == (False, curator)
    assert checks.out_of_step() == []


def test_a_check_taken_out_of_the_data_files_is_gone(event, tmp_path):
    checks.note(event, sources_of(event))
    seeding.dump(tmp_path)
    (file,) = tmp_path.glob("events-1930s.yaml")
    text = file.read_text()
    file.write_text(text[: text.index("  checks:")])

    seeding.load(tmp_path)

    assert not Check.objects.exists()


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("{on: 2026-11-24, sources: []}", "checks.0.sources"),
        ("{on: 2026-11, sources: [%s]}", "checks.0.on"),
        ("{on: 2026-11-24, sources: [nowhere]}", "there is no “nowhere” among the sources."),
        ("{on: 2026-11-24, sources: [%s], facts: x}", "checks.0.facts"),
        ("{on: 2026-11-24, sources: [%s], by: somebody}", "checks.0.by"),
    ],
)
def test_a_check_that_cannot_be_read_is_named(event, tmp_path, said, message):
    seeding.dump(tmp_path)
    (file,) = tmp_path.glob("events-1930s.yaml")
    said = said.replace("%s", sources_of(event)[0].slug)
    file.write_text(f"{file.read_text()}  checks: [{said}]\n")

    with pytest.raises(seeding.SeedErrors) as refused:
        seeding.load(tmp_path)

    assert any(message in error for error in refused.value.errors)
    assert not Check.objects.exists()


def test_a_check_that_names_no_facts_is_of_those_beside_it(event, tmp_path):
    seeding.dump(tmp_path)
    (file,) = tmp_path.glob("events-1930s.yaml")
    source = sources_of(event)[0].slug
    file.write_text(f"{file.read_text()}  checks: [{{on: 2026-11-24, sources: [{source}]}}]\n")

    seeding.load(tmp_path)

    assert Check.objects.get().is_current


def test_records_without_checks_keep_the_marks_they_had_before_there_were_checks(event):
    """Else every record loaded by an earlier version would look like one that staff changed."""
    (entry,) = entries("events", ["talks"]).values()
    said = entry.model_dump_json(exclude={"added", "changed", "checks"})

    assert digest(entry) == hashlib.sha256(said.encode()).hexdigest()


def test_out_of_step_names_the_checks_that_no_longer_say_the_truth(event):
    other = EventFactory(published=True)
    changed, _fine = checked(event), checked(other)
    assert checks.out_of_step() == []

    Event.objects.filter(pk=event.pk).update(title_en="Other words")

    assert checks.out_of_step() == [changed]
