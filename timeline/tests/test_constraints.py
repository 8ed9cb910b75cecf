"""What must never be false, the database itself refuses, whatever way it is told."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from timeline.choices import Status
from timeline.dates import PartialDate
from timeline.models import (
    AgreementDate,
    Citation,
    Claim,
    Dispute,
    Event,
    EventLink,
    EventSector,
    Participation,
    Place,
    Source,
    Tenure,
)
from timeline.tests.factories import (
    ActorFactory,
    AgreementFactory,
    CitationFactory,
    ClaimFactory,
    DisputeFactory,
    EventFactory,
    SectorFactory,
    SourceFactory,
    StoryFactory,
    TenureFactory,
)

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 24)


def attempt(action):
    """Whether the database lets the action through."""
    try:
        with transaction.atomic():
            action()
    except IntegrityError:
        return False
    return True


@pytest.mark.parametrize(
    ("start", "end", "is_accepted"),
    [
        ("1931-01-13", "1931-01-18", True),
        ("1931-01-18", "1931-01-13", False),
        ("1931", "1931-03", True),
        ("1932", "1931-12", False),
        ("1924-02-29", "1924-02", True),
        ("1924-03-01", "1924-02", False),
    ],
)
def test_an_event_does_not_start_after_its_end(start, end, is_accepted):
    event = EventFactory()
    dates = {"start": PartialDate.parse(start), "end": PartialDate.parse(end)}

    assert attempt(lambda: Event.objects.filter(pk=event.pk).update(**dates)) is is_accepted


def test_an_office_does_not_start_after_its_end():
    tenure = TenureFactory(start=PartialDate(2017, 8, 3), end=PartialDate(2019))

    def shorten():
        Tenure.objects.filter(pk=tenure.pk).update(end=PartialDate(2016))

    assert not attempt(shorten)


@pytest.mark.parametrize(
    ("changed", "is_accepted"), [("2026-11-23", False), ("2026-11-24", True), ("2026-12-01", True)]
)
def test_a_record_is_not_corrected_before_it_is_public(changed, is_accepted):
    event = EventFactory(published=True, added=TODAY)

    def correct():
        Event.objects.filter(pk=event.pk).update(changed=changed)

    assert attempt(correct) is is_accepted


@pytest.mark.parametrize(
    "model", [EventFactory, AgreementFactory, ActorFactory, SourceFactory, StoryFactory]
)
@pytest.mark.parametrize(
    ("columns", "is_accepted"),
    [
        ({"status": "nonsense"}, False),
        ({"status": Status.WITHDRAWN}, False),
        ({"status": Status.WITHDRAWN, "reason": "A hoax.", "added": TODAY}, True),
        ({"status": Status.WITHDRAWN, "reason": "A hoax."}, False),
        ({"status": Status.PUBLISHED}, False),
        ({"status": Status.MERGED}, False),
        ({"status": Status.IN_REVIEW}, True),
    ],
)
def test_a_status_stands_with_its_reason_and_its_day(model, columns, is_accepted):
    record = model(status=Status.DRAFT)

    def change():
        type(record).objects.filter(pk=record.pk).update(**columns)

    assert attempt(change) is is_accepted


def test_only_a_merged_record_leads_to_another():
    event, other = EventFactory(), EventFactory()
    merged = {"status": Status.MERGED, "merged_into": other}

    assert not attempt(lambda: Event.objects.filter(pk=event.pk).update(merged_into=other))
    assert attempt(lambda: Event.objects.filter(pk=event.pk).update(**merged))


@pytest.mark.parametrize("empty", ["title_en", "summary_en"])
def test_a_published_event_has_english_texts(empty):
    event = EventFactory(published=True)

    assert not attempt(lambda: Event.objects.filter(pk=event.pk).update(**{empty: ""}))


@pytest.mark.parametrize(
    ("model", "column"),
    [
        (EventFactory, "kind"),
        (EventFactory, "importance"),
        (ActorFactory, "kind"),
        (AgreementFactory, "kind"),
        (AgreementFactory, "standing"),
        (SourceFactory, "kind"),
        (SourceFactory, "side"),
        (CitationFactory, "stance"),
        (CitationFactory, "part"),
    ],
)
def test_a_vocabulary_is_closed(model, column):
    record = model(event=EventFactory()) if model is CitationFactory else model()

    def change():
        type(record).objects.filter(pk=record.pk).update(**{column: "nope"})

    assert not attempt(change)


def test_a_citation_has_exactly_one_target():
    event, agreement, source = EventFactory(), AgreementFactory(), SourceFactory()

    def cite(**targets):
        return attempt(lambda: Citation.objects.create(source=source, **targets))

    assert not cite()
    assert not cite(event=event, agreement=agreement)
    assert cite(event=event)
    assert cite(agreement=agreement)


def test_a_source_is_cited_once_for_one_part_and_place():
    event, source = EventFactory(), SourceFactory()
    CitationFactory(event=event, source=source, part="date", locator="¶ 3")

    def cite(**columns):
        return attempt(lambda: CitationFactory(event=event, source=source, **columns))

    assert not cite(part="date", locator="¶ 3")
    assert cite(part="date", locator="¶ 4")
    assert cite(part="place", locator="¶ 3")


def test_a_cited_source_cannot_be_deleted():
    citation = CitationFactory(event=EventFactory())

    with pytest.raises(ProtectedError):
        citation.source.delete()

    assert Source.objects.filter(pk=citation.source.pk).exists()


def test_one_claim_of_a_question_is_preferred():
    dispute = DisputeFactory(event=EventFactory())
    ClaimFactory(dispute=dispute, preferred=True)
    ClaimFactory(dispute=dispute)

    assert not attempt(lambda: ClaimFactory(dispute=dispute, preferred=True))
    assert attempt(lambda: ClaimFactory(dispute=dispute))


@pytest.mark.parametrize(
    ("columns", "is_accepted"),
    [
        ({"start": PartialDate(1924)}, True),
        ({"start": None, "value_en": "346 dead"}, True),
        ({"start": None}, False),
        ({"start": PartialDate(1924), "value_en": "346 dead"}, False),
        ({"start": None, "end": PartialDate(1924), "value_en": "346 dead"}, False),
        ({"start": PartialDate(1925), "end": PartialDate(1924)}, False),
    ],
)
def test_a_claim_is_a_date_or_a_value(columns, is_accepted):
    dispute = DisputeFactory(event=EventFactory())

    assert attempt(lambda: Claim.objects.create(dispute=dispute, **columns)) is is_accepted


def test_a_question_belongs_to_one_record():
    columns = {"about": "date", "question_en": "When?", "reason_en": "Because."}
    event, agreement = EventFactory(), AgreementFactory()

    def ask(**records):
        return attempt(lambda: Dispute.objects.create(**columns, **records))

    assert not ask()
    assert not ask(event=event, agreement=agreement)
    assert ask(agreement=agreement)


def test_an_event_has_at_most_three_sectors_each_once():
    event = EventFactory(sectors=["diplomacy", "trade", "energy"])

    def add(slug, rank):
        sector = SectorFactory(slug=slug)
        return attempt(lambda: EventSector.objects.create(event=event, sector=sector, rank=rank))

    assert not add("culture", 3)
    assert not add("culture", 4)
    event.sector_links.filter(rank=3).delete()
    assert not add("trade", 3)
    assert add("culture", 3)


def test_the_same_thing_is_not_said_twice():
    event, other, actor, agreement = (
        EventFactory(),
        EventFactory(),
        ActorFactory(),
        AgreementFactory(),
    )
    rows = [
        (Participation, {"event": event, "actor": actor, "role": "host"}),
        (EventLink, {"event": event, "target": other, "relation": "follows"}),
        (AgreementDate, {"agreement": agreement, "kind": "signed", "date": PartialDate(1930)}),
    ]

    for model, columns in rows:
        assert attempt(lambda model=model, columns=columns: model.objects.create(**columns))
        assert not attempt(lambda model=model, columns=columns: model.objects.create(**columns))


def test_an_event_is_not_related_to_itself():
    event = EventFactory()

    def relate():
        EventLink.objects.create(event=event, target=event, relation="follows")

    assert not attempt(relate)


def test_a_slug_names_one_record():
    EventFactory(slug="1924-lausanne")

    assert not attempt(lambda: EventFactory(slug="1924-lausanne"))


@pytest.mark.parametrize(
    ("latitude", "longitude", "is_accepted"),
    [(39.93, 32.86, True), (None, None, True), (39.93, None, False), (91, 0, False)],
)
def test_a_place_lies_on_the_globe_or_nowhere(latitude, longitude, is_accepted):
    columns = {"slug": "x", "name_en": "X", "country": "TR"}

    def found():
        Place.objects.create(latitude=latitude, longitude=longitude, **columns)

    assert attempt(found) is is_accepted
