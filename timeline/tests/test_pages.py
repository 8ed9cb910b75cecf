"""The public pages: what they show, what they hide, and how many questions they ask."""

import datetime
import html
import re

import pytest
from django.utils.translation import override

from timeline.choices import Status
from timeline.dates import PartialDate
from timeline.models import Actor, AgreementLink, Event, EventLink
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


def words(response):
    """The text of a page as it is read, in one line."""
    main = response.content.decode().split("<main", 1)[1].split("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def listed(response):
    """The slugs of the events in a list, in its order."""
    return re.findall(r'class="event-card" id="e-([^"]+)"', response.content.decode())


def full_event(**columns):
    """A published event that uses everything an event has."""
    event = EventFactory(
        published=True,
        sectors=["diplomacy", "trade"],
        sides=["japan", "turkiye"],
        actors=[TenureFactory().actor, ActorFactory()],
        place=PlaceFactory(),
        **columns,
    )
    claim = ClaimFactory(dispute=DisputeFactory(event=event), preferred=True)
    CitationFactory(claim=claim)
    ClaimFactory(dispute=claim.dispute)
    agreement = AgreementFactory(published=True)
    AgreementDateFactory(agreement=agreement, place=PlaceFactory())
    AgreementLink.objects.create(event=event, agreement=agreement, relation="signed")
    EventLink.objects.create(event=event, target=EventFactory(published=True), relation="leads-to")
    return event


# Lists ask a fixed number of questions, whatever they list.


@pytest.mark.parametrize("number", [1, 3])
def test_the_timeline_asks_a_fixed_number_of_questions(client, number, django_assert_num_queries):
    for _each in range(number):
        full_event()

    with django_assert_num_queries(17):
        response = client.get("/en/?kind=meeting&from=1900")

    assert len(listed(response)) == 2 * number


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("address", "make", "questions"),
    [
        ("actors", lambda: full_event(), 7),
        ("agreements", lambda: AgreementDateFactory(agreement__status="published"), 9),
        ("sources", lambda: CitationFactory(event=EventFactory(published=True)), 7),
    ],
)
def test_a_list_asks_a_fixed_number_of_questions(
    client, address, make, questions, number, django_assert_num_queries
):
    for _each in range(number):
        make()

    with django_assert_num_queries(questions):
        response = client.get(f"/en/{address}/")

    assert response.status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_a_record_page_asks_a_fixed_number_of_questions(client, number, django_assert_num_queries):
    event = full_event()
    for _more in range(number - 1):
        CitationFactory(event=event)
        DisputeFactory(event=event)
        event.participants.create(actor=TenureFactory().actor)

    with django_assert_num_queries(23):
        client.get(event.get_absolute_url())


@pytest.mark.parametrize("number", [1, 3])
def test_an_actor_page_asks_a_fixed_number_of_questions(client, number, django_assert_num_queries):
    actor = ActorFactory()
    for year in range(number):
        TenureFactory(actor=actor, start=PartialDate(1950 + year), institution=ActorFactory())
        full_event().participants.create(actor=actor)

    with django_assert_num_queries(18):
        response = client.get(actor.get_absolute_url())

    assert response.content.decode().count('class="offices__record"') == number


@pytest.mark.parametrize("number", [1, 3])
def test_an_agreement_page_asks_a_fixed_number_of_questions(
    client, number, django_assert_num_queries
):
    agreement = AgreementFactory(published=True)
    for year in range(number):
        date = AgreementDateFactory(
            agreement=agreement, date=PartialDate(1950 + year), place=PlaceFactory()
        )
        CitationFactory(agreement_date=date)
        EventFactory(published=True).agreement_links.create(agreement=agreement, relation="signed")

    with django_assert_num_queries(14):
        client.get(agreement.get_absolute_url())


# The timeline


def test_a_draft_is_on_no_page(client):
    draft = EventFactory(title_en="Hidden talks", actors=[ActorFactory(slug="kono")])
    source = draft.citations.get().source
    Event.objects.refold()
    addresses = ["/en/", "/en/?q=hidden", "/en/actors/", "/en/actors/kono/", "/en/sources/"]
    addresses += [source.get_absolute_url(), "/en/agreements/"]

    for address in addresses:
        assert "Hidden talks" not in client.get(address).content.decode(), address
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert client.get(f"/e/{draft.pk}").status_code == 404


