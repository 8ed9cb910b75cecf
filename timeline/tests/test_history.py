"""Every version of a record: who, when, what, why; and how one is brought back."""

import pytest
from django.test import Client
from django.urls import reverse

from timeline import curation, history, pictures, seeding
from timeline.choices import Action, Status
from timeline.differences import Difference, differences
from timeline.differences.names import Names
from timeline.models import Actor, Event, EventLink, Revision
from timeline.tests.factories import (
    ActorFactory,
    AgreementDateFactory,
    AgreementFactory,
    CitationFactory,
    ClaimFactory,
    DisputeFactory,
    EventFactory,
    PlaceFactory,
    SectorFactory,
    SourceFactory,
    TenureFactory,
)
from timeline.tests.workbench import account, address, change_page, form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    client = Client()
    client.force_login(account("editor"))
    return client


def told(record):
    revisions = Revision.objects.of(history.kind_of(record), record.pk)
    return [(one.version, one.action, one.reason, one.by and one.by.username) for one in revisions]


def save(client, thing, **typed):
    page = change_page(thing)
    response = client.post(page, form_of(client, page) | typed)
    assert response.status_code == 302, response.context["errors"]


def test_who_did_what_and_why_stands_in_the_history_of_a_record(editor):
    event = EventFactory(published=True)

    save(editor, event, title_en="Talks in Ankara", change_reason="The treaty says so.")
    curation.withdraw(Event.objects.all(), by=account("editor"), reason="A hoax.")

    assert told(event) == [
        (3, Action.WITHDRAWN, "A hoax.", "editor"),
        (2, Action.CHANGED, "The treaty says so.", "editor"),
        (1, Action.FOUND, "", None),
    ]
    event.refresh_from_db()
    assert event.version == 3


def test_the_first_version_of_a_record_is_that_in_which_it_was_entered(editor):
    page = address(Event, "add")
    typed = {"title_en": "Talks", "slug": "talks", "start": "1931", "kind": "visit"}

    editor.post(page, form_of(editor, page) | typed)

    event = Event.objects.get()
    assert told(event) == [(1, Action.CREATED, "", "editor")]
    assert event.created_by == account("editor")


@pytest.mark.parametrize(
    ("make", "typed"),
    [
        (lambda event: event, {"citations-0-locator": "p. 1"}),
        (lambda event: CitationFactory(tenure=TenureFactory()).tenure, {"title_en": "Consul"}),
        (lambda event: ClaimFactory(dispute=DisputeFactory(event=event)), {"start": "1931"}),
        (lambda event: DisputeFactory(event=event), {
            "claims-0-start": "1931", "claims-1-start": "1932", "claims-0-preferred": "on"
        }),
        (lambda event: AgreementDateFactory(), {"date": "1931"}),
    ],
)  # fmt: skip
def test_what_hangs_on_a_record_is_part_of_its_history(editor, make, typed):
    thing = make(EventFactory())
    record = thing if isinstance(thing, Event) else thing.record

    save(editor, thing, change_reason="Because.", **typed)

    assert [version for version, *_rest in told(record)] == [2, 1]


def test_a_part_of_a_public_record_keeps_what_publication_needs(editor):
    agreement = AgreementFactory(published=True)
    date = AgreementDateFactory(agreement=agreement)
    CitationFactory(agreement_date=date)
    page = change_page(date)
    data = form_of(editor, page) | {"citations-0-DELETE": "on", "change_reason": "Because."}

    response = editor.post(page, data)

    assert response.status_code == 200
    assert "still needs" in response.content.decode()
    assert date.citations.count() == 1
    assert told(agreement) == []


def test_a_change_of_a_public_record_asks_for_a_reason_and_says_when(editor):
    event = EventFactory(published=True)
    page = change_page(event)
    data = form_of(editor, page, title_en="Talks in Ankara")

    refused = editor.post(page, data | {"change_reason": " "})
    assert "This field is required." in refused.content.decode()
    assert Event.objects.get().changed is None
    editor.post(page, data)

    assert Event.objects.get().changed is not None


def test_a_note_of_a_curator_is_no_correction(editor):
    event = EventFactory(published=True)

    save(editor, event, note="Look again.")

    assert Event.objects.get().changed is None
    assert not Revision.objects.corrections().exists()


def test_the_history_page_shows_what_each_version_changed(editor):
    event = EventFactory(title_en="Talks")
    save(editor, event, title_en="Talks in Ankara", change_reason="As the minutes say.")

    page = editor.get(address(Event, "history", event.pk))

    [latest, first] = page.context["told"]
    assert latest["differences"] == [
        Difference("title (English)", "Talks", "Talks in Ankara", "en")
    ]
    assert first["differences"] == []
    assert "As the minutes say." in page.content.decode()


