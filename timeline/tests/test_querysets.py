"""The questions asked of the data."""

import datetime

import pytest

from timeline.choices import Status
from timeline.dates import DateRange, PartialDate
from timeline.models import Actor, Agreement, AgreementLink, Citation, Event, Source
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

pytestmark = pytest.mark.django_db


def event_dated(text, **columns):
    when = DateRange.parse(text)
    return EventFactory(start=when.start, end=when.end, approximate=when.approximate, **columns)


@pytest.mark.parametrize("model", [EventFactory, ActorFactory, AgreementFactory, SourceFactory])
def test_only_published_records_are_public(model):
    records = {status: model(status=Status.DRAFT) for status in Status}
    published = records[Status.PUBLISHED]
    objects = type(published).objects
    for status, record in records.items():
        columns = {"status": status, "added": datetime.date(2026, 11, 24)}
        if status is Status.MERGED:
            columns["merged_into"] = published
        if status is Status.WITHDRAWN:
            columns["reason"] = "A hoax."
        objects.filter(pk=record.pk).update(**columns)
    ours = objects.filter(pk__in=[record.pk for record in records.values()])

    assert set(ours.published()) == {published}
    assert set(ours.with_address()) == {
        published,
        records[Status.WITHDRAWN],
        records[Status.MERGED],
    }


@pytest.mark.parametrize(
    ("date", "is_found", "is_sure"),
    [
        ("1934", True, False),
        ("1934~", True, False),
        ("1934-06", True, True),
        ("1934-06~", True, False),
        ("1934-06-30", True, True),
        ("1934-07", False, False),
        ("1933", False, False),
        ("1933/1935", True, True),
        ("1933-12-31/1935-01-01", True, True),
        ("1934-05-20/1934-06-01", True, True),
        ("1934-05/1934-06", True, True),
        ("1934/1934-05", False, False),
    ],
)
def test_a_month_finds_what_may_have_happened_in_it_and_says_what_is_doubtful(
    date, is_found, is_sure
):
    event = event_dated(date)
    june = DateRange(PartialDate(1934, 6))

    found = Event.objects.overlapping(june)

    assert list(found) == ([event] if is_found else [])
    assert list(found.perhaps_outside([june])) == ([event] if is_found and not is_sure else [])


def test_february_ends_on_its_last_day():
    event = event_dated("2023-02")

    february = DateRange(PartialDate(2023, 2, 1), PartialDate(2023, 2, 28))
    found = Event.objects.overlapping(february)

    assert list(found) == [event]
    assert list(found.perhaps_outside([february])) == []


def test_of_several_years_one_suffices():
    early, late, vague = event_dated("1934"), event_dated("1936-05"), event_dated("1934/1936")
    event_dated("1935-03")
    years = [DateRange(PartialDate(1934)), DateRange(PartialDate(1936))]

    found = Event.objects.overlapping_any(years).in_order()

    assert list(found) == [early, vague, late]
    assert list(found.perhaps_outside([], years)) == []
    assert list(found.perhaps_outside([DateRange(PartialDate(1935))], years)) == [early, late]


def test_events_stand_in_the_order_of_their_dates_the_exact_before_the_vague():
    dates = ["1934", "1934-01", "1934-01-01", "1933-12-31", "1934-06"]
    events = {date: event_dated(date) for date in dates}
    order = ["1933-12-31", "1934-01-01", "1934-01", "1934", "1934-06"]

    assert list(Event.objects.in_order()) == [events[date] for date in order]
    assert list(Event.objects.in_order(newest_first=True)) == [
        events[date] for date in reversed(order)
    ]


def test_before_and_after_walk_the_whole_order_without_a_gap():
    dates = ["1934", "1934", "1934-01-01", "1933", "1934-06"]
    order = sorted(
        (event_dated(date) for date in dates),
        key=lambda event: (event.start.earliest, event.start.latest, event.slug),
    )
    walked = [Event.objects.in_order().first()]
    while following := Event.objects.after(walked[-1]).first():
        walked.append(following)

    assert walked == order
    assert [Event.objects.before(event).first() for event in order] == [None, *order[:-1]]


@pytest.mark.parametrize(
    ("sides", "attestation"),
    [
        (["japan", "turkiye", "third"], "both"),
        (["japan", "third"], "japan"),
        (["turkiye"], "turkiye"),
        (["third"], "third"),
        ([], ""),
    ],
)
def test_attestation_follows_from_the_sides_of_the_sources(sides, attestation):
    event = EventFactory(sides=sides)

    assert Event.objects.with_attestation().get().attestation == attestation
    assert list(Event.objects.attested_by(["both", "japan", "turkiye", "third"])) == (
        [event] if sides else []
    )


def test_attestation_counts_neither_dispute_nor_draft_source_nor_claim():
    event = EventFactory(sides=["japan"])
    CitationFactory(event=event, source__side="turkiye", stance="disputes")
    CitationFactory(event=event, source__side="turkiye", source__status=Status.DRAFT)
    claim = ClaimFactory(dispute=DisputeFactory(event=event))
    CitationFactory(claim=claim, source__side="turkiye")

    assert Event.objects.with_attestation().get().attestation == "japan"