@pytest.fixture
def century():
    """Events of all precisions, by a name for each."""
    return {
        name: EventFactory(
            slug=name,
            published=True,
            start=PartialDate.parse(start),
            sectors=sectors.split(),
            kind=kind,
        )
        for name, start, sectors, kind in [
            ("lausanne", "1924-08-06", "diplomacy", "agreement"),
            ("vague-2018", "2018", "culture", "culture"),
            ("talks-2017", "2017-12-28", "diplomacy energy", "meeting"),
            ("forum-2024", "2024-10", "energy", "conference"),
            ("seminar-2024", "2024-09", "disaster", "conference"),
        ]
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["lausanne", "talks-2017", "vague-2018", "seminar-2024", "forum-2024"]),
        ("year=2024", ["seminar-2024", "forum-2024"]),
        ("sector=energy", ["talks-2017", "forum-2024"]),
        ("sector=energy&sector=disaster", ["talks-2017", "seminar-2024", "forum-2024"]),
        ("sector=energy&year=2024", ["forum-2024"]),
        ("year=1924&year=2017", ["lausanne", "talks-2017"]),
        ("from=2017-12&to=2018-06", ["talks-2017", "vague-2018"]),
        ("from=2018-05", ["vague-2018", "seminar-2024", "forum-2024"]),
        ("to=2017-12-27", ["lausanne"]),
        ("from=2024-09-15&to=2024-09-20", ["seminar-2024"]),
        ("kind=conference&order=newest", ["forum-2024", "seminar-2024"]),
        ("year=1925", []),
        ("year=2024&page=1", ["seminar-2024", "forum-2024"]),
        (
            "unknown=parameter",
            ["lausanne", "talks-2017", "vague-2018", "seminar-2024", "forum-2024"],
        ),
    ],
)
def test_a_question_lists_exactly_what_answers_it(client, century, query, expected):
    response = client.get(f"/en/?{query}")

    assert (response.status_code, listed(response)) == (200, expected)


def test_the_page_says_which_dates_are_too_vague_to_be_sure(client, century):
    assert "1 of these is dated too vaguely" in words(client.get("/en/?from=2018-05"))
    assert "too vaguely" not in words(client.get("/en/?year=2018"))
    assert "too vaguely" not in words(client.get("/en/"))


def test_empty_parameters_leave_the_address(client, century):
    response = client.get("/en/?q=&sector=energy&sector=&from=+&year=2024")

    assert (response.status_code, response["Location"]) == (302, "/en/?sector=energy&year=2024")
    assert client.get("/en/?q=")["Location"] == "/en/"


def test_repeated_values_count_once(client, century):
    assert listed(client.get("/en/?sector=energy&sector=energy&year=2024&year=2024")) == [
        "forum-2024"
    ]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("year=abc", "Year “abc” is not a year. Write it in digits: 1924."),
        ("year=0", "Year “0” is not a year."),
        ("year=10000", "Year “10000” is not a year."),
        ("year=-5", "Year “-5” is not a year."),
        ("year=１９２４", "Year “１９２４” is not a year."),
        ("year=2024&year=abc", "Year “abc” is not a year."),
        ("from=2024-13", "From “2024-13” is not a date. Write a year, a month or a day: 1924,"),
        ("to=2023-02-29", "To “2023-02-29” is not a date."),
        ("from=2024&to=2023", "To The end of the period lies before its start."),
        ("sector=nonsense", "Sector There is no “nonsense” here."),
        ("sector=Energy!", "Sector Enter a valid “slug”"),
        ("actor=nobody", "Actor There is no “nobody” here."),
        ("kind=party", "Kind Select a valid choice. party is not one of the available choices."),
        ("country=ZZ", "Country Select a valid choice."),
        ("attestation=all", "Who attests it Select a valid choice."),
        ("disputed=perhaps", "Disagreement Select a valid choice."),
        ("order=random", "Order Select a valid choice."),
        ("q=" + "x" * 10_000, "Words Ensure this value has at most 200 characters"),
        ("q=%00", "Words Null characters are not allowed."),
        ("actor=a%00", "Actor Enter a valid “slug”"),
        ("year=1%00", "Year Null characters are not allowed."),
    ],
)
def test_a_value_that_cannot_be_read_is_named_and_nothing_is_listed(
    client, century, query, message
):
    response = client.get(f"/en/?{query}")

    assert (response.status_code, listed(response)) == (400, [])
    assert message in words(response)