@pytest.mark.parametrize("versions", [2, 12])
def test_the_history_page_asks_a_fixed_number_of_questions(
    editor, versions, django_assert_num_queries
):
    event = EventFactory()
    for number in range(versions - 1):
        Event.objects.filter(pk=event.pk).update(note=str(number))
        history.keep("events", [event.pk])
        Event.objects.filter(pk=event.pk).update(note=f"{number}!")
        history.note("events", [event.pk], Action.CHANGED)

    with django_assert_num_queries(10):
        editor.get(address(Event, "history", event.pk))


def test_the_history_of_a_part_is_that_of_its_record(editor):
    tenure = TenureFactory()

    response = editor.get(reverse("admin:timeline_tenure_history", args=[tenure.pk]))

    assert response["Location"] == address(Actor, "history", tenure.actor.pk)


def test_a_version_is_brought_back_with_all_that_hung_on_it(editor):
    event = EventFactory(published=True, actors=[ActorFactory()], place=PlaceFactory())
    CitationFactory(event=event, locator="p. 9")
    before = pictures.of_all("events")[event.pk]
    save(editor, event, title_en="Other", place="", **{
        "citations-0-locator": "p. 1", "citations-1-DELETE": "on", "participants-0-DELETE": "on"
    })  # fmt: skip
    page = address(Event, "version", event.pk, 1)

    shown = editor.get(page)
    done = editor.post(page, {"reason": "It was right."})

    labels = [one.label for one in shown.context["differences"]]
    assert labels == ["title (English)", "place", "participants", "citations", "citations"]
    assert done.status_code == 302
    after = pictures.of_all("events")[event.pk]
    assert after.pop("changed")
    assert after == before
    assert told(event)[0] == (3, Action.REVERTED, "It was right.", "editor")


def test_a_version_keeps_the_status_and_the_address_of_the_record(editor):
    event = EventFactory(slug="first")
    save(editor, event, title_en="Talks in Ankara", slug="second")
    curation.publish(Event.objects.all())

    editor.post(address(Event, "version", event.pk, 1), {"reason": "It was right."})

    event.refresh_from_db()
    assert (event.slug, event.status) == ("second", Status.PUBLISHED)
    assert event.title_en != "Talks in Ankara"


def test_an_unfinished_question_is_brought_back_as_it_was():
    event = EventFactory(title_tr="Görüşme")
    DisputeFactory(event=event)
    before = pictures.of_all("events")[event.pk]
    history.keep("events", [event.pk])
    event.disputes.all().delete()
    history.note("events", [event.pk], Action.CHANGED)

    curation.revert(event, Revision.objects.get(version=1), reason="It was right.")

    assert pictures.of_all("events")[event.pk] == before


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda event: event.citations.get().source.delete(), "among the sources"),
        (lambda event: None, "Say why the earlier version is brought back."),
    ],
)
def test_what_cannot_be_brought_back_is_refused_with_the_reason(editor, spoil, message):
    event = EventFactory(sides=[])
    source = SourceFactory(status="draft", slug="rumour")
    CitationFactory(event=event, source=source)
    save(editor, event, **{"citations-0-DELETE": "on"})
    reason = "" if "Say why" in message else "It was right."
    if reason:
        source.delete()

    response = editor.post(address(Event, "version", event.pk, 1), {"reason": reason})

    assert message in response.content.decode()
    assert event.citations.count() == 0


def test_a_version_without_ground_is_not_brought_back_to_a_public_record(editor):
    event = EventFactory(summary_en="")
    save(editor, event, summary_en="What happened.")
    curation.publish(Event.objects.all())

    response = editor.post(address(Event, "version", event.pk, 1), {"reason": "It was right."})

    assert "an English summary" in response.content.decode()
    assert Event.objects.get().summary_en == "What happened."


@pytest.mark.parametrize("version", [0, 7, 99999999999999999999])
def test_a_version_that_is_not_there_is_not_found(editor, version):
    event = EventFactory()

    assert editor.get(address(Event, "version", event.pk, version)).status_code == 404


def test_a_deleted_draft_stays_in_history_and_with_it_go_relations_that_are_noted(editor):
    event = EventFactory(slug="gone")
    other = EventFactory()
    EventLink.objects.create(event=other, target=event, relation="follows")

    editor.post(address(Event, "delete", event.pk), {"post": "yes"})

    last = Revision.objects.of("events", event.pk).first()
    assert (last.action, last.entry["slug"], last.by) == (
        Action.DELETED,
        "gone",
        account("editor"),
    )
    assert [action for _version, action, *_rest in told(other)] == [Action.CHANGED, Action.FOUND]


