"""Curation in the admin: every list and form opens, and nothing published loses its ground."""

import datetime

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils.timezone import localdate

from timeline.models import Agreement, Event, Report
from timeline.models.base import SeededModel
from timeline.tests.factories import (
    ActorFactory,
    AgreementDateFactory,
    CitationFactory,
    ClaimFactory,
    CoverageStatementFactory,
    DisputeFactory,
    EventFactory,
    PlaceFactory,
    ReportFactory,
    SectorFactory,
    SourceFactory,
    StoryFactory,
    TenureFactory,
)
from timeline.tests.workbench import address, change_page, form_of

pytestmark = pytest.mark.django_db

MODELS = [model for model in admin.site._registry if model._meta.app_label == "timeline"]


@pytest.fixture
def records():
    """One record of every kind that has a form."""
    event = EventFactory(published=True, place=PlaceFactory(), actors=[TenureFactory().actor])
    CitationFactory(claim=ClaimFactory(dispute=DisputeFactory(event=event)))
    AgreementDateFactory()
    CoverageStatementFactory()
    ReportFactory(event=event)
    StoryFactory()
    return event


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_list_and_form_opens_and_its_search_works(admin_client, records, model):
    record = model.objects.first()

    for page in [
        address(model, "changelist"),
        address(model, "changelist") + "?q=İstanbul",
        address(model, "change", record.pk),
    ]:
        assert admin_client.get(page).status_code == 200, page
    # What hangs on a record is entered in the form of that record.
    # Reports are entered by readers.
    is_part = model is Report or not issubclass(model, SeededModel)
    assert admin_client.get(address(model, "add")).status_code == (403 if is_part else 200)


def test_every_model_of_the_record_can_be_curated():
    names = {model.__name__ for model in MODELS}

    assert names == {
        *("Actor", "Agreement", "AgreementDate", "Claim", "CoverageStatement", "Dispute"),
        *("Event", "Place", "Report", "Sector", "Source", "Tenure", "Story", "StoryStep"),
    }


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("model", "make", "questions"),
    [
        ("event", lambda: EventFactory(published=True), 7),
        ("actor", lambda: ActorFactory(), 7),
        ("source", lambda: SourceFactory(), 7),
        ("story", lambda: StoryFactory(), 7),
    ],
)
def test_a_change_list_asks_a_fixed_number_of_questions(
    admin_client, model, make, questions, number, django_assert_num_queries
):
    for _each in range(number):
        make()

    with django_assert_num_queries(questions):
        admin_client.get(reverse(f"admin:timeline_{model}_changelist"))


@pytest.mark.parametrize("number", [1, 3])
def test_a_form_asks_a_fixed_number_of_questions(admin_client, number, django_assert_num_queries):
    event = EventFactory(
        place=PlaceFactory(),
        sides=["japan"] * number,
        actors=[ActorFactory() for _each in range(number)],
    )
    page = change_page(event)
    admin_client.get(page)

    with django_assert_num_queries(23):
        admin_client.get(page)


def act(client, action, *records):
    return client.post(
        reverse("admin:timeline_event_changelist"),
        {"action": action, "_selected_action": [record.pk for record in records]},
        follow=True,
    )


def test_a_complete_draft_is_published(admin_client):
    event = EventFactory()

    response = act(admin_client, "publish", event)

    assert "1 record published." in response.content.decode()
    assert Event.objects.published().get() == event


def test_publication_is_dated_once_and_a_correction_each_time(admin_client):
    event, first = EventFactory(), datetime.date(2020, 2, 29)
    form = address(Event, "change", event.pk)
    admin_client.post(form, form_of(admin_client, form) | {"title_en": "Not public yet"})
    act(admin_client, "publish", event)
    on_publication = Event.objects.values_list("added", "changed").get()
    Event.objects.update(added=first)
    admin_client.post(form, form_of(admin_client, form))
    unchanged = Event.objects.values_list("added", "changed").get()

    admin_client.post(form, form_of(admin_client, form) | {"citations-0-locator": "p. 5"})

    assert on_publication == (localdate(), None)
    assert unchanged == (first, None)
    assert Event.objects.values_list("added", "changed").get() == (first, localdate())


def test_publication_is_refused_with_what_is_missing_and_for_all(admin_client):
    complete, incomplete = EventFactory(), EventFactory(sides=[], summary_en="")

    response = act(admin_client, "publish", complete, incomplete)

    page = address(Event, "change", incomplete.pk)
    assert [str(message) for message in response.context["messages"]] == [
        f'“<a href="{page}">{incomplete}</a>” still needs '
        f'<a href="{page}#id_summary_en">an English summary</a>, '
        f'<a href="{page}#citations-group">a supporting citation</a>.'
    ]
    assert not Event.objects.published().exists()


def test_a_question_without_a_preferred_claim_is_not_published(admin_client):
    event = EventFactory()
    ClaimFactory(dispute=DisputeFactory(event=event))

    response = act(admin_client, "publish", event)

    page = address(Event, "change", event.pk)
    assert (
        f'{page}#disputes-group">a preferred claim for each question' in response.content.decode()
    )


def test_a_new_agreement_with_a_citation_and_no_title_is_asked_for_one(admin_client):
    page = address(Agreement, "add")
    typed = {"citations-TOTAL_FORMS": "1", "citations-0-source": str(SourceFactory().pk)}

    response = admin_client.post(page, form_of(admin_client, page, **typed))

    assert response.status_code == 200
    assert response.context["adminform"].form.errors["title_en"] == ["This field is required."]
    assert not Agreement.objects.exists()