def test_what_was_typed_wrongly_stays_in_the_form(client):
    page = client.get("/en/?from=2024-13&sector=energy").content.decode()

    assert 'value="2024-13"' in page


@pytest.mark.parametrize("query", ["q=%ED%A0%80", "q=%FF%FE", "q=" + "%25" * 60, "q=国交"])
def test_odd_characters_find_nothing_and_break_nothing(client, century, query):
    response = client.get(f"/en/?{query}")

    assert (response.status_code, listed(response)) == (200, [])


@pytest.mark.parametrize("page", ["0", "-1", "abc", "2", "1000000000", "9" * 5000])
def test_a_page_that_does_not_exist_is_not_found(client, century, page):
    assert client.get(f"/en/?page={page}").status_code == 404


def test_a_long_list_is_cut_into_pages_that_keep_the_question(client):
    for _each in range(51):
        EventFactory(published=True)
    EventFactory(published=True, kind="visit")

    first = client.get("/en/?kind=meeting")
    second = client.get("/en/?kind=meeting&page=2")

    assert (len(listed(first)), len(listed(second))) == (50, 1)
    assert 'href="?kind=meeting&amp;page=2"' in first.content.decode()
    assert "51–51 of 51" in words(second)


def test_an_empty_answer_names_the_ways_out(client, century):
    response = client.get("/en/?year=1925&sector=energy")

    assert "without 1925" in words(response)
    assert "without Energy" in words(response)
    assert 'href="?sector=energy"' in response.content.decode()


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
@pytest.mark.parametrize("address", ["/", "/en/", "/en/actors/", "/healthz", "/e/1"])
def test_pages_are_only_read(client, method, address):
    client.handler.enforce_csrf_checks = True

    assert getattr(client, method)(address).status_code == 405


def test_an_old_name_of_a_merged_actor_still_finds_the_events(client):
    kept, old = ActorFactory(slug="kept"), ActorFactory(slug="old")
    Actor.objects.filter(pk=old.pk).update(status=Status.MERGED, merged_into=kept)
    event = EventFactory(published=True, actors=[kept])

    assert listed(client.get("/en/?actor=old")) == [event.slug]


def test_a_question_without_a_preferred_claim_is_not_shown(client):
    event = EventFactory(published=True)
    ClaimFactory(dispute=DisputeFactory(event=event, question_en="On which day?"))

    assert "On which day?" not in words(client.get(event.get_absolute_url()))
    assert listed(client.get("/en/?disputed=yes")) == []


def test_doubtful_dates_can_be_left_out(client, century):
    page = client.get("/en/?from=2018-05").content.decode()
    certain = client.get("/en/?from=2018-05&dates=certain")

    assert 'href="?from=2018-05&amp;dates=certain"' in page
    assert listed(certain) == ["seminar-2024", "forum-2024"]
    assert "Without doubtful dates" in words(certain)


def test_what_was_searched_for_is_marked(client):
    EventFactory(published=True, title_en="Talks in İstanbul", summary_en="<b>istanbul</b>")
    Event.objects.refold()

    page = client.get("/en/?q=Istanbul").content.decode()

    assert "Talks in <mark>İstanbul</mark>" in page
    assert "&lt;b&gt;<mark>istanbul</mark>&lt;/b&gt;" in page