def test_disputed_events_and_the_others():
    disputed, other = EventFactory(), EventFactory()
    ClaimFactory(dispute=DisputeFactory(event=disputed), preferred=True)
    ClaimFactory(dispute=DisputeFactory(event=other))

    assert list(Event.objects.disputed(True)) == [disputed]
    assert list(Event.objects.disputed(False)) == [other]
    assert set(Event.objects.disputed(True, False)) == {disputed, other}


def test_an_event_is_found_by_each_of_its_sectors_and_once():
    event = EventFactory(sectors=["diplomacy", "trade"])
    EventFactory(sectors=["energy"])
    sectors = [SectorFactory(slug="diplomacy"), SectorFactory(slug="trade")]

    assert list(Event.objects.of_sectors(sectors)) == [event]


def test_an_event_is_found_by_its_actors_agreements_and_sources():
    actor, agreement, source = ActorFactory(), AgreementFactory(), SourceFactory()
    taking_part = EventFactory(actors=[actor])
    touching = EventFactory()
    AgreementLink.objects.create(event=touching, agreement=agreement, relation="signed")
    citing = EventFactory()
    CitationFactory(event=citing, source=source)
    claiming = EventFactory()
    CitationFactory(claim=ClaimFactory(dispute=DisputeFactory(event=claiming)), source=source)

    assert list(Event.objects.with_actors([actor])) == [taking_part]
    assert list(Event.objects.touching([agreement])) == [touching]
    assert set(Event.objects.resting_on([source])) == {citing, claiming}


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("istanbul", True),
        ("İSTANBUL", True),
        ("ISTANBUL", True),
        ("ıstanbul", True),
        ("Constantinople", True),
        ("ertugrul", True),
        ("ERTUĞRUL", True),
        ("cavusoglu", True),
        ("Mevlüt ÇAVUŞOĞLU", True),
        ("国交", True),
        ("交", True),
        ("トルコ", True),
        ("ﾄﾙｺ", True),
        ("Ōtani", True),
        ("otani kozui", True),
        ("relations 国交 istanbul", True),
        ('"diplomatic relations"', True),
        ('"relations diplomatic"', False),
        ("relations lausanne", False),
        ("%", False),
        ("_", False),
        ("", True),
    ],
)
def test_words_are_found_in_every_language_and_in_names(query, is_found):
    EventFactory(
        title_en="Diplomatic relations begin",
        title_tr="Ertuğrul’un anısına tören",
        summary_ja="日本とトルコは国交を樹立した。",
        place=PlaceFactory(name_en="Istanbul", name_tr="İstanbul", aliases="Constantinople"),
        actors=[
            ActorFactory(name_en="Mevlüt Çavuşoğlu"),
            ActorFactory(name_en="Kozui Otani", aliases="Ōtani Kōzui\n大谷光瑞"),
        ],
    )
    Event.objects.refold()

    assert Event.objects.matching(query).exists() is is_found


def test_refolding_writes_only_what_is_behind():
    event = EventFactory(title_en="Old title")
    assert Event.objects.refold() == 1
    Event.objects.filter(pk=event.pk).update(title_en="New title")

    assert (Event.objects.refold(), Event.objects.refold()) == (1, 0)
    assert Event.objects.matching("new title").exists()


def test_actors_count_their_published_events():
    actor = ActorFactory()
    EventFactory(actors=[actor], published=True)
    EventFactory(actors=[actor])

    assert Actor.objects.with_event_count().get().event_count == 1


def test_agreements_stand_by_their_first_date_and_the_undated_last():
    undated, late, early = AgreementFactory(), AgreementFactory(), AgreementFactory()
    AgreementDateFactory(agreement=late, date=PartialDate(1934))
    AgreementDateFactory(agreement=early, date=PartialDate(1930, 10))
    AgreementDateFactory(agreement=early, kind="in-force", date=PartialDate(1940))

    assert list(Agreement.objects.by_first_date()) == [early, late, undated]


def test_a_source_counts_and_lists_only_what_readers_may_see():
    source = SourceFactory()
    shown, hidden = EventFactory(published=True, sides=[]), EventFactory(sides=[])
    agreement = AgreementFactory(published=True)
    public = [
        CitationFactory(source=source, event=shown),
        CitationFactory(source=source, agreement=agreement),
        CitationFactory(source=source, agreement_date=AgreementDateFactory(agreement=agreement)),
        CitationFactory(source=source, tenure=TenureFactory()),
        CitationFactory(source=source, claim=ClaimFactory(dispute=DisputeFactory(event=shown))),
    ]
    CitationFactory(source=source, event=hidden)
    CitationFactory(source=source, tenure=TenureFactory(actor__status=Status.DRAFT))
    CitationFactory(source=source, claim=ClaimFactory(dispute=DisputeFactory(event=hidden)))

    assert list(Citation.objects.for_source_page()) == public
    assert Source.objects.with_statement_count().get().statement_count == len(public)
    assert [citation.record for citation in public[:2]] == [shown, agreement]


def test_the_sources_of_however_many_records_are_fetched_at_once(django_assert_num_queries):
    event = EventFactory()
    sources = Source.objects.bulk_create(
        Source(slug=f"newspaper-{number}", title="A newspaper", kind="press", side="japan")
        for number in range(1500)
    )
    Citation.objects.bulk_create(Citation(event=event, source=source) for source in sources)

    with django_assert_num_queries(2):
        cited = Citation.objects.filter(source__title="A newspaper").order_by("pk")
        found = list(cited.prefetch_related("source"))

    assert [citation.source for citation in found] == sources
