"""No lost edit: whoever saves over a newer version is stopped, shown both, and asked."""

import random
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from timeline import curation
from timeline.admin.conflicts import MINE, THEIRS, Sheet, compare, mixed
from timeline.dates import PartialDate
from timeline.models import Citation, Event, Participation
from timeline.tests.factories import (
    ActorFactory,
    CitationFactory,
    ClaimFactory,
    CoverageStatementFactory,
    DisputeFactory,
    EventFactory,
    PlaceFactory,
    SectorFactory,
    SourceFactory,
    TenureFactory,
)
from timeline.tests.soak import rounds
from timeline.tests.workbench import account, address, carried_by, change_page, form_of

pytestmark = pytest.mark.django_db


def editor(name):
    client = Client()
    client.force_login(account("editor", name))
    return client


@pytest.fixture
def first():
    return editor("first")


@pytest.fixture
def second():
    return editor("second")


def shown(response):
    """The differences a conflict page shows: key, theirs, mine, what is chosen already."""
    return [
        (one.key, one.theirs and lines(one.theirs), one.mine and lines(one.mine), one.picked)
        for one in response.context["conflict"].shown()
    ]


def lines(told):
    return " · ".join(words for _label, words in told)


def test_a_form_saved_over_a_newer_version_is_stopped_and_shows_both(first, second):
    event = EventFactory(title_en="Talks", note="")
    page = change_page(event)
    mine = form_of(second, page, title_en="Talks in Ankara", note="Doubtful.")
    first.post(page, form_of(first, page, title_en="Talks in Tokyo", summary_en="They met."))

    response = second.post(page, mine | {"_save": "Save"})

    assert response.status_code == 409
    assert shown(response) == [
        (":title_en", "Talks in Tokyo", "Talks in Ankara", ""),
        (":summary_en", "They met.", "What happened.", THEIRS),
        (":note", [], "Doubtful.", MINE),
    ]
    assert Event.objects.get().title_en == "Talks in Tokyo"


def test_a_mix_of_both_is_kept_and_nothing_is_taken_for_granted(first, second):
    event = EventFactory(title_en="Talks")
    page = change_page(event)
    mine = form_of(second, page, title_en="Talks in Ankara", note="Doubtful.")
    first.post(page, form_of(first, page, title_en="Talks in Tokyo", summary_en="They met."))
    answer = carried_by(second.post(page, mine))

    undecided = second.post(page, answer)
    decided = second.post(page, answer | {"keep::title_en": MINE})

    assert undecided.status_code == 409
    assert "Choose what is to stand." in undecided.content.decode()
    assert decided.status_code == 302
    assert Event.objects.values_list("title_en", "summary_en", "note").get() == (
        "Talks in Ankara",
        "They met.",
        "Doubtful.",
    )


@pytest.mark.parametrize(("everything", "title"), [(MINE, "Mine"), (THEIRS, "Theirs")])
def test_all_of_one_side_is_kept_with_one_button(first, second, everything, title):
    event = EventFactory()
    page = change_page(event)
    mine = form_of(second, page, title_en="Mine")
    first.post(page, form_of(first, page, title_en="Theirs"))
    answer = carried_by(second.post(page, mine))

    second.post(page, answer | {"_all": everything})

    assert Event.objects.get().title_en == title


def test_rows_are_compared_one_by_one(first, second):
    kept, changed, gone = (SourceFactory(title=title) for title in ("Kept", "Changed", "Gone"))
    event = EventFactory(sides=[])
    for source in (kept, changed, gone):
        CitationFactory(event=event, source=source)
    added = SourceFactory(title="Added")
    page = change_page(event)
    mine = form_of(second, page) | {"citations-0-locator": "p. 1", "citations-1-locator": "p. 2"}
    theirs = form_of(first, page) | {"citations-1-locator": "p. 3", "citations-2-DELETE": "on"}
    theirs |= {"citations-3-source": added.pk, "citations-3-locator": "p. 4"}
    first.post(page, theirs)

    response = second.post(page, mine)

    numbers = {one.source.title: one.pk for one in Citation.objects.select_related("source")}
    former = mine["citations-2-id"]
    assert [(key, picked) for key, _theirs, _mine, picked in shown(response)] == [
        (f"citations:{numbers['Kept']}", MINE),
        (f"citations:{numbers['Changed']}", ""),
        (f"citations:{numbers['Added']}", THEIRS),
        (f"citations:{former}", THEIRS),
    ]
    answer = carried_by(response) | {
        f"keep:citations:{numbers['Changed']}": MINE,
        f"keep:citations:{numbers['Added']}": MINE,
        f"keep:citations:{former}": MINE,
    }
    assert second.post(page, answer).status_code == 302
    cited = event.citations.values_list("source__title", "locator")
    assert sorted(cited) == [("Changed", "p. 2"), ("Gone", ""), ("Kept", "p. 1")]