def test_an_actor_is_chosen_by_typing_a_part_of_the_name(client):
    kono = ActorFactory(name_en="Taro Kono", aliases="河野太郎", slug="kono")
    ActorFactory(name_en="Ichiro Kono", slug="kono-ichiro")
    ActorFactory(name_en="Hidden Kono", slug="hidden", status=Status.DRAFT)
    EventFactory(published=True, actors=[kono])
    Actor.objects.refold()

    one = client.get("/en/?find-actor=河野&sector=diplomacy")
    several = client.get("/en/?find-actor=kono")
    none = client.get("/en/?find-actor=nobody")
    chosen = client.get("/en/?actor=kono")

    assert one["Location"] == "/en/?sector=diplomacy&actor=kono"
    assert re.findall(r'name="actor" value="([^"]+)"', several.content.decode()) == [
        "kono-ichiro",
        "kono",
    ]
    assert "Nothing is called “nobody”." in words(none)
    assert 'name="actor" value="kono" checked' in chosen.content.decode()


@pytest.mark.parametrize("typed", ["%00", "%ED%A0%80", "x" * 5000, "%25", "'\""])
def test_odd_words_in_a_finder_break_nothing(client, typed):
    assert client.get(f"/en/?find-source={typed}", follow=True).status_code == 200


# Counts


def facet_counts(response, name):
    """The counts of one facet, by value."""
    pattern = rf'name="{name}" value="([^"]*)".*?facet__count">(\d+)<'
    found = re.findall(pattern, response.content.decode(), re.DOTALL)
    return {value: int(number) for value, number in found}


def test_a_facet_counts_what_choosing_it_would_find(client, century):
    sectors = facet_counts(client.get("/en/?sector=energy&year=2024"), "sector")
    kinds = facet_counts(client.get("/en/?sector=energy&kind=meeting"), "kind")

    assert sectors == {"culture": 0, "diplomacy": 0, "disaster": 1, "energy": 1}
    assert {kind: number for kind, number in kinds.items() if number} == {
        "meeting": 1,
        "conference": 1,
    }


def test_a_year_of_the_strip_says_what_its_address_lists(client, century):
    page = client.get("/en/?kind=conference").content.decode()

    assert (
        'href="?kind=conference&amp;year=2024" aria-label="2024: 2 records, 2 in this view"' in page
    )
    assert 'aria-label="2018: 1 record"' in page
    assert page.count('class="year-strip__year"') == 102


# One record


def test_an_event_tells_what_when_who_and_on_whose_word(client):
    minister = TenureFactory(
        title_en="Minister for Foreign Affairs",
        start=PartialDate(2017, 8, 3),
        end=PartialDate(2019, 9, 11),
        actor__name_en="Taro Kono",
    ).actor
    TenureFactory(actor=minister, title_en="Minister of Defense", start=PartialDate(2019, 9, 11))
    event = EventFactory(
        published=True,
        title_en="Ministers meet",
        added=datetime.date(2025, 1, 9),
        changed=datetime.date(2026, 3, 1),
        start=PartialDate(2017, 12),
        place=PlaceFactory(name_en="Ankara"),
        actors=[minister],
        sides=[],
    )
    source = SourceFactory(title="Record of the meeting")
    CitationFactory(event=event, source=source, part="date", locator="¶ 2", note="The month.")
    CitationFactory(event=event, source=source, locator="¶ 3")
    CitationFactory(event=event, source__title="Another report")

    text = words(client.get(event.get_absolute_url()))

    assert "December 2017 1 day not known" in text
    assert "What happened. 1 2" in text
    assert "Taro Kono Minister for Foreign Affairs" in text
    assert "Minister of Defense" not in text
    assert "Added 9 January 2025 Corrected 1 March 2026" in text
    assert "Ankara Türkiye" in text
    assert text.count("Record of the meeting") == 1
    assert "¶ 2 The month." in text


def test_disagreeing_sources_stand_side_by_side(client):
    event = EventFactory(published=True)
    dispute = DisputeFactory(event=event, question_en="On which day?", reason_en="It was there.")
    ClaimFactory(dispute=dispute, start=PartialDate(1924, 7, 7))
    kept = ClaimFactory(dispute=dispute, start=PartialDate(1924, 8, 6), preferred=True)
    CitationFactory(claim=kept, source__publisher="Diplomatic Archives")

    text = words(client.get(event.get_absolute_url()))

    assert (
        "On which day? Used in this record 6 August 1924 Diplomatic Archives 2 "
        "Also stated 7 July 1924 Why the first It was there."
    ) in text