def test_nobody_reads_the_keys_of_another_telephone(admin_client):
    assert admin_client.get("/admin/otp_totp/totpdevice/").status_code == 404


@pytest.mark.parametrize("form", ["change", "delete"])
@pytest.mark.parametrize("kind", ["timeline/event", "timeline/claim", "auth/user"])
def test_an_address_that_names_an_empty_field_is_that_of_the_record(
    admin_client, admin_user, form, kind
):
    event = EventFactory()
    claim = ClaimFactory(dispute=DisputeFactory(event=event))
    number = {"timeline/event": event, "timeline/claim": claim, "auth/user": admin_user}[kind].pk
    is_part = kind == "timeline/claim"  # which is deleted in the form of its event

    response = admin_client.get(f"/admin/{kind}/{number}/{form}/?_to_field=")

    assert response.status_code == (403 if form == "delete" and is_part else 200)


def test_someone_who_may_only_look_publishes_nothing(client, django_user_model):
    event = EventFactory()
    viewer = django_user_model.objects.create_user("viewer", is_staff=True)
    client.force_login(viewer)

    assert act(client, "publish", event).status_code == 403
    assert not Event.objects.published().exists()


def test_a_title_is_corrected_and_found_by_its_new_words(admin_client):
    event = EventFactory(published=True, title_en="Old words")
    data = form_of(admin_client, change_page(event)) | {"title_en": "İstanbul conference"}

    response = admin_client.post(address(Event, "change", event.pk), data)

    assert response.status_code == 302
    assert list(Event.objects.matching("istanbul")) == [event]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"title_en": ""}, "This field is required."),
        ({"summary_en": ""}, "A published record has a summary."),
        ({"start": "1924-13"}, "“1924-13” does not exist in the calendar."),
        ({"start": "1935", "end": "1934"}, "The start is after the end."),
        ({"citations-0-DELETE": "on"}, "keeps at least one supporting citation."),
        ({"citations-0-stance": "disputes"}, "keeps at least one supporting citation."),
        ({"sector_links-0-DELETE": "on"}, "keeps at least one of these."),
    ],
)
def test_a_published_event_keeps_what_publication_needs(admin_client, change, message):
    event = EventFactory(published=True)
    before = Event.objects.values().get()

    response = admin_client.post(
        address(Event, "change", event.pk), form_of(admin_client, change_page(event)) | change
    )

    assert response.status_code == 200
    assert message in response.content.decode()
    assert Event.objects.values().get() == before
    assert event.citations.supporting().count() == 1


def test_what_readers_have_seen_keeps_its_slug_and_is_not_deleted(admin_client):
    event = EventFactory(published=True, slug="kept")
    data = form_of(admin_client, change_page(event)) | {"slug": "other"}

    admin_client.post(address(Event, "change", event.pk), data)
    refused = admin_client.post(address(Event, "delete", event.pk), {"post": "yes"})

    assert Event.objects.get().slug == "kept"
    assert refused.status_code == 403


def test_a_name_changed_in_the_admin_finds_its_events(admin_client):
    actor = ActorFactory(name_en="Taro Kono")
    event = EventFactory(actors=[actor])
    page = change_page(actor)

    admin_client.post(page, form_of(admin_client, page, name_ja="河野太郎"))

    assert list(Event.objects.matching("河野")) == [event]


def test_a_question_is_entered_with_exactly_one_preferred_claim(admin_client):
    dispute = DisputeFactory(event=EventFactory())
    page = change_page(dispute)
    dates = {"claims-0-start": "1924-08-06", "claims-1-start": "1924-07-07"}
    data = form_of(admin_client, page, **dates)

    refused = admin_client.post(page, data)
    accepted = admin_client.post(page, data | {"claims-0-preferred": "on"})

    assert "exactly one of them is preferred" in refused.content.decode()
    assert accepted.status_code == 302
    assert [(str(claim.start), claim.preferred) for claim in dispute.claims.all()] == [
        ("1924-08-06", True),
        ("1924-07-07", False),
    ]


def test_a_sector_keeps_its_place_in_the_order(admin_client):
    SectorFactory(slug="trade", position=2)
    SectorFactory(slug="diplomacy", position=1)

    page = admin_client.get(reverse("admin:timeline_sector_changelist")).content.decode()

    assert page.index("Diplomacy") < page.index("Trade")


def test_a_translation_goes_stale_with_the_english_and_fresh_with_its_own_change(admin_client):
    event = EventFactory(title_tr="Toplantı", summary_tr="Ne oldu.")
    page = address(Event, "change", event.pk)

    def save(**change):
        admin_client.post(page, form_of(admin_client, change_page(event)) | change)
        return Event.objects.get().translations

    assert save(title_tr="Görüşme") == {"tr": "unreviewed", "ja": "missing"}
    assert save(title_en="Talks, corrected") == {"tr": "stale", "ja": "missing"}
    assert save(title_tr="Düzeltilmiş görüşme") == {"tr": "unreviewed", "ja": "missing"}


def test_a_translation_is_marked_as_reviewed(admin_client):
    event = EventFactory(title_tr="Toplantı", summary_tr="Ne oldu.")

    refused = act(admin_client, "review_japanese", event)
    done = act(admin_client, "review_turkish", event)

    assert "is not translated." in refused.content.decode()
    assert "1 translation reviewed." in done.content.decode()
    assert Event.objects.get().translations == {"tr": "reviewed", "ja": "missing"}