def test_what_both_typed_alike_is_no_conflict_of_theirs(first, second):
    event, source = EventFactory(), SourceFactory()
    page = change_page(event)
    same = {"title_en": "Both", "citations-1-source": source.pk, "citations-1-locator": "p. 1"}
    mine = form_of(second, page) | same
    first.post(page, form_of(first, page) | same)

    response = second.post(page, mine)

    assert shown(response) == []
    assert second.post(page, carried_by(response)).status_code == 302
    assert event.citations.count() == 2


def test_dates_come_back_as_they_were_typed(first, second):
    event = EventFactory(start=PartialDate(1924, 8, 5), approximate=False)
    page = change_page(event)
    mine = form_of(second, page, start="6 August 1924", end="大正13年8月8日")
    first.post(page, form_of(first, page, start="7.8.1924"))

    response = second.post(page, mine)

    assert shown(response) == [
        (":start", "1924-08-07", "6 August 1924", ""),
        (":end", [], "大正13年8月8日", MINE),
    ]
    assert second.post(page, carried_by(response) | {"keep::start": MINE}).status_code == 302
    event = Event.objects.get()
    assert (str(event.start), str(event.end)) == ("1924-08-06", "1924-08-08")


def test_a_date_that_says_the_same_in_other_words_is_no_difference(first, second):
    event = EventFactory(start=PartialDate(1924, 8), title_en="Talks")
    office = TenureFactory(start=PartialDate(1930))
    page, holder = change_page(event), change_page(office.actor)
    mine = form_of(second, page, start="Ağustos 1924", title_en="Mine")
    first.post(page, form_of(first, page, start="1924-08-06", title_en="Talks"))
    of_holder = form_of(second, holder) | {"tenures-0-start": "昭和5年", "name_en": "Mine"}
    first.post(holder, form_of(first, holder, name_en="Theirs"))

    response = second.post(page, mine)

    assert shown(response) == [
        (":title_en", "Talks", "Mine", MINE),
        (":start", "1924-08-06", "1924-08", THEIRS),
    ]
    assert shown(second.post(holder, of_holder)) == [(":name_en", "Theirs", "Mine", "")]


def test_about_typed_with_a_date_is_not_lost_in_a_conflict(first, second):
    event = EventFactory(start=PartialDate(1927), approximate=False)
    page = change_page(event)
    mine = form_of(second, page, start="c. 1927")
    first.post(page, form_of(first, page, title_en="Theirs"))

    response = second.post(page, mine)

    assert (":start", "1927", "c. 1927", MINE) in shown(response)
    second.post(page, carried_by(response))
    assert Event.objects.get().approximate is True


def test_a_third_save_in_between_asks_again(first, second):
    event = EventFactory()
    page = change_page(event)
    mine = form_of(second, page, title_en="Mine")
    first.post(page, form_of(first, page, title_en="Theirs"))
    answer = carried_by(second.post(page, mine)) | {"keep::title_en": MINE}
    first.post(page, form_of(first, page, title_en="Theirs again"))

    response = second.post(page, answer)

    assert shown(response) == [(":title_en", "Theirs again", "Mine", "")]
    assert Event.objects.get().title_en == "Theirs again"