def test_one_walks_from_event_to_event(client):
    first, hidden, last = (
        EventFactory(published=number != 1, start=PartialDate(1930 + number), title_en=title)
        for number, title in enumerate(["First", "Hidden", "Last"])
    )

    page = client.get(first.get_absolute_url()).content.decode()

    assert f'rel="next" href="{last.get_absolute_url()}"' in page
    assert 'rel="prev"' not in page
    assert hidden.title_en not in page


def test_one_walks_the_list_one_came_from(client, century):
    page = client.get("/en/?sector=energy&page=1").content.decode()
    assert 'href="/en/events/talks-2017/?sector=energy"' in page

    talks = client.get("/en/events/talks-2017/?sector=energy")
    page = talks.content.decode()

    assert 'rel="next" href="/en/events/forum-2024/?sector=energy"' in page
    assert 'rel="prev"' not in page
    assert 'href="/en/?sector=energy#e-talks-2017"' in page
    assert "Back to the list of 2 records" in words(talks)


def test_a_question_that_cannot_be_read_does_not_hide_a_record(client, century):
    page = client.get("/en/events/talks-2017/?year=abc").content.decode()

    assert f'rel="prev" href="{century["lausanne"].get_absolute_url()}"' in page


def test_related_events_read_from_both_sides(client):
    talks, treaty = EventFactory(published=True), EventFactory(published=True)
    EventLink.objects.create(event=talks, target=treaty, relation="leads-to")

    assert f"{treaty.title_en} leads to" in words(client.get(talks.get_absolute_url()))
    assert f"{talks.title_en} led to this" in words(client.get(treaty.get_absolute_url()))


def test_an_agreement_keeps_its_dates_apart(client):
    agreement = AgreementFactory(published=True, title_en="Treaty of commerce")
    AgreementDateFactory(agreement=agreement, place=PlaceFactory(name_en="Ankara"))
    in_force = AgreementDateFactory(agreement=agreement, kind="in-force", date=PartialDate(1934))
    CitationFactory(agreement_date=in_force, source__title="Archive note")
    EventFactory(published=True, title_en="Treaty signed").agreement_links.create(
        agreement=agreement, relation="signed"
    )

    text = words(client.get(agreement.get_absolute_url()))

    assert "Signed 11 October 1930 Ankara Entered into force 1934 1 month and day not known" in text
    assert "Treaty signed Signed" in text
    assert "Archive note" in text
    assert "11 October 1930 Signed" in words(client.get("/en/agreements/"))


def test_an_actor_shows_names_offices_and_events(client):
    actor = ActorFactory(
        name_en="Kozui Otani", name_ja="大谷光瑞", aliases="Ōtani Kōzui", slug="otani"
    )
    tenure = TenureFactory(actor=actor, title_en="Abbot", start=PartialDate(1903))
    CitationFactory(tenure=tenure, source__title="A life")
    EventFactory(published=True, title_en="A farm is founded", actors=[actor])

    response = client.get("/en/actors/otani/")

    text = words(response)
    assert '<span lang="ja">大谷光瑞</span>' in response.content.decode()
    assert "Found as Ōtani Kōzui" in text
    assert "from 1903 Abbot 1" in text
    assert "A farm is founded" in text


def test_offices_stand_over_the_records(client):
    actor = ActorFactory(name_en="Turgut Özal")
    TenureFactory(
        actor=actor,
        title_en="Prime Minister",
        start=PartialDate(1983, 12, 13),
        end=PartialDate(1989, 10, 31),
    )
    TenureFactory(actor=actor, title_en="Party leader")
    event = EventFactory(
        published=True,
        title_en="Airlift",
        start=PartialDate(1985, 3, 19),
        importance="landmark",
        actors=[actor],
    )

    page = client.get(actor.get_absolute_url()).content.decode()
    record = re.search(r"<a class=\"offices__record\".*?</a>", page, re.DOTALL)[0]

    assert re.findall(r'office__name"[^>]*>([^<]+)<', page) == ["Prime Minister"]
    assert f'href="#e-{event.slug}" data-landmark>' in record
    assert "<title>19 March 1985: Airlift</title>" in record
    assert "#bead-japan" in record
    assert f'id="e-{event.slug}"' in page


