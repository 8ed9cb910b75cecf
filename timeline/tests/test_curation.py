"""Every change of a record's status: which are possible, what stands in the way, who is told."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from timeline import curation
from timeline.choices import Status
from timeline.models import Actor, Agreement, Event, Source
from timeline.tests.factories import (
    ActorFactory,
    AgreementDateFactory,
    AgreementFactory,
    CitationFactory,
    EventFactory,
    SourceFactory,
)
from timeline.tests.workbench import account, address, change_page, form_of

pytestmark = pytest.mark.django_db

MOVES = {
    "submit": (curation.submit, Status.DRAFT, Status.IN_REVIEW),
    "give_back": (curation.give_back, Status.IN_REVIEW, Status.DRAFT),
    "publish": (curation.publish, Status.IN_REVIEW, Status.PUBLISHED),
    "withdraw": (curation.withdraw, Status.PUBLISHED, Status.WITHDRAWN),
    "restore": (curation.restore, Status.WITHDRAWN, Status.PUBLISHED),
}


def event_that_is(status, **columns):
    if status == Status.MERGED:
        columns["merged_into"] = EventFactory(published=True)
    if status == Status.WITHDRAWN:
        columns["reason"] = "A hoax."
    return EventFactory(status=status, **columns)


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("name", MOVES)
def test_a_move_starts_where_it_may_and_nowhere_else(name, status):
    move, start, end = MOVES[name]
    event = event_that_is(status)
    may = status == start or (name == "publish" and status == Status.DRAFT)
    chosen = Event.objects.filter(pk=event.pk)

    if may:
        assert move(chosen, reason="Because.") == 1
    elif name == "publish" and status == Status.PUBLISHED:
        assert move(chosen, reason="Because.") == 0
    else:
        with pytest.raises(ValidationError, match=event.title_en):
            move(chosen, reason="Because.")

    event.refresh_from_db()
    assert event.status == (end if may else status)


@pytest.mark.parametrize("name", MOVES)
def test_a_move_is_made_by_all_or_none(name):
    move, start, _end = MOVES[name]
    event_that_is(start)
    event_that_is(Status.MERGED)
    before = list(Event.objects.order_by("pk").values())

    with pytest.raises(ValidationError):
        move(Event.objects.exclude(status=Status.PUBLISHED, merged_from=None), reason="Because.")

    assert list(Event.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("reason", ["", "  ", "x" * 301])
@pytest.mark.parametrize("name", ["give_back", "withdraw"])
def test_who_returns_or_withdraws_says_why(name, reason):
    move, start, _end = MOVES[name]
    event = event_that_is(start)

    with pytest.raises(ValidationError):
        move(Event.objects.all(), reason=reason)

    event.refresh_from_db()
    assert event.status == start


def test_a_returned_draft_carries_the_note_until_it_is_submitted_again():
    event_that_is(Status.IN_REVIEW)

    curation.give_back(Event.objects.all(), reason="Cite the treaty.")
    assert Event.objects.get().returned == "Cite the treaty."
    curation.submit(Event.objects.all())

    assert Event.objects.get().returned == ""


def test_a_withdrawn_record_gives_its_reason_until_it_is_published_again():
    event = EventFactory(published=True)
    since = event.added

    curation.withdraw(Event.objects.all(), reason="A hoax.")
    assert Event.objects.get().reason == "A hoax."
    curation.restore(Event.objects.all(), reason="It was none.")

    event.refresh_from_db()
    assert (event.reason, event.added, event.status) == ("", since, Status.PUBLISHED)


def test_a_source_on_which_a_public_record_rests_alone_is_not_withdrawn():
    source, other = SourceFactory(), SourceFactory()
    alone = EventFactory(sides=[], published=True, title_en="Alone")
    CitationFactory(event=alone, source=source)
    two = EventFactory(sides=[], published=True)
    CitationFactory(event=two, source=source)
    CitationFactory(event=two, source=other)
    draft = EventFactory(sides=[])
    CitationFactory(event=draft, source=source)
    treaty = AgreementFactory(published=True, title_en="Treaty")
    CitationFactory(
        agreement_date=AgreementDateFactory(agreement=treaty), source=source, stance="supports"
    )

    with pytest.raises(ValidationError) as refused:
        curation.withdraw(Source.objects.filter(pk=source.pk), reason="Forged.")
    curation.withdraw(Source.objects.filter(pk=other.pk), reason="Forged.")

    assert refused.value.messages == [
        f"“{alone}” is published and rests on nothing else.",
        f"“{treaty}” is published and rests on nothing else.",
    ]
    assert Source.objects.published().filter(pk=source.pk).exists()


def test_two_sources_withdrawn_together_leave_no_event_without_ground():
    event = EventFactory(sides=["japan", "turkiye"], published=True)

    with pytest.raises(ValidationError, match="rests on nothing else"):
        curation.withdraw(Source.objects.all(), reason="Forged.")

    assert Source.objects.published().count() == 2
    assert event.missing() == []


def test_an_actor_may_be_withdrawn():
    actor = ActorFactory()
    EventFactory(actors=[actor], published=True)

    assert curation.withdraw(Actor.objects.all(), reason="Not the same person.") == 1


# The buttons and the actions


@pytest.fixture
def editor():
    client = Client()
    client.force_login(account("editor"))
    return client


def press(client, event, move, **typed):
    page = change_page(event)
    return client.post(page, form_of(client, page) | typed | {"_move": move}, follow=True)


@pytest.mark.parametrize("status", Status)
def test_the_form_offers_the_moves_that_are_possible(editor, status):
    event = event_that_is(status)

    response = editor.get(change_page(event))

    assert [name for name, _words in response.context["moves"]] == {
        Status.DRAFT: ["submit", "publish"],
        Status.IN_REVIEW: ["give_back", "publish"],
        Status.PUBLISHED: ["withdraw"],
        Status.WITHDRAWN: ["restore"],
        Status.MERGED: [],
    }[status]


@pytest.mark.parametrize(
    ("move", "said"),
    [
        ("submit", "1 record submitted."),
        ("give_back", "1 record returned."),
        ("publish", "1 record published."),
        ("withdraw", "1 record withdrawn."),
        ("restore", "1 record published again."),
    ],
)
def test_a_button_saves_what_was_typed_and_makes_the_move(editor, move, said):
    _do, start, end = MOVES[move]
    event = event_that_is(start)

    response = press(editor, event, move, title_en="Typed", change_reason="Because.")

    event.refresh_from_db()
    assert said in response.content.decode()
    assert (event.title_en, event.status) == ("Typed", end)


@pytest.mark.parametrize("move", ["give_back", "withdraw"])
def test_a_button_that_needs_a_reason_asks_for_it_and_keeps_what_was_typed(editor, move):
    _do, start, _end = MOVES[move]
    event = event_that_is(start)

    response = press(editor, event, move, title_en="Typed", change_reason="")

    assert "This field is required." in response.content.decode()
    assert response.context["adminform"].form["title_en"].value() == "Typed"
    event.refresh_from_db()
    assert event.status == start


def test_a_refused_publication_keeps_what_was_typed_and_leads_to_what_is_missing(editor):
    event = EventFactory(summary_en="")

    response = press(editor, event, "publish", title_en="Typed")

    event.refresh_from_db()
    assert (event.title_en, event.status) == ("Typed", Status.DRAFT)
    link = f'<a href="{change_page(event)}#id_summary_en">an English summary</a>'
    assert link in response.content.decode()
    assert 'id="id_summary_en"' in response.content.decode()


def test_a_new_record_is_published_with_one_button(editor):
    page = address(Source, "add")
    typed = {"title": "A report", "slug": "a-report", "language": "en", "kind": "press"}

    editor.post(page, form_of(editor, page, side="japan", _move="publish", **typed))

    assert Source.objects.get().status == Status.PUBLISHED


def act(client, model, move, records, **data):
    data |= {"action": move, "_selected_action": [record.pk for record in records]}
    return client.post(address(model, "changelist"), data, follow=True)


@pytest.mark.parametrize("move", ["submit", "publish", "restore"])
def test_an_action_makes_the_move_at_once(editor, move):
    _do, start, end = MOVES[move]
    events = [event_that_is(start), event_that_is(start)]

    act(editor, Event, move, events)

    assert set(Event.objects.values_list("status", flat=True)) == {end}


@pytest.mark.parametrize("move", ["give_back", "withdraw"])
def test_an_action_that_needs_a_reason_asks_for_it_on_a_page_of_its_own(editor, move):
    _do, start, end = MOVES[move]
    events = [event_that_is(start), event_that_is(start)]

    asked = act(editor, Event, move, events)
    empty = act(editor, Event, move, events, _apply="1", reason=" ")
    untouched = set(Event.objects.values_list("status", flat=True))
    act(editor, Event, move, events, _apply="1", reason="Because.")

    for event in events:
        assert f"<li>{event}</li>" in asked.content.decode()
    assert "Give a reason" in empty.content.decode()
    assert untouched == {start}
    assert set(Event.objects.values_list("status", flat=True)) == {end}


def test_a_withdrawal_that_is_refused_names_and_links_what_rests_on_the_source(editor):
    event = EventFactory(published=True)
    source = event.citations.get().source

    response = act(editor, Source, "withdraw", [source], _apply="1", reason="Forged.")

    link = f'<a href="{change_page(event)}">{event}</a>'
    assert f"“{link}” is published and rests on nothing else." in response.content.decode()
    assert Source.objects.get().status == Status.PUBLISHED


def test_words_that_look_like_markup_stay_words(editor):
    event = EventFactory(title_en="<b>{0} %(x)s", summary_en="")

    response = act(editor, Event, "publish", [event])

    assert "&lt;b&gt;{0} %(x)s" in response.content.decode()


def test_translations_that_were_reviewed_are_noted(editor):
    agreement = AgreementFactory(title_tr="Anlaşma", summary_tr="Ne sağlar.")

    act(editor, Agreement, "review_turkish", [agreement])

    agreement.refresh_from_db()
    assert agreement.translations["tr"] == "reviewed"
    assert agreement.version == 2