@pytest.mark.parametrize("version", ["", "0", "x", "99999999999999999999", None])
def test_a_form_that_does_not_say_what_it_was_opened_on_is_stopped(first, version):
    event = EventFactory(title_en="Talks")
    page = change_page(event)
    data = form_of(first, page, title_en="Other", _loaded="{not json")
    data.pop("_version")

    response = first.post(page, data if version is None else data | {"_version": version})

    assert response.status_code == 409
    assert shown(response) == [(":title_en", "Talks", "Other", "")]


def test_an_answer_that_cannot_be_read_changes_nothing(first):
    event = EventFactory(title_en="Talks")

    response = first.post(change_page(event), {"_resolving": "1", "_typed": "[", "_version": "1"})

    assert response.status_code == 400
    assert Event.objects.get().version == 1


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (SectorFactory, "name_tr"),
        (PlaceFactory, "name_tr"),
        (CoverageStatementFactory, "note_tr"),
        (ActorFactory, "name_tr"),
        (SourceFactory, "author"),
        (TenureFactory, "title_tr"),
        (lambda: ClaimFactory(dispute=DisputeFactory(event=EventFactory())), "start"),
    ],
)
def test_no_form_writes_over_a_newer_version(make, field):
    thing = make()
    page = change_page(thing)
    one, other = Client(), Client()
    one.force_login(account("superuser", "one"))
    other.force_login(account("superuser", "other"))
    mine = form_of(other, page) | {field: "1931"}
    assert one.post(page, form_of(one, page) | {field: "1932"}).status_code == 302

    response = other.post(page, mine)

    assert response.status_code == 409
    assert [key for key, *_rest in shown(response)] == [f":{field}"]
    assert str(getattr(type(thing).objects.get(pk=thing.pk), field)) == "1932"


def test_a_change_of_what_hangs_on_a_record_is_a_change_of_the_record(first, second):
    claim = ClaimFactory(dispute=DisputeFactory(event=EventFactory()))
    event = claim.record
    mine = form_of(second, change_page(event), title_en="Mine")
    page = change_page(claim)
    first.post(page, form_of(first, page, start="1931"))

    response = second.post(change_page(event), mine)

    assert response.status_code == 409


def test_a_move_in_between_is_a_newer_version(first, second):
    event = EventFactory()
    mine = form_of(second, change_page(event), title_en="Mine")
    curation.publish(Event.objects.all())

    response = second.post(change_page(event), mine)

    assert response.status_code == 409
    assert Event.objects.get().title_en != "Mine"


def test_saving_without_a_change_makes_no_version(first):
    event = EventFactory()
    page = change_page(event)

    first.post(page, form_of(first, page))

    assert Event.objects.get().version == 1


def test_one_who_may_no_longer_change_a_record_still_sees_what_they_typed(second):
    event = EventFactory(created_by=account("contributor"), title_en="Talks")
    client = Client()
    client.force_login(account("contributor"))
    mine = form_of(client, change_page(event), title_en="Mine")
    curation.publish(Event.objects.all())

    response = client.post(change_page(event), mine)

    page = response.content.decode()
    assert response.status_code == 409
    assert "You may no longer change this record." in page
    assert "<p>Mine</p>" in page
    assert 'type="radio"' not in page


def test_what_was_typed_for_a_deleted_record_can_be_entered_anew(first, second):
    event = EventFactory(slug="kept")
    source = event.citations.get().source
    page = change_page(event)
    mine = form_of(second, page, title_en="Mine")
    event.delete()

    response = second.post(page, mine)
    add = address(Event, "add")
    again = second.post(add, form_again(response))

    assert f'action="{add}"' in response.content.decode()
    assert "deleted while you were at work" in response.content.decode()
    assert again.status_code == 302
    assert Event.objects.values_list("slug", "title_en").get() == ("kept", "Mine")
    assert Citation.objects.get().source == source


def form_again(response):
    """What a form that was shown again would send."""
    data = response.context["adminform"].form.data.copy()
    data.pop("_reopen")
    return data


def test_what_was_typed_into_an_office_that_is_gone_can_be_copied(first, second):
    tenure = TenureFactory()
    page = change_page(tenure)
    mine = form_of(second, page, title_en="Typed in vain")
    tenure.delete()

    response = second.post(page, mine)

    assert response.status_code == 409
    assert "Typed in vain" in response.content.decode()