def test_offices_without_dates_are_only_listed(client):
    actor = TenureFactory(title_en="Party leader").actor
    EventFactory(published=True, actors=[actor])

    page = client.get(actor.get_absolute_url()).content.decode()

    assert "Party leader" in page
    assert 'class="offices"' not in page


@pytest.mark.parametrize("language", ["en", "tr", "ja"])
def test_a_picture_is_measured_alike_in_every_language(client, language):
    tenure = TenureFactory(start=PartialDate(1983, 12, 13), end=PartialDate(1989, 10, 31))

    with override(language):
        page = client.get(tenure.actor.get_absolute_url()).content.decode()

    assert re.findall(r'<rect x="([^"]+)"[^>]*width="([^"]+)"', page) == [("13.53%", "84.08%")]


def test_an_agreement_shows_the_time_between_its_dates_and_what_they_place(client):
    agreement = AgreementFactory(published=True, standing="in-force")
    for kind, date in [
        ("signed", PartialDate(1930, 10, 11)),
        ("ratified", PartialDate(1930, 10, 11)),
        ("ratifications-exchanged", PartialDate(1934, 3, 20)),
        ("in-force", PartialDate(1934, 3, 25)),
        ("amended", PartialDate(1940)),
    ]:
        AgreementDateFactory(agreement=agreement, kind=kind, date=date)
    for relation, date in [
        ("signed", PartialDate(1931)),
        ("ratified", PartialDate(1934, 3)),
        ("negotiated", PartialDate(1930, 10, 11)),
    ]:
        event = EventFactory(published=True, start=date)
        event.agreement_links.create(agreement=agreement, relation=relation)

    response = client.get(agreement.get_absolute_url())
    page = response.content.decode()

    assert re.findall(r'track__gap">([^<]+)<', page) == ["same day", "3 years 5 months", "5 days"]
    assert re.findall(r'data-places>.*?track__name">([^<]+)<', page, re.DOTALL) == [
        "Ratifications exchanged"
    ]
    assert words(response).count("This date places an event in the timeline") == 1
    assert "Outlined: signed, not yet in force. Solid: in force. In force" in words(response)


def test_an_agreement_that_has_not_begun_has_no_picture(client):
    agreement = AgreementFactory(published=True, standing="under-negotiation")

    assert 'class="century"' not in client.get(agreement.get_absolute_url()).content.decode()


def test_a_source_lists_everything_that_rests_on_it(client):
    source = SourceFactory(title="Op-ed")
    event = EventFactory(published=True, title_en="A forum", sides=[])
    CitationFactory(source=source, event=event, locator="¶ 14", note="The month.")
    CitationFactory(
        source=source, tenure=TenureFactory(title_en="Minister", actor__name_en="Bayraktar")
    )

    text = words(client.get(source.get_absolute_url()))

    assert "2 statements rest on it" in text
    assert "¶ 14 A forum summary · The month." in text
    assert "Bayraktar an office: Minister" in text


def test_text_in_another_language_is_marked(client):
    event = EventFactory(published=True, title_en="Talks", title_tr="Görüşmeler")

    turkish = client.get(f"/tr/events/{event.slug}/").content.decode()

    assert "Görüşmeler</h1>" in turkish.replace("\n", "")
    assert '<span lang="en">What happened.</span>' in turkish
    japanese = client.get(f"/ja/events/{event.slug}/").content.decode()
    assert '<h1 class="record__title"><span lang="en">Talks</span>' in japanese


# Addresses that never die


def test_the_front_door_speaks_the_readers_language(client):
    response = client.get("/", headers={"accept-language": "ja,en;q=0.5"})

    assert (response.status_code, response["Location"]) == (302, "/ja/")
    assert "Accept-Language" in response["Vary"]
    assert client.get("/", headers={"accept-language": "de"})["Location"] == "/en/"


