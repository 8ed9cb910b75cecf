"""The one shape in which data leaves: what it says, what it hides, and how it is loaded."""

import datetime

import pytest

from timeline.choices import Status
from timeline.dates import PartialDate
from timeline.models import Actor, Agreement, Event, Sector, Source, Story
from timeline.records import CHUNK, SHAPES, Form, Selection, Vanished
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
    StoryFactory,
    TenureFactory,
)
from timeline.tests.test_pages import full_event

pytestmark = pytest.mark.django_db

ALL = {
    "events": lambda: Event.objects.published().in_order(),
    "actors": lambda: Actor.objects.published().by_name(),
    "agreements": lambda: Agreement.objects.published().by_first_date(),
    "sources": lambda: Source.objects.published().in_order(),
    "stories": lambda: Story.objects.published().in_order(),
    "sectors": lambda: Sector.objects.published(),
}


def given(kind, **form):
    return list(Selection(kind, ALL[kind]()).given(Form("https://example.org/", **form)))


def full_agreement():
    agreement = AgreementFactory(published=True)
    agreement.parties.add(ActorFactory())
    agreement.sectors.add(SectorFactory())
    CitationFactory(agreement_date=AgreementDateFactory(agreement=agreement, place=PlaceFactory()))
    CitationFactory(agreement=agreement)
    ClaimFactory(dispute=DisputeFactory(agreement=agreement), preferred=True)
    EventFactory(published=True).agreement_links.create(agreement=agreement, relation="signed")
    return agreement


@pytest.mark.parametrize("kind", SHAPES)
def test_a_record_has_the_shape_that_is_declared(kind):
    full_event()
    full_agreement()
    TenureFactory(institution=ActorFactory(), start=PartialDate(1930, 4))
    SourceFactory(date=PartialDate(1924, 8), accessed=PartialDate(2026))
    CitationFactory(story_step=StoryFactory(published=True).steps.first())

    records = given(kind)

    assert records
    for record in records:
        SHAPES[kind].model_validate(record)
        assert list(record) == list(SHAPES[kind].model_fields)


def test_an_event_says_everything_about_itself():
    place = PlaceFactory(slug="ankara", name_tr="Ankara", latitude="39.9334", longitude="32.8597")
    event = EventFactory(
        slug="treaty",
        published=True,
        title_en="Treaty signed",
        title_ja="条約調印",
        start=PartialDate(1930, 10),
        end=PartialDate(1931),
        kind="agreement",
        importance="landmark",
        sectors=["trade", "diplomacy"],
        sides=[],
        place=place,
        added=datetime.date(2026, 11, 1),
        changed=datetime.date(2026, 11, 9),
    )
    source = SourceFactory(slug="gazette", title="The Gazette", publisher="", side="turkiye")
    CitationFactory(event=event, source=source, locator="p. 3", part="date")
    actor = ActorFactory(slug="envoy", name_en="An envoy")
    TenureFactory(actor=actor, title_en="Ambassador", title_tr="Büyükelçi", start=PartialDate(1930))
    TenureFactory(actor=actor, title_en="Minister", start=PartialDate(1940))
    event.participants.create(actor=actor, role="signatory")
    agreement = AgreementFactory(slug="pact", published=True)
    event.agreement_links.create(agreement=agreement, relation="signed")
    event.related.create(target=EventFactory(slug="next", published=True), relation="leads-to")
    dispute = DisputeFactory(event=event)
    ClaimFactory(dispute=dispute, start=PartialDate(1930, 10), preferred=True)
    ClaimFactory(dispute=dispute, start=None, value_en="never", value_tr="hiç")

    record = next(one for one in given("events") if one["slug"] == "treaty")

    assert record == {
        "id": event.pk,
        "slug": "treaty",
        "url": f"https://example.org/e/{event.pk}",
        "title": {"en": "Treaty signed", "tr": None, "ja": "条約調印"},
        "summary": {"en": "What happened.", "tr": None, "ja": None},
        "date": {
            "edtf": "1930-10/1931",
            "earliest": "1930-10-01",
            "latest": "1931-12-31",
            "precision": "year",
            "approximate": False,
        },
        "kind": "agreement",
        "sectors": ["trade", "diplomacy"],
        "importance": "landmark",
        "background": False,
        "place": {
            "slug": "ankara",
            "name": {"en": "Ankara", "tr": "Ankara", "ja": None},
            "country": "TR",
            "latitude": 39.9334,
            "longitude": 32.8597,
        },
        "participants": [
            {
                "actor": "envoy",
                "name": {"en": "An envoy", "tr": None, "ja": None},
                "role": "signatory",
                "office": {"en": "Ambassador", "tr": "Büyükelçi", "ja": None},
            }
        ],
        "agreements": [{"agreement": "pact", "relation": "signed"}],
        "related": [{"event": "next", "relation": "leads-to"}],
        "citations": [
            {
                "source": "gazette",
                "title": "The Gazette",
                "publisher": None,
                "url": None,
                "locator": "p. 3",
                "stance": "supports",
                "supports": "date",
                "note": None,
            }
        ],
        "claims": [
            {
                "about": "date",
                "question": {"en": "On which day did it happen?", "tr": None, "ja": None},
                "value": "1930-10",
                "date": {
                    "edtf": "1930-10",
                    "earliest": "1930-10-01",
                    "latest": "1930-10-31",
                    "precision": "month",
                    "approximate": False,
                },
                "words": None,
                "preferred": True,
                "reason": {"en": "The ministry’s own record is preferred.", "tr": None, "ja": None},
                "citations": [],
            },
            {
                "about": "date",
                "question": {"en": "On which day did it happen?", "tr": None, "ja": None},
                "value": "never",
                "date": None,
                "words": {"en": "never", "tr": "hiç", "ja": None},
                "preferred": False,
                "reason": {"en": "The ministry’s own record is preferred.", "tr": None, "ja": None},
                "citations": [],
            },
        ],
        "attestation": "turkiye",
        "disputed": True,
        "translations": {"tr": "missing", "ja": "missing"},
        "published": "2026-11-01",
        "updated": "2026-11-09",
    }