def test_what_was_typed_survives_a_log_out(first):
    event = EventFactory()
    page = change_page(event)
    mine = form_of(first, page, title_en="Mine", **{"citations-0-locator": "p. 1"})
    user = account("editor", "first")
    user.set_password("a long word")
    user.save()
    first.logout()

    asked = first.post(page, mine | {"_save": "Save"})
    wrong = first.post(page, carried_by(asked) | {"username": "first", "password": "no"})
    shown_again = first.post(
        page, carried_by(wrong) | {"username": "first", "password": "a long word"}
    )

    assert (asked.status_code, wrong.status_code, shown_again.status_code) == (403, 403, 200)
    assert "Nothing is saved yet." in shown_again.content.decode()
    assert Event.objects.get().title_en != "Mine"
    assert first.post(page, form_again(shown_again)).status_code == 302
    assert Event.objects.get().title_en == "Mine"
    assert event.citations.get().locator == "p. 1"


def test_a_visitor_reaches_nothing_through_the_log_in_that_keeps(client):
    event = EventFactory()
    page = change_page(event)

    response = client.post(page, {"_guarded": "1", "title_en": "Vandal", "_save": "1"})

    assert response.status_code == 403
    assert "Vandal" in response.content.decode()  # Only what they sent themselves.
    assert event.title_en not in response.content.decode()
    assert Event.objects.get().title_en == event.title_en


def test_what_was_typed_survives_a_form_key_that_expired():
    event = EventFactory()
    page = change_page(event)
    client = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})
    client.force_login(account("editor"))
    mine = form_of(client, page, title_en="Mine")

    refused = client.post(page, mine | {"csrfmiddlewaretoken": "old"})
    stranger = client.post(page, mine, headers={"origin": "http://elsewhere.example"})

    assert refused.status_code == 403
    assert carried_by(refused)["title_en"] == ["Mine"]
    assert carried_by(refused)["_reopen"] == ["1"]
    assert b"Mine" not in stranger.content
    assert Event.objects.get().title_en != "Mine"


def test_what_was_typed_survives_an_error(first):
    event = EventFactory()
    page = change_page(event)
    data = form_of(first, page, title_en="Mine", start="1924-13")

    response = first.post(page, data)

    assert response.status_code == 200
    form = response.context["adminform"].form
    assert (form["title_en"].value(), form["start"].value()) == ("Mine", "1924-13")
    assert response.context["version"] == "1"


# The comparison itself


def sheet(title, *rows):
    rows = [{"id": [number] if number else [], "locator": [text]} for number, text in rows]
    return Sheet({"title": [title]}, {"citations": rows})


def test_rows_that_were_written_anew_are_known_by_what_they_say():
    base = sheet("", ("1", "a"), ("2", "b"))
    theirs = sheet("", ("8", "a"), ("9", "b"))
    mine = sheet("", ("1", "a"), ("2", "mine"))

    [choice] = compare(base, theirs, mine)

    assert (choice.key, choice.preset) == ("citations:9", MINE)
    data = mixed(theirs, [choice], {choice.key: MINE})
    assert [data["citations-0-id"], data["citations-1-id"]] == ["8", "9"]
    assert [data["citations-0-locator"], data["citations-1-locator"]] == ["a", "mine"]


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"fields": [], "rows": 1}', '{"fields": {"a": 1}, "rows": {}}']
)
def test_a_sheet_that_is_none_of_ours_is_not_read(text):
    assert Sheet.from_json(text) is None


# At the same time


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
def test_of_two_forms_sent_in_the_same_moment_one_is_stopped():
    event = EventFactory()
    page = change_page(event)
    clients = [editor(name) for name in ("first", "second", "third")]
    forms = [form_of(one, page, title_en=str(number)) for number, one in enumerate(clients)]
    together = threading.Barrier(len(clients))

    def send(number):
        together.wait()
        try:
            return clients[number].post(page, forms[number]).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor() as threads:
        answers = list(threads.map(send, range(len(clients))))

    assert sorted(answers) == [302, 409, 409]
    event.refresh_from_db()
    assert event.title_en == str(answers.index(302))
    assert event.version == 2


# Any order of loads and saves


