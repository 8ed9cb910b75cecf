"""Who may do what: every role and every act, on every kind of record."""

import importlib
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser, Group, User
from django.db import connection
from django.test import Client
from django.urls import reverse

from timeline.choices import Status
from timeline.models import CoverageStatement, Event, Place, Report, Sector, Source
from timeline.roles import GROUPS, Act, may
from timeline.tests.factories import EventFactory, PlaceFactory, ReportFactory, SourceFactory
from timeline.tests.workbench import account, address, change_page, form_of

pytestmark = pytest.mark.django_db

# C contributor, E editor, A administrator; c: a contributor, of a draft of their own.
RECORD = {
    Act.LOOK: "CEA",
    Act.ADD: "CE",
    Act.CHANGE: "cE",
    Act.DELETE: "cE",
    Act.SUBMIT: "cE",
    Act.RETURN: "E",
    Act.PUBLISH: "E",
    Act.WITHDRAW: "E",
    Act.RESTORE: "E",
    Act.REVERT: "E",
    Act.MERGE: "E",
    Act.REVIEW: "E",
    Act.CHECK: "E",
    Act.ANSWER: "E",
}
VOCABULARY = {Act.LOOK: "CEA", Act.ADD: "A", Act.CHANGE: "A", Act.DELETE: "A", Act.REVERT: "A"}
PLACE = VOCABULARY | {Act.ADD: "CEA", Act.MERGE: "E"}
LETTERS = {"contributor": "C", "editor": "E", "administrator": "A"}


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("role", LETTERS)
def test_what_a_role_may_do_to_a_record(role, act):
    user, letter = account(role), LETTERS[role]
    own, other = EventFactory(created_by=user), EventFactory()
    own_public = EventFactory(created_by=user, published=True)
    own_submitted = EventFactory(created_by=user, status=Status.IN_REVIEW)
    who = RECORD[act]

    allowed = [may(user, act, Event, one) for one in (own, other, own_public, own_submitted)]

    always = letter in who
    only_own_draft = letter == "C" and "c" in who
    assert allowed == [always or only_own_draft, always, always, always]
    assert may(user, act, Event) is (always or only_own_draft)


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("role", LETTERS)
@pytest.mark.parametrize(
    ("model", "table"), [(Sector, VOCABULARY), (CoverageStatement, VOCABULARY), (Place, PLACE)]
)
def test_what_a_role_may_do_to_the_vocabulary(model, table, role, act):
    assert may(account(role), act, model) is (LETTERS[role] in table.get(act, ""))


@pytest.mark.parametrize("act", Act)
def test_who_was_made_with_createsuperuser_may_do_everything_to_records(act):
    user = account("superuser")

    assert may(user, act, Event, EventFactory(published=True))


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("flag", ["is_active", "is_staff"])
def test_an_account_that_is_closed_or_no_staff_may_do_nothing(act, flag):
    user = account("superuser")
    setattr(user, flag, False)

    assert not may(user, act, Event)
    assert not may(AnonymousUser(), act, Event)


def test_a_migration_makes_the_groups_and_may_run_twice():
    migration = importlib.import_module("timeline.migrations.0006_roles")
    before = groups()
    Group.objects.get(name="editor").delete()
    Group.objects.get(name="contributor").permissions.clear()

    from_migrations(migration)
    from_migrations(migration)

    assert groups() == before == {name: sorted(needed) for name, needed in GROUPS.items()}


def from_migrations(migration):
    migration.make_groups(apps, SimpleNamespace(connection=connection))


def groups():
    return {
        group.name: sorted(
            f"{one.content_type.app_label}.{one.codename}"
            for one in group.permissions.select_related("content_type")
        )
        for group in Group.objects.all()
    }


# The same at the pages


@pytest.fixture
def contributor():
    client = Client()
    client.force_login(account("contributor"))
    return client


@pytest.fixture
def editor():
    client = Client()
    client.force_login(account("editor"))
    return client


@pytest.fixture
def administrator():
    client = Client()
    client.force_login(account("administrator"))
    return client


def test_a_contributor_enters_a_draft_of_their_own_and_submits_it(contributor):
    page = address(Source, "add")
    typed = {"title": "A report", "slug": "a-report", "language": "en", "kind": "press"}
    data = form_of(contributor, page, side="japan", _move="submit", **typed)

    response = contributor.post(page, data)

    assert response.status_code == 302
    source = Source.objects.get()
    assert (source.created_by, source.status) == (account("contributor"), Status.IN_REVIEW)