def test_short_addresses_lead_to_the_page(client):
    event, actor = EventFactory(published=True), ActorFactory()
    agreement, source = AgreementFactory(published=True), SourceFactory()

    for letter, record in zip("epts", (event, actor, agreement, source), strict=True):
        response = client.get(f"/{letter}/{record.pk}", headers={"accept-language": "tr"})
        expected = record.get_absolute_url().replace("/en/", "/tr/")
        assert (response.status_code, response["Location"]) == (302, expected)


@pytest.mark.parametrize("number", ["0", "999999999", "9999999999999999999999", "01", "x"])
def test_a_short_address_of_nothing_is_not_found(client, number):
    assert client.get(f"/e/{number}").status_code == 404


def test_a_withdrawn_record_says_why(client):
    event = EventFactory(published=True)
    Event.objects.filter(pk=event.pk).update(status=Status.WITHDRAWN, reason="It was a hoax.")

    response = client.get(event.get_absolute_url())

    assert response.status_code == 410
    assert "It was a hoax." in words(response)
    assert client.get(f"/e/{event.pk}")["Location"] == event.get_absolute_url()


def test_a_merged_record_leads_to_the_other(client):
    event, other = EventFactory(), EventFactory(published=True)
    Event.objects.filter(pk=event.pk).update(status=Status.MERGED, merged_into=other)

    response = client.get(event.get_absolute_url())

    assert (response.status_code, response["Location"]) == (301, other.get_absolute_url())


@pytest.mark.parametrize(
    "address",
    ["/en/events/nothing/", "/en/actors/nobody/", "/xx/", "/en/events/a%00b/", "/en/nowhere"],
)
def test_an_unknown_address_is_not_found(client, address):
    response = client.get(address)

    assert response.status_code == 404
    assert "Nothing stands at this address" in words(response)


def test_the_list_of_events_is_the_timeline(client):
    assert client.get("/en/events/?year=2024")["Location"] == "/en/?year=2024"


def test_the_process_and_the_database_answer(client):
    assert client.get("/healthz").content == b"ok\n"
    assert client.get("/readyz").content == b"ok\n"


def test_switching_language_keeps_page_and_question(client):
    page = client.get("/en/?year=2024").content.decode()

    assert 'href="/tr/?year=2024" lang="tr"' in page


def test_a_sector_without_records_counts_none(client):
    SectorFactory(slug="health")

    assert facet_counts(client.get("/en/"), "sector") == {"health": 0}


# About the record


def test_the_page_says_how_far_a_record_is_translated(client):
    event = EventFactory(published=True, title_tr="Toplantı", summary_tr="Ne oldu.")
    event.note_translation("tr")
    event.save()

    text = words(client.get(event.get_absolute_url()))

    assert "Türkçe translated, not yet reviewed 日本語 not translated" in text


def test_coverage_shows_a_nought_only_where_somebody_looked(client):
    statement = CoverageStatementFactory(first_year=1941, last_year=1942, research="fully")
    statement.sectors.set([SectorFactory()])
    EventFactory(published=True, start=PartialDate(1942), sectors=["diplomacy"])

    page = client.get("/en/coverage/").content.decode()
    rows = dict(re.findall(r'scope="row">(\d+)</th>(.*?)</tr>', page, re.DOTALL))

    assert ">0<" in rows["1941"]
    assert "not yet researched" not in rows["1941"]
    assert 'href="/en/?sector=diplomacy&amp;year=1942">1<' in rows["1942"]
    assert "not yet researched" in rows["1943"]
    assert "The editors, 24 November 2026" in words(client.get("/en/coverage/"))


@pytest.mark.parametrize("number", [1, 3])
def test_the_coverage_page_asks_a_fixed_number_of_questions(
    client, number, django_assert_num_queries
):
    for _each in range(number):
        EventFactory(published=True)
        CoverageStatementFactory()

    with django_assert_num_queries(20):
        client.get("/en/coverage/")


def test_the_about_page_leads_to_the_coverage(client):
    page = client.get("/en/about/").content.decode()

    assert 'href="/en/coverage/">The coverage page</a>' in page