def test_a_record_entered_again_under_its_number_goes_on_counting():
    event = EventFactory()
    number = event.pk
    history.note_deletion("events", number)
    event.delete()
    again = EventFactory(pk=number)

    history.note("events", [number], Action.CREATED)

    again.refresh_from_db()
    assert again.version == 3
    assert [action for _v, action, *_rest in told(again)] == ["created", "deleted", "found"]


def test_a_history_that_is_older_than_the_copy_of_the_record_is_gone_on_with(editor):
    event = EventFactory(title_en="Talks")
    save(editor, event, title_en="Talks in Ankara")
    Event.objects.filter(pk=event.pk).update(version=1, title_en="As loaded")

    save(editor, event, title_en="Talks in Tokyo")

    assert [one[:2] for one in told(event)] == [
        (4, Action.CHANGED),
        (3, Action.FOUND),
        (2, Action.CHANGED),
        (1, Action.FOUND),
    ]
    assert Event.objects.get().version == 4


def test_what_the_data_files_changed_is_a_version_too(tmp_path):
    event = EventFactory(published=True, title_en="Talks")
    seeding.dump(tmp_path)
    [file] = tmp_path.glob("events-*.yaml")
    file.write_text(file.read_text().replace("Talks", "Talks in Ankara"))

    seeding.load(tmp_path)

    assert told(event) == [(2, Action.LOADED, "", None), (1, Action.FOUND, "", None)]
    assert Event.objects.get().version == 2


def test_loading_what_is_the_same_makes_no_version(tmp_path):
    EventFactory(published=True)
    seeding.dump(tmp_path)

    seeding.load(tmp_path)

    assert Event.objects.get().version == 1
    assert not Revision.objects.exists()


def test_a_change_that_goes_round_the_versions_is_not_written_over():
    event = EventFactory()
    history.keep("events", [event.pk])
    Event.objects.filter(pk=event.pk).update(version=5, note="Elsewhere.")

    with pytest.raises(history.Stale):
        history.note("events", [event.pk], Action.CHANGED)


# Differences in words


def between(kind, old, new):
    pictured = [(kind, old), (kind, new)]
    found = differences(kind, old, new, Names.in_pictures(pictured))
    return [(one.label, one.old, one.new) for one in found]


def test_every_kind_of_field_is_told_in_words():
    SectorFactory(slug="trade")
    PlaceFactory(slug="ankara", name_en="Ankara")
    old = {"slug": "a", "kind": "visit", "date": "1931-01", "sectors": [], "background": False}
    new = {"slug": "a", "kind": "meeting", "date": "1931-01-13/1931-01-18", "sectors": ["trade"],
           "background": True, "place": "ankara", "importance": "major"}  # fmt: skip

    assert between("events", old, new) == [
        ("date", "January 1931", "13–18 January 1931"),
        ("kind", "Visit", "Meeting"),
        ("sectors", "", "Trade"),
        ("importance", "", "Major"),
        ("background", "no", "yes"),
        ("place", "", "Ankara"),
    ]


def test_a_line_that_changed_stands_beside_what_it_was():
    SourceFactory(slug="s", title="A report", publisher="")
    ActorFactory(slug="x", name_en="X")
    cited = {"source": "s", "part": "summary", "stance": "supports"}
    old = {"citations": [cited | {"locator": "p. 1"}], "participants": []}
    new = {"citations": [cited | {"locator": "p. 2"}],
           "participants": [{"actor": "x", "role": "host"}]}  # fmt: skip

    assert between("events", old, new) == [
        ("participants", "", "X · Host"),
        (
            "citations",
            "A report · summary · supports · p. 1",
            "A report · summary · supports · p. 2",
        ),
    ]


def test_the_pieces_of_a_text_show_what_went_out_and_what_came_in():
    one = Difference("summary", "They met on 7 July.", "They met on 6 August.", "en")

    assert one.pieces == [
        ("", "They met on "),
        ("del", "7"),
        ("ins", "6"),
        ("", " "),
        ("del", "July"),
        ("ins", "August"),
        ("", "."),
    ]


def test_texts_that_are_not_alike_stand_one_after_the_other():
    one = Difference("summary", "They met on 7 July.", "Nothing of the sort took place.", "en")

    assert one.pieces == [("del", one.old), ("ins", one.new)]


def test_a_picture_that_nobody_can_read_any_more_is_still_told():
    old = {"slug": "a", "kind": "of old", "citations": [{"source": "gone", "part": "summary"}]}

    assert between("events", old, {"slug": "a"}) == [
        ("kind", "of old", ""),
        ("citations", "gone · summary", ""),
    ]
