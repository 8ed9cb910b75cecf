"""Two records that are one: what comes together, what leads on, and how it is taken apart."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from timeline import merging, pictures
from timeline.choices import Action, Role, Status
from timeline.models import (
    Actor,
    AgreementLink,
    Citation,
    Event,
    EventLink,
    Participation,
    Place,
    Revision,
    Source,
)
from timeline.pictures import MODELS
from timeline.tests.factories import (
    ActorFactory,
    AgreementDateFactory,
    AgreementFactory,
    CitationFactory,
    ClaimFactory,
    DisputeFactory,
    EventFactory,
    PlaceFactory,
    SourceFactory,
    TenureFactory,
)
from timeline.tests.workbench import address, change_page

pytestmark = pytest.mark.django_db

WHY = "The same thing, entered twice."


def everything():
    """All that the record says, without when it was last corrected."""
    return {
        kind: {
            number: {name: said for name, said in picture.items() if name != "changed"}
            for number, picture in pictures.of_all(kind).items()
        }
        for kind in MODELS
    }


def whole():
    return {kind: pictures.of_all(kind) for kind in MODELS}


def merge_and_undo(given_up, kept, fields=()):
    before = whole()
    merger = merging.merge(given_up, kept, fields, reason=WHY)
    merged = everything()
    merging.undo(merger, reason="They are two.")
    assert whole() == before
    return merged


def test_two_sources_come_together_and_no_citation_is_there_twice(client):
    kept, other = SourceFactory(slug="kept"), SourceFactory(slug="other", author="A. Author")
    both, one = EventFactory(sides=[], published=True), EventFactory(sides=[], published=True)
    CitationFactory(event=both, source=kept, note="")
    CitationFactory(event=both, source=other, note="What it says.")
    CitationFactory(event=one, source=other, locator="p. 3")
    date = AgreementDateFactory(agreement=AgreementFactory())
    CitationFactory(agreement_date=date, source=other)
    tenure = TenureFactory()
    CitationFactory(tenure=tenure, source=other)
    claim = ClaimFactory(dispute=DisputeFactory(event=one), preferred=True)
    CitationFactory(claim=claim, source=other)

    merging.merge(other, kept, ["author"], reason=WHY)

    assert set(Citation.objects.values_list("source__slug", flat=True)) == {"kept"}
    assert list(both.citations.values_list("source__slug", "note")) == [("kept", "What it says.")]
    assert list(one.citations.values_list("source__slug", "locator")) == [("kept", "p. 3")]
    assert Source.objects.get(slug="kept").author == "A. Author"
    other.refresh_from_db()
    assert (other.status, other.merged_into) == (Status.MERGED, kept)
    response = client.get("/en/sources/other/")
    assert (response.status_code, response["Location"]) == (301, "/en/sources/kept/")


def test_two_actors_come_together_with_their_names_offices_and_roles(client):
    kept = ActorFactory(slug="kept", name_en="Mustafa Kemal", name_tr="")
    other = ActorFactory(slug="other", name_en="Kemal Atatürk", name_ja="アタテュルク")
    TenureFactory(actor=other, title_en="President")
    officer = TenureFactory(institution=other).actor
    event = EventFactory(actors=[kept, other], published=True)
    Participation.objects.create(event=event, actor=other, role=Role.HOST)
    agreement = AgreementFactory()
    agreement.parties.set([kept, other])

    merging.merge(other, kept, reason=WHY)

    kept.refresh_from_db()
    assert kept.aliases.splitlines() == ["Kemal Atatürk", "アタテュルク"]
    assert [tenure.title_en for tenure in kept.tenures.all()] == ["President"]
    assert officer.tenures.get().institution == kept
    took_part = event.participants.values_list("actor__slug", "role")
    assert list(took_part) == [("kept", "participant"), ("kept", "host")]
    assert list(agreement.parties.all()) == [kept]
    assert list(Event.objects.matching("アタテュルク")) == [event]
    assert client.get("/en/actors/other/")["Location"] == "/en/actors/kept/"
    assert client.get("/en/?actor=other").context["paginator"].count == 1


def test_two_events_come_together_and_are_not_related_to_themselves():
    kept = EventFactory(published=True, sectors=["diplomacy"], slug="kept")
    other = EventFactory(published=True, sectors=["trade", "culture"], slug="other")
    third = EventFactory(published=True, slug="third")
    for event, target in [(kept, other), (other, third), (third, other), (third, kept)]:
        EventLink.objects.create(event=event, target=target, relation="follows")
    DisputeFactory(event=other)
    ClaimFactory(dispute=other.disputes.get(), preferred=True)

    merging.merge(other, kept, ["date", "title"], reason=WHY)

    links = EventLink.objects.values_list("event__slug", "target__slug")
    assert sorted(links) == [("kept", "third"), ("third", "kept")]
    sectors = kept.sector_links.values_list("sector__slug", "rank")
    assert list(sectors) == [("diplomacy", 1), ("trade", 2), ("culture", 3)]
    assert kept.citations.count() == 2
    assert kept.disputes.count() == 1
    kept.refresh_from_db()
    assert kept.title_en == other.title_en


def test_two_agreements_come_together_with_their_dates(client):
    kept, other = AgreementFactory(slug="kept"), AgreementFactory(slug="other")
    for agreement in (kept, other):
        CitationFactory(agreement_date=AgreementDateFactory(agreement=agreement))
    event = EventFactory()
    AgreementLink.objects.create(event=event, agreement=other, relation="signed")
    AgreementLink.objects.create(event=event, agreement=kept, relation="signed")

    merging.merge(other, kept, reason=WHY)

    assert kept.dates.get().citations.count() == 2
    assert event.agreement_links.get().agreement == kept


def test_two_places_come_together_and_the_old_name_leads_on(client):
    kept = PlaceFactory(slug="istanbul", name_en="Istanbul")
    other = PlaceFactory(slug="constantinople", name_en="Constantinople")
    event = EventFactory(place=other, published=True)
    AgreementDateFactory(place=other)

    merging.merge(other, kept, reason=WHY)

    event.refresh_from_db()
    assert event.place == kept
    assert kept.agreement_dates.count() == 1
    assert list(Place.objects.standing()) == [kept]
    assert list(Event.objects.matching("constantinople")) == [event]
    assert client.get("/en/?place=constantinople").context["paginator"].count == 1


def test_a_chain_of_mergers_leads_to_the_last(client):
    first, second, third = (ActorFactory(slug=slug) for slug in ("a", "b", "c"))

    merging.merge(first, second, reason=WHY)
    merging.merge(second, third, reason=WHY)

    assert client.get("/en/actors/a/")["Location"] == "/en/actors/c/"
    assert client.get("/en/actors/b/")["Location"] == "/en/actors/c/"


@pytest.mark.parametrize("fields", [[], ["title", "summary", "date", "kind", "place", "note"]])
def test_a_merger_of_events_is_undone_to_the_letter(fields):
    kept = EventFactory(published=True, place=PlaceFactory(), actors=[ActorFactory()])
    other = EventFactory(
        published=True, title_tr="Görüşme", note="Seen twice.", actors=[ActorFactory()]
    )
    EventLink.objects.create(event=EventFactory(), target=other, relation="part-of")
    ClaimFactory(dispute=DisputeFactory(event=other), preferred=True)

    merge_and_undo(other, kept, fields)

    assert Event.objects.published().count() == 2


@pytest.mark.parametrize("make", [ActorFactory, SourceFactory, AgreementFactory, PlaceFactory])
def test_a_merger_of_any_kind_is_undone_to_the_letter(make):
    kept, other = make(), make()
    event = EventFactory(published=True)
    CitationFactory(event=event, source=other if make is SourceFactory else SourceFactory())
    TenureFactory(actor=other if make is ActorFactory else ActorFactory())

    merge_and_undo(other, kept)


def test_undoing_is_refused_when_a_record_was_changed_since():
    kept, other = SourceFactory(), SourceFactory()
    event = EventFactory(sides=[])
    CitationFactory(event=event, source=other)
    merger = merging.merge(other, kept, reason=WHY)
    again = merging.merge(EventFactory(), event, reason=WHY)
    before = whole()

    with pytest.raises(ValidationError) as refused:
        merging.undo(merger, reason="They are two.")

    event.refresh_from_db()
    assert refused.value.messages == [
        f"“{event}” was changed since: the merging can no longer be undone."
    ]
    assert whole() == before
    merging.undo(again, reason="They are two.")


def test_history_says_that_records_were_merged_and_taken_apart():
    kept, other = ActorFactory(), ActorFactory()
    merger = merging.merge(other, kept, reason=WHY)

    merging.undo(merger, reason="They are two.")

    for record in (kept, other):
        told = Revision.objects.of("actors", record.pk).values_list("version", "action", "reason")
        assert list(told) == [
            (3, Action.UNMERGED, "They are two."),
            (2, Action.MERGED, WHY),
            (1, Action.FOUND, ""),
        ]


@pytest.mark.parametrize(
    ("pair", "message"),
    [
        (lambda: [ActorFactory()] * 2, "A record cannot be merged into itself."),
        (lambda: [ActorFactory(), SourceFactory()], "Only two records of one kind can be merged."),
        (
            lambda: [ActorFactory(name_en="Public"), ActorFactory(status="draft")],
            "Readers know the address of “Public”, so it can only lead to a public record.",
        ),
    ],
)
def test_what_cannot_be_one_is_refused(pair, message):
    given_up, kept = pair()
    before = whole()

    with pytest.raises(ValidationError) as refused:
        merging.merge(given_up, kept, reason=WHY)

    assert refused.value.messages == [message]
    assert whole() == before


def test_a_source_of_a_public_event_is_not_merged_into_a_draft():
    given_up, kept = SourceFactory(status="draft"), SourceFactory(status="draft")

    merging.merge(given_up, kept, reason=WHY)

    with pytest.raises(ValidationError):
        merging.merge(SourceFactory(), kept, reason=WHY)


def test_a_reason_is_needed():
    with pytest.raises(ValidationError, match="Say why the two are one"):
        merging.merge(ActorFactory(), ActorFactory(), reason=" ")


# In the admin


def test_two_ticked_records_are_looked_at_and_merged(admin_client):
    other, kept = ActorFactory(name_en="Other"), ActorFactory(name_en="Kept")
    chosen = {"action": "merge_two", "_selected_action": [other.pk, kept.pk]}

    preview = admin_client.post(address(Actor, "changelist"), chosen, follow=True)
    nameless = admin_client.post(address(Actor, "merge", other.pk), {"with": kept.pk})
    done = admin_client.post(
        address(Actor, "merge", other.pk),
        {"with": kept.pk, "take": ["name"], "reason": WHY},
        follow=True,
    )

    page = preview.content.decode()
    assert "“Other” goes up in “Kept”." in page
    assert Actor.objects.filter(pk=kept.pk, name_en="Other").exists()
    assert "Say why the two are one." in nameless.content.decode()
    assert "The two records are one." in done.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_neither_one_nor_three_records_are_merged(admin_client, count):
    chosen = [ActorFactory().pk for _each in range(count)]

    response = admin_client.post(
        address(Actor, "changelist"),
        {"action": "merge_two", "_selected_action": chosen},
        follow=True,
    )

    assert "Select two records to merge." in response.content.decode()


@pytest.mark.parametrize(
    ("value", "status"),
    [("", 200), ("0", 200), ("999999", 200), ("x", 404), ("99999999999999999999", 404)],
)
def test_a_record_that_is_not_there_is_no_other(admin_client, value, status):
    actor = ActorFactory()

    response = admin_client.get(address(Actor, "merge", actor.pk), {"with": value})

    assert response.status_code == status


def test_a_merger_is_undone_from_the_form_of_the_record_that_went(admin_client):
    other, kept = ActorFactory(), ActorFactory()
    merging.merge(other, kept, reason=WHY)
    page = address(Actor, "unmerge", other.pk)

    offered = admin_client.get(change_page(other)).content.decode()
    shown = admin_client.get(page).content.decode()
    admin_client.post(page, {"reason": "They are two."})

    assert page in offered
    assert kept.slug in shown
    assert list(Actor.objects.filter(merged_into=None).order_by("pk")) == [other, kept]
    assert admin_client.get(page).status_code == 404


def test_a_merged_record_is_not_offered_to_be_referred_to(admin_client):
    other, kept = ActorFactory(name_en="Twice"), ActorFactory(name_en="Twice")
    merging.merge(other, kept, reason=WHY)

    found = admin_client.get(
        reverse("admin:autocomplete"),
        {
            "app_label": "timeline",
            "model_name": "participation",
            "field_name": "actor",
            "term": "twice",
        },
    )

    assert [one["id"] for one in found.json()["results"]] == [str(kept.pk)]
