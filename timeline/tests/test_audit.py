"""The record is checked against its own rules, and says how far it goes."""

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from timeline import audit, checks, seeding, statistics
from timeline.choices import Research
from timeline.dates import DateRange, PartialDate
from timeline.models import AgreementLink, Event, EventLink, Source
from timeline.tests.factories import (
    ActorFactory,
    AgreementDateFactory,
    AgreementFactory,
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

pytestmark = pytest.mark.django_db


def errors():
    return [(one.record.slug, one.message) for one in audit.findings() if one.is_error]


def warnings():
    return [(one.record.slug, one.message) for one in audit.findings() if not one.is_error]


def event(slug, date="1934-06-01", **columns):
    when = DateRange.parse(date)
    columns |= {"start": when.start, "end": when.end, "approximate": when.approximate}
    columns.setdefault("title_en", f"Title of {slug}, unlike any other")
    return EventFactory(slug=slug, published=True, **columns)


def test_a_sound_record_has_no_findings():
    event("sound", actors=[ActorFactory()], place=PlaceFactory())

    assert (errors(), warnings()) == ([], [])


def test_the_published_record_keeps_its_own_rules(capsys):
    seeding.load(settings.SEEDS_DIR)

    call_command("check_data")

    assert "0 errors" in capsys.readouterr().out


def test_an_error_fails_the_command():
    EventFactory(published=True, sides=[])

    with pytest.raises(CommandError, match="breaks its own rules"):
        call_command("check_data")


def test_a_published_event_without_a_source_is_an_error():
    event("unsourced", sides=[])

    assert errors() == [("unsourced", "is published without a supporting citation")]


def test_what_lies_outside_the_century_is_marked_as_background():
    event("before", "1890-09-16")
    event("marked", "1889", background=True, title_en="Something else entirely")
    event("wrongly", "1930", background=True)
    event("long", "1920/1930", title_en="A long affair")

    assert errors() == [
        ("before", "lies outside 1924–2025 and is not marked as background"),
        ("wrongly", "is marked as background and lies inside the century"),
    ]


def test_the_preferred_date_is_the_date_of_the_record():
    dispute = DisputeFactory(event=event("disputed", "1924-08-06"))
    CitationFactory(
        claim=ClaimFactory(dispute=dispute, start=PartialDate(1924, 7, 7), preferred=True)
    )
    ClaimFactory(dispute=dispute, start=PartialDate(1924, 8, 6))

    assert errors() == [("disputed", "prefers 1924-07-07 and is dated 1924-08-06")]
    assert warnings() == [("disputed", "claim “1924-08-06” names no source")]


@pytest.mark.parametrize(
    ("signed", "found"),
    [
        ("1930-10-11", []),
        ("1930", []),
        ("1931", [("signing", "treaty was signed on 1931")]),
    ],
)
def test_an_event_agrees_with_the_dates_of_its_agreement(signed, found):
    agreement = AgreementFactory(slug="treaty", published=True)
    CitationFactory(agreement=agreement)
    AgreementDateFactory(agreement=agreement, date=PartialDate.parse(signed))
    signing = event("signing", "1930-10-11")
    AgreementLink.objects.create(event=signing, agreement=agreement, relation="signed")

    assert errors() == found


@pytest.mark.parametrize(
    ("relation", "impossible"),
    [
        ("follows", ["after"]),
        ("commemorates", ["after"]),
        ("leads-to", ["before"]),
        ("part-of", ["before", "after"]),
    ],
)
def test_relations_are_possible_by_their_dates(relation, impossible):
    one = event("one", "1950")
    for target in (event("before", "1940"), event("same", "1950-05"), event("after", "1960")):
        EventLink.objects.create(event=one, target=target, relation=relation)

    assert errors() == [
        ("one", f"{relation} {slug} is impossible by their dates") for slug in impossible
    ]


def test_two_events_of_one_day_and_name_are_taken_for_one():
    event("one", title_en="Foreign ministers meet in Ankara")
    event("other", title_en="Foreign ministers meet at Ankara")
    event("third", "1934-06-02", title_en="Foreign ministers meet in Ankara")

    assert errors() == [("one", "looks like other")]


def test_nothing_stands_unreferenced():
    ActorFactory(slug="nobody")
    SourceFactory(slug="unread")
    PlaceFactory(slug="nowhere")

    assert errors() == [
        ("nobody", "is referred to by nothing"),
        ("unread", "is referred to by nothing"),
        ("nowhere", "is referred to by nothing"),
    ]


@pytest.mark.parametrize("url", ["https://nohost/", "https://a b.org/", "https://[x"])
def test_an_address_that_leads_nowhere_is_an_error(url):
    source = event("one").citations.get().source
    type(source).objects.update(url=url)

    assert errors() == [(source.slug, f"has the address “{url}”")]


@pytest.mark.parametrize(
    ("title", "message"),
    [
        ("Ankara\u2019daki TÃ¼rkiye", "has broken letters in “Ankara’daki TÃ¼rkiye”"),
        ("A vаgue plan", "mixes alphabets in “vаgue”"),
        ("Talks \ufffd", "has broken letters in “Talks \ufffd”"),
    ],
)
def test_broken_letters_and_mixed_alphabets_are_errors(title, message):
    event("one", title_en=title)

    assert errors() == [("one", message)]


def test_an_office_that_ended_before_is_a_warning():
    actor = TenureFactory(actor__slug="kono", end=PartialDate(1920)).actor
    event("late", actors=[actor])

    assert warnings() == [("late", "no office of kono covers the date")]


def test_coverage_tells_what_was_searched_from_what_was_not():
    diplomacy, trade = SectorFactory(), SectorFactory(slug="trade", position=2)
    event("talks", "1941/1942")

    CoverageStatementFactory().sectors.set([diplomacy])
    CoverageStatementFactory(first_year=1941, last_year=1941, research=Research.FULLY)
    rows = {row.year: row for row in statistics.coverage()}

    assert [(cell.sector, cell.count, cell.research) for cell in rows[1941].cells] == [
        (diplomacy, 1, Research.FULLY),
        (trade, 0, Research.FULLY),
    ]
    assert [(cell.count, cell.research, cell.says_nothing) for cell in rows[1942].cells] == [
        (1, Research.PARTLY, False),
        (0, Research.NOT_YET, True),
    ]
    assert (len(rows), rows[1942].total, rows[1943].total) == (102, 1, 0)


def test_the_figures_are_counted():
    event("both", sides=["japan", "turkiye"])
    event("one", "1934-07", sides=["japan"])
    EventFactory(sides=["third"])
    Source.objects.filter(side="turkiye").update(publisher="Another")

    assert statistics.independent() == 1
    assert {side: n for side, n in statistics.attestation().items() if n} == {"both": 1, "japan": 1}
    assert statistics.translations()["events"]["tr"] == {"missing": 2}
    assert "two or more publishers: 1 of 2 (50 %)" in statistics.lines()


def test_a_check_that_is_out_of_step_is_an_error():
    event("checked")
    checks.note(Event.objects.get(), Source.objects.all())
    assert errors() == []

    Event.objects.update(title_en="Other words")

    said = "says wrongly that its check still holds; save it once"
    assert errors() == [("checked", said)]
