"""Translating: three languages side by side, what changed in the English, and who reviewed."""

import re

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from timeline import seeding, translating
from timeline.models import Event, Revision
from timeline.rewording import pieces
from timeline.tests.factories import ActorFactory, AgreementFactory, EventFactory
from timeline.tests.test_admin import act
from timeline.tests.workbench import account, address, form_of

pytestmark = pytest.mark.django_db


def sheet(record):
    return reverse(f"admin:timeline_{record._meta.model_name}_translate", args=[record.pk])


@pytest.fixture
def event():
    event = EventFactory(
        published=True,
        title_en="Ministers meet in Ankara",
        title_tr="Bakanlar Ankara’da buluşuyor",
        summary_tr="Ne oldu.",
    )
    event.note_translation("tr")
    event.save()
    return event


def sent(client, record, **change):
    """The sheet as it would be sent if nothing but `change` were typed, and what came back."""
    page = client.get(sheet(record))
    form = page.context["sheet"].form
    data = {field.html_name: field.value() or "" for field in form}
    data["change_reason"] = "A better word."
    return client.post(
        sheet(record), data | {"seen": page.context["sheet"].seen} | change, follow=True
    )


def plain(html):
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_pieces_are_both_texts(before, after):
    found = pieces(before, after)

    assert "".join(p.text for p in found if p.kind != "new") == before
    assert "".join(p.text for p in found if p.kind != "gone") == after


def test_the_pieces_are_words():
    assert pieces("They met on 6 August in Ankara.", "They met on 16 August in Ankara.") == [
        ("same", "They met on "),
        ("gone", "6"),
        ("new", "16"),
        ("same", " August in Ankara."),
    ]


@pytest.mark.parametrize("make", [EventFactory, AgreementFactory, ActorFactory])
def test_every_kind_of_record_has_its_sheet(admin_client, make):
    record = make(**{f"{make._meta.model.TRANSLATED[0]}_ja": "訳"})

    page = admin_client.get(sheet(record)).content.decode()

    for field in record.TRANSLATED:
        assert getattr(record, f"{field}_en") in page
        assert f'name="{field}_tr"' in page
    assert ">訳</textarea>" in page.replace("\n", "")


def test_a_translation_is_saved_and_nothing_else(admin_client, event):
    before = Event.objects.values().get()

    page = sent(admin_client, event, title_ja="閣僚会談", summary_ja="会談。")

    after = Event.objects.values().get()
    changed = {name for name in after if after[name] != before[name]}
    assert "The translation was saved." in page.content.decode()
    assert changed == {
        *("title_ja", "summary_ja", "ja_of", "folded"),
        *("changed", "updated", "version"),
    }
    assert list(Event.objects.matching("閣僚")) == [event]
    assert Event.objects.get().translations == {"tr": "unreviewed", "ja": "unreviewed"}


def test_a_sheet_sent_unchanged_changes_nothing(admin_client, event):
    before = Event.objects.values().get()

    sent(admin_client, event)

    assert Event.objects.values().get() == before


def test_a_reviewer_is_named_to_staff_only(client, admin_client, admin_user, event):
    page = sent(admin_client, event, _review_tr="x").content.decode()

    assert Event.objects.get().translations == {"tr": "reviewed", "ja": "missing"}
    assert "reviewed by admin on" in plain(page)
    assert translating.review_of(Event.objects.get(), "tr").by == admin_user
    assert "admin" not in client.get(f"/tr/events/{event.slug}/").content.decode()


def test_what_is_typed_is_what_is_called_right(admin_client, event):
    sent(admin_client, event, title_tr="Bakanlar görüştü", _review_tr="x")

    event = Event.objects.get()
    assert (event.title_tr, event.translation("tr")) == ("Bakanlar görüştü", "reviewed")


def test_a_review_that_changes_no_word_needs_no_reason(admin_client, event):
    sent(admin_client, event, change_reason="", _review_tr="x")

    assert Event.objects.get().translation("tr") == "reviewed"


@pytest.mark.parametrize("button", ["_save", "_review_tr"])
def test_what_readers_see_is_changed_with_a_reason(admin_client, event, button):
    change = {"title_tr": "Bakanlar görüştü", "change_reason": "", button: "x"}

    page = sent(admin_client, event, **change).content.decode()

    assert "This field is required." in page
    assert (Event.objects.get().title_tr, event.translation("tr")) == (
        "Bakanlar Ankara’da buluşuyor",
        "unreviewed",
    )


def test_a_translation_is_a_version_of_the_record(admin_client, admin_user, event):
    sent(admin_client, event, title_ja="閣僚会談", summary_ja="会談。")

    last = Revision.objects.of("events", event.pk)[0]
    assert (last.action, last.by, last.reason) == ("changed", admin_user, "A better word.")
    assert last.entry["title"]["ja"] == "閣僚会談"
    assert last.version == Event.objects.get().version == event.version + 1


def test_a_translation_that_is_missing_is_not_called_right(admin_client, event):
    page = sent(admin_client, event, _review_ja="x").content.decode()

    assert "is not translated." in page
    assert Event.objects.get().translation("ja") == "missing"


def test_the_action_of_the_list_names_the_reviewer_as_well(admin_client, admin_user, event):
    act(admin_client, "review_turkish", event)

    assert translating.review_of(Event.objects.get(), "tr").by == admin_user