def state(event):
    texts = Event.objects.values_list("title_en", "summary_tr", "note").get(pk=event.pk)
    cited = event.citations.values_list("source_id", "locator")
    took_part = Participation.objects.filter(event=event).values_list("actor_id", "role")
    return [*texts, Counter(cited), Counter(took_part)]


class Editor:
    """Opens the form, types into fields and rows, saves; answers when there is a conflict."""

    def __init__(self, name, chance):
        self.client, self.chance, self.data = editor(name), chance, None

    def open(self, page):
        self.data = form_of(self.client, page)

    def type(self, token, sources, actors):
        chance, data = self.chance, self.data
        texts = ["title_en", "summary_tr", "note"]
        rows = range(int(data["citations-TOTAL_FORMS"]))
        for _each in range(chance.randint(1, 3)):
            match chance.choice(["text", "row", "strike", "add", "role"]):
                case "text":
                    data[chance.choice(texts)] = token
                case "row":
                    number = chance.choice(rows)
                    if data.get(f"citations-{number}-source"):
                        data[f"citations-{number}-locator"] = token
                case "strike":
                    data[f"citations-{chance.choice(rows)}-DELETE"] = "on"
                case "add":
                    number = int(data["citations-TOTAL_FORMS"])
                    data["citations-TOTAL_FORMS"] = number + 1
                    data |= {
                        f"citations-{number}-source": chance.choice(sources).pk,
                        f"citations-{number}-locator": token,
                        f"citations-{number}-part": "summary",
                        f"citations-{number}-stance": "supports",
                    }
                case "role" if data.get("participants-0-id"):
                    data["participants-0-role"] = chance.choice(["host", "guest", "speaker"])

    def save(self, page, event):
        """Save, and decide each difference by chance: whether it is saved."""
        before = state(event)
        version = Event.objects.values_list("version", flat=True).get(pk=event.pk)
        response = self.client.post(page, self.data)
        if response.status_code == 302:
            # Nobody saved in between, or this is where an update would be lost.
            assert self.data["_version"] == version
            return True
        assert state(event) == before
        if response.status_code == 200:
            return False  # An error; the form is shown again.
        return self.decide(page, event, response, before)

    def decide(self, page, event, response, before):
        conflict = response.context["conflict"]
        picks = {one.key: self.chance.choice([MINE, THEIRS]) for one in conflict.choices}
        expected = after(before, conflict.choices, picks)
        answer = carried_by(response) | {f"keep:{key}": pick for key, pick in picks.items()}
        decided = self.client.post(page, answer)
        if decided.status_code == 200:
            assert state(event) == before
            return False
        assert decided.status_code == 302
        assert state(event) == expected
        return True


def after(before, choices, picks):
    """What stands when each difference is decided, said without the code that decides it."""
    title, summary, note, cited, took_part = before
    texts = {"title_en": title, "summary_tr": summary, "note": note}
    lists = {"citations": Counter(cited), "participants": Counter(took_part)}
    columns = {"citations": ("source", "locator"), "participants": ("actor", "role")}
    for one in choices:
        if picks[one.key] == THEIRS:
            continue
        if not one.prefix:
            texts[one.name] = "".join(one.mine[one.name])
            continue
        for values, sign in ((one.theirs, -1), (one.mine, 1)):
            if values:
                first, second = (("".join(values[name])) for name in columns[one.prefix])
                lists[one.prefix][int(first), second] += sign
    return [*texts.values(), +lists["citations"], +lists["participants"]]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(rounds(8, 200)))
def test_no_update_is_lost_in_any_order_of_loads_and_saves(seed):
    chance = random.Random(seed)
    sources = [SourceFactory() for _each in range(3)]
    actor = ActorFactory()
    event = EventFactory(published=chance.random() < 0.3, actors=[actor])
    page = change_page(event)
    editors = [Editor("first", chance), Editor("second", chance)]
    for step in range(6):
        one = chance.choice(editors)
        if one.data is None or chance.random() < 0.2:
            one.open(page)
        one.type(f"{seed}.{step}", sources, [actor])
        if chance.random() < 0.7 and one.save(page, event):
            one.data = None