@pytest.mark.parametrize("published", [True, False])
def test_a_contributor_looks_at_the_records_of_others_and_changes_none(contributor, published):
    event = EventFactory(published=published, title_en="Talks")
    page = change_page(event)

    seen = contributor.get(page)
    refused = contributor.post(page, {"_version": "1", "title_en": "Other"})

    assert "Talks" in seen.content.decode()
    assert b'name="_save"' not in seen.content
    assert b'name="_move"' not in seen.content
    assert refused.status_code == 403
    assert Event.objects.get().title_en == "Talks"


@pytest.mark.parametrize("move", ["give_back", "publish", "withdraw", "restore"])
def test_a_contributor_is_offered_no_move_of_an_editor_and_makes_none(contributor, move):
    event = EventFactory(created_by=account("contributor"))
    page = change_page(event)
    data = form_of(contributor, page, _move=move, change_reason="Because.")

    response = contributor.post(page, data)
    listed = contributor.post(
        address(Event, "changelist"), {"action": move, "_selected_action": [event.pk]}
    )

    assert response.status_code == 403
    assert listed.status_code in (200, 302)
    assert Event.objects.get().status == Status.DRAFT


def test_a_contributor_does_not_submit_the_draft_of_another(contributor):
    event = EventFactory()

    response = contributor.post(
        address(Event, "changelist"), {"action": "submit", "_selected_action": [event.pk]}
    )

    assert response.status_code == 403
    assert Event.objects.get().status == Status.DRAFT


@pytest.mark.parametrize("page", ["merge", "unmerge"])
def test_a_contributor_merges_nothing(contributor, page):
    event, other = EventFactory(created_by=account("contributor")), EventFactory()

    response = contributor.post(
        address(Event, page, event.pk), {"with": other.pk, "reason": "Because."}
    )

    assert response.status_code == 403
    assert Event.objects.filter(merged_into=None).count() == 2


def test_an_editor_adds_a_place_and_changes_none(editor):
    place = PlaceFactory()

    assert editor.get(address(Place, "add")).status_code == 200
    assert editor.post(change_page(place), {"name_en": "Other"}).status_code in (403, 409)
    assert Place.objects.get().name_en == "Ankara"


def test_an_administrator_keeps_accounts_and_vocabulary_and_no_records(administrator):
    event, place = EventFactory(), PlaceFactory()
    pages = {
        reverse("admin:auth_user_changelist"): 200,
        reverse("admin:auth_user_add"): 200,
        change_page(place): 200,
        address(Event, "add"): 403,
        change_page(event): 200,
    }

    assert {page: administrator.get(page).status_code for page in pages} == pages
    assert b'name="_save"' not in administrator.get(change_page(event)).content


@pytest.mark.parametrize("role", ["contributor", "editor"])
def test_no_curator_sees_accounts(role):
    client = Client()
    client.force_login(account(role))

    assert client.get(reverse("admin:auth_user_changelist")).status_code == 403


def test_an_administrator_makes_nobody_master_of_everything(administrator):
    me = account("administrator")
    master = account("superuser", "master")
    page = reverse("admin:auth_user_change", args=[me.pk])
    data = {"username": me.username, "is_active": "on", "is_staff": "on", "is_superuser": "on"}

    administrator.post(page, data | {"groups": list(Group.objects.values_list("pk", flat=True))})
    refused = administrator.post(
        reverse("admin:auth_user_change", args=[master.pk]), data | {"username": "gone"}
    )

    assert refused.status_code == 403
    assert list(User.objects.filter(is_superuser=True)) == [master]


def test_a_source_of_a_contributor_is_not_deleted_once_it_is_public(contributor):
    source = SourceFactory(created_by=account("contributor"))

    response = contributor.post(address(Source, "delete", source.pk), {"post": "yes"})

    assert response.status_code == 403


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("role", LETTERS)
def test_only_editors_read_and_answer_what_readers_report(client, role, act):
    user, report = account(role), ReportFactory()
    client.force_login(user)

    assert may(user, act, Report) is (role == "editor" and act == Act.ANSWER)
    expected = 200 if role == "editor" else 403
    assert client.get(change_page(report)).status_code == expected