def test_a_review_says_nothing_of_a_text_that_was_changed_since(
    admin_client, django_user_model, event
):
    act(admin_client, "review_turkish", event)
    sent(admin_client, event, title_tr="Bakanlar görüştü")
    Event.objects.update(tr_reviewed=True)  # by whatever other way

    assert translating.review_of(Event.objects.get(), "tr") is None


def changes(page):
    """The changes in the English that the sheet shows, by field."""
    return re.findall(r"<(del|ins)>(.*?)</(?:del|ins)>", page.content.decode())


def test_what_changed_in_the_english_since_is_shown(admin_client, event):
    page = address(Event, "change", event.pk)
    for title in ("Ministers meet in Istanbul", "Ministers talk in Istanbul"):
        admin_client.post(page, form_of(admin_client, page) | {"title_en": title})

    shown = admin_client.get(sheet(event))

    assert Event.objects.get().translation("tr") == "stale"
    assert changes(shown) == [
        ("del", "meet"),
        ("ins", "talk"),
        ("del", "Ankara"),
        ("ins", "Istanbul"),
    ]


def test_nothing_is_shown_as_changed_when_the_translation_is_of_the_english(admin_client, event):
    assert changes(admin_client.get(sheet(event))) == []


def test_an_english_text_that_was_not_kept_is_said_to_be_unknown(admin_client, event):
    Event.objects.update(title_en="Changed behind our back")

    page = admin_client.get(sheet(event))

    assert "Of which English text it was made is not known here." in page.content.decode()
    assert changes(page) == []


def test_the_data_files_keep_the_english_that_they_change(admin_client, event, tmp_path):
    seeding.dump(tmp_path)
    (file,) = tmp_path.glob("events-*.yaml")
    file.write_text(file.read_text().replace("meet in Ankara", "meet in Istanbul"))
    seeding.load(tmp_path)

    assert changes(admin_client.get(sheet(event))) == [("del", "Ankara"), ("ins", "Istanbul")]


def test_two_translators_do_not_overwrite_each_other(admin_client, event):
    opened = admin_client.get(sheet(event)).context["sheet"].seen
    sent(admin_client, event, title_tr="Birinci", title_ja="一番")

    stopped = admin_client.post(
        sheet(event),
        {
            **{"seen": opened, "change_reason": "A better word."},
            **{"title_tr": "İkinci", "summary_tr": "Ne oldu.", "title_ja": ""},
        },
    )

    page = stopped.content.decode()
    assert Event.objects.get().title_tr == "Birinci"
    assert "Somebody changed this record after you opened it." in page
    assert ">\nİkinci</textarea>" in page
    assert "The record says now: Birinci" in plain(page)

    data = {"title_tr": "İkinci", "summary_tr": "Ne oldu.", "title_ja": "一番", "summary_ja": ""}
    data |= {"seen": stopped.context["sheet"].seen, "change_reason": "A better word."}
    admin_client.post(sheet(event), data)
    assert (Event.objects.get().title_tr, Event.objects.get().title_ja) == ("İkinci", "一番")


def test_an_english_text_changed_meanwhile_stops_the_sheet_as_well(admin_client, event):
    opened = admin_client.get(sheet(event)).context["sheet"].seen
    Event.objects.update(title_en="Other words")

    admin_client.post(sheet(event), {"seen": opened, "title_tr": "x", "_review_tr": "x"})

    assert Event.objects.get().title_tr == event.title_tr
    assert not Event.objects.get().tr_reviewed


@pytest.mark.parametrize("data", [{}, {"seen": ""}, {"seen": "x" * 10_000}])
def test_a_sheet_that_does_not_say_what_it_was_made_of_is_not_saved(admin_client, event, data):
    before = Event.objects.values().get()

    response = admin_client.post(sheet(event), data | {"title_tr": "x"})

    assert response.status_code == 200
    assert Event.objects.values().get() == before


def test_a_text_too_long_is_named_and_kept(admin_client, event):
    page = sent(admin_client, event, title_ja="訳" * 201).content.decode()

    assert "Ensure this value has at most 200 characters" in page
    assert "訳" * 201 in page
    assert Event.objects.get().title_ja == ""


def test_who_may_not_change_a_record_does_not_translate_it(client, event):
    client.force_login(account("contributor"))

    assert client.get(sheet(event)).status_code == 403
    assert client.post(sheet(event), {"title_tr": "x"}).status_code == 403
    assert client.get(sheet(event).replace(str(event.pk), "999999")).status_code == 404


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("tr=unreviewed", ["Translated"]),
        ("tr=missing", ["Bare"]),
        ("ja=missing", ["Bare", "Translated"]),
        ("tr=unreviewed&ja=missing", ["Translated"]),
        ("tr=stale", []),
        ("tr=nonsense", ["Bare", "Translated"]),
    ],
)
def test_a_list_by_language_and_state(admin_client, question, found):
    EventFactory(title_en="Bare")
    event = EventFactory(title_en="Translated", title_tr="Metin", summary_tr="Metin.")
    event.note_translation("tr")
    event.save()

    page = admin_client.get(f"{address(Event, 'changelist')}?{question}")

    assert sorted(one.title_en for one in page.context["cl"].result_list) == found


def test_the_list_tells_the_state_and_leads_to_the_sheet(admin_client, event):
    page = admin_client.get(address(Event, "changelist")).content.decode()

    assert f'<a href="{sheet(event)}#tr">translated, not yet reviewed</a>' in page
    assert f'<a href="{sheet(event)}#ja">not translated</a>' in page