def test_one_language_leaves_the_others_out():
    EventFactory(published=True, title_tr="Görüşme")

    (record,) = given("events", languages=("tr",))

    assert (record["title"], record["summary"]) == ({"tr": "Görüşme"}, {"tr": None})


def test_several_offices_of_a_day_are_one_text_in_each_language_that_names_them_all():
    event = EventFactory(published=True)
    office = TenureFactory(title_en="Minister", title_tr="Bakan", title_ja="大臣")
    TenureFactory(actor=office.actor, title_en="Envoy", title_tr="Elçi")
    event.participants.create(actor=office.actor)

    (record,) = given("events")

    office = record["participants"][0]["office"]
    assert office == {"en": "Minister, Envoy", "tr": "Bakan, Elçi", "ja": None}


def test_nothing_that_is_not_public_leaves_with_a_record():
    event = full_event()
    hidden = {"status": Status.DRAFT}
    event.participants.create(actor=ActorFactory(slug="hidden-actor", **hidden))
    CitationFactory(event=event, source=SourceFactory(slug="hidden-source", **hidden))
    draft = AgreementFactory(slug="hidden-agreement")
    event.agreement_links.create(agreement=draft, relation="signed")
    event.related.create(target=EventFactory(slug="hidden-event"), relation="leads-to")
    DisputeFactory(event=event, question_en="hidden question")
    TenureFactory(
        actor=event.participants.first().actor,
        institution=ActorFactory(slug="hidden-institution", **hidden),
    )
    agreement = full_agreement()
    agreement.parties.add(ActorFactory(slug="hidden-party", **hidden))
    EventFactory(slug="hidden-signing").agreement_links.create(
        agreement=agreement, relation="signed"
    )
    story = StoryFactory(published=True)
    story.steps.first().events.add(EventFactory(slug="hidden-step"))
    CitationFactory(
        story_step=story.steps.first(), source=SourceFactory(slug="hidden-ground", **hidden)
    )
    StoryFactory(slug="hidden-story")
    event.note = "hidden note"
    event.save()

    everything = str([given(kind) for kind in SHAPES])

    assert "hidden" not in everything


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("kind", "make", "questions"),
    [
        ("events", full_event, 12),
        ("actors", lambda: TenureFactory(institution=ActorFactory()), 4),
        ("agreements", full_agreement, 11),
        ("sources", lambda: CitationFactory(event=EventFactory(published=True)), 2),
        ("sectors", lambda: SectorFactory(slug=f"s{Sector.objects.count()}"), 2),
    ],
)
def test_loading_asks_a_fixed_number_of_questions(
    kind, make, questions, number, django_assert_num_queries
):
    for _each in range(number):
        make()

    with django_assert_num_queries(questions):
        given(kind)


def test_each_chunk_asks_the_same_questions_again(django_assert_num_queries):
    for number in range(CHUNK + 1):
        SectorFactory(slug=f"sector-{number}", position=number)

    with django_assert_num_queries(3):
        records = given("sectors")

    assert len(records) == CHUNK + 1


def test_a_selection_keeps_its_order_over_chunks():
    for number in range(CHUNK + 20):
        SectorFactory(slug=f"sector-{number}", position=1000 - number)

    positions = [record["position"] for record in given("sectors")]

    assert positions == sorted(positions)


def test_a_record_withdrawn_meanwhile_is_an_error_and_not_a_gap():
    events = [EventFactory(published=True) for _each in range(2)]
    selection = Selection("events", ALL["events"]())
    events[1].status, events[1].reason = Status.WITHDRAWN, "It did not happen."
    events[1].save()

    with pytest.raises(Vanished):
        list(selection.given(Form("https://example.org")))
