"""Entering records: dates read as written, doubles shown, offices, choosing, the next record."""

import json

import pytest
from django.contrib import admin
from django.db.models import ForeignKey, ManyToManyField
from django.urls import reverse

from timeline.dates import DateRange, PartialDate
from timeline.likeness import like_actor, like_event, like_source
from timeline.models import Actor, Event, Source, Tenure
from timeline.tests.factories import (
    ActorFactory,
    EventFactory,
    PlaceFactory,
    SectorFactory,
    SourceFactory,
    TenureFactory,
)
from timeline.tests.workbench import account, change_page, form_of

pytestmark = pytest.mark.django_db

ADD = reverse("admin:timeline_event_add")


def rows(prefix, *given, initial=0):
    """The rows of an inline as a form sends them."""
    sent = {f"{prefix}-TOTAL_FORMS": len(given), f"{prefix}-INITIAL_FORMS": initial}
    for number, row in enumerate(given):
        sent |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return sent


def event_form(**said):
    """A new event as its form sends it."""
    form = {
        "title_en": "Foreign ministers meet in Ankara",
        "slug": "ministers-meet",
        "start": "1934-06-01",
        "kind": "meeting",
        "importance": "standard",
    }
    for prefix in ("sector_links", "citations", "participants", "agreement_links", "related"):
        form |= rows(prefix)
    return form | rows("disputes") | said


@pytest.mark.parametrize(
    ("typed", "date", "approximate"),
    [
        ({"start": "6 Ağustos 1924"}, "1924-08-06", False),
        ({"start": "1924年8月"}, "1924-08", False),
        ({"start": "c. 1927"}, "1927~", True),
        ({"start": "1927", "approximate": "on"}, "1927~", True),
        ({"start": "13 Jan 1931", "end": "18.1.1931"}, "1931-01-13/1931-01-18", False),
        ({"start": "1927", "end": "c. 1930"}, "1927~/1930~", True),
    ],
)
def test_an_event_takes_a_date_as_it_is_written(admin_client, typed, date, approximate):
    response = admin_client.post(ADD, event_form(**typed))

    assert response.status_code == 302
    event = Event.objects.get()
    assert (str(event.when), event.approximate) == (date, approximate)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("8/6/1924", "could be read in two ways"),
        ("soon", "“soon” is not read as a date. What is read: 1924, 1924-08,"),
        ("31.2.1924", "“31.2.1924” does not exist in the calendar."),
        ("昭和70年", "“昭和70年” lies outside that era."),
        ("<b>1924</b>", "“&lt;b&gt;1924&lt;/b&gt;” is not read as a date."),
    ],
)
def test_an_unreadable_date_is_refused_and_stays_in_its_field(admin_client, text, message):
    response = admin_client.post(ADD, event_form(start=text))

    page = response.content.decode()
    assert response.status_code == 200
    assert message in page
    assert response.context["adminform"].form["start"].value() == text
    assert not Event.objects.exists()


def test_a_date_that_cannot_be_approximate_says_so(admin_client):
    form = {"title": "A report", "slug": "report", "language": "en", "kind": "official"}
    page = reverse("admin:timeline_source_add")

    response = admin_client.post(page, form | {"side": "japan", "date": "c. 1927"})

    assert "This date cannot be called approximate" in response.content.decode()
    assert not Source.objects.exists()


def test_calling_an_offices_date_approximate_is_refused_in_its_row(admin_client):
    actor = ActorFactory(kind="person")
    page = change_page(actor)
    form = form_of(admin_client, page)
    form |= rows("tenures", {"title_en": "Envoy", "start": "c. 1925", "actor": actor.pk})

    refused = admin_client.post(page, form)
    accepted = admin_client.post(page, form | {"tenures-0-start": "大正14年"})

    assert "This date cannot be called approximate" in refused.content.decode()
    assert accepted.status_code == 302
    assert str(Tenure.objects.get().start) == "1925"


def test_a_saved_date_is_shown_back_in_words_and_as_edtf(admin_client):
    event = EventFactory(start=PartialDate(1924, 8, 6))
    page = reverse("admin:timeline_event_change", args=[event.pk])

    assert "6 August 1924 <code>1924-08-06</code>" in admin_client.get(page).content.decode()
    turkish = admin_client.get(page, headers={"accept-language": "tr"}).content.decode()
    assert "6 Ağustos 1924 <code>1924-08-06</code>" in turkish


def test_what_is_typed_is_read_back_by_the_same_reader(admin_client):
    def said(text):
        return admin_client.get(reverse("entering:date"), {"text": text}).json()

    assert said("c. August 1924") == {"words": "c. August 1924", "edtf": "1924-08~"}
    assert said("大正13年8月6日") == {"words": "6 August 1924", "edtf": "1924-08-06"}
    assert said(" ") == {}
    assert said("1924-02-30") == {"error": "“1924-02-30” does not exist in the calendar."}


@pytest.mark.parametrize("name", ["date", "office", "paste", "spreadsheets"])
def test_the_addresses_for_entering_are_for_staff(client, django_user_model, name):
    address = reverse(f"entering:{name}")
    client.force_login(django_user_model.objects.create_user("reader"))

    response = client.get(address)

    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/")

    client.force_login(account(None, "clerk"))
    assert client.get(address).status_code == 403
    client.force_login(account("contributor"))
    assert client.get(address).status_code == 200


# What is there already


MINISTERS = "Foreign ministers meet in Ankara"


def test_a_new_event_like_another_near_its_date_is_shown_first_and_keeps_what_was_typed(
    admin_client,
):
    there = EventFactory(title_en="Ministers meet in Ankara", start=PartialDate(1934, 6, 4))
    typed = event_form(summary_en="What they said.")

    warned = admin_client.post(ADD, typed)
    another = admin_client.post(ADD, typed | {"another": f"{there.pk} "})

    page = warned.content.decode()
    assert warned.status_code == 200
    assert "Nothing has been saved yet." in page
    assert f'<a href="/admin/timeline/event/{there.pk}/change/" target="_blank">' in page
    assert "What they said." in page
    assert another.status_code == 302
    assert Event.objects.count() == 2


def test_a_confirmation_counts_for_what_was_shown_only(admin_client):
    shown = EventFactory(title_en=MINISTERS, start=PartialDate(1934, 6, 1))
    typed = event_form(another=str(shown.pk))
    EventFactory(title_en=MINISTERS, start=PartialDate(1934, 6, 2))

    assert admin_client.post(ADD, typed).status_code == 200
    assert Event.objects.count() == 2


def test_an_event_that_is_there_is_saved_without_a_warning(admin_client):
    EventFactory(title_en=MINISTERS, start=PartialDate(1934, 6, 1))
    event = EventFactory(title_en=MINISTERS, slug="ministers-meet", start=PartialDate(1934, 6, 1))
    page = change_page(event)

    response = admin_client.post(page, form_of(admin_client, page, title_en="Ministers meet"))

    assert response.status_code == 302


@pytest.mark.parametrize(
    ("title", "start", "is_found"),
    [
        ("Foreign ministers meet in Ankara", "1934-06-01", True),
        ("FOREIGN MİNİSTERS meet", "1934-06-11", True),
        ("Foreign ministers meet in Ankara", "1934-06-12", False),
        ("Foreign ministers meet in Ankara", "1934-06", True),
        ("Foreign ministers meet in Ankara", "1934", True),
        ("Foreign ministers meet in Ankara", "1935", False),
        ("A bridge is opened", "1934-06-01", False),
        ("Japan and Turkey", "1934-06-01", False),
    ],
)
def test_events_are_alike_by_half_the_telling_words_near_the_date(title, start, is_found):
    event = EventFactory(title_en=MINISTERS, start=PartialDate(1934, 6, 1))

    found = like_event(title, DateRange(PartialDate.parse(start)))

    assert found == ([event] if is_found else [])


def test_events_of_the_same_people_and_sector_within_days_are_alike():
    envoy, sector = ActorFactory(), SectorFactory(slug="trade")
    day = DateRange(PartialDate(1934, 6, 3))
    event = EventFactory(title_en="A talk", sectors=["trade"], actors=[envoy])

    assert like_event("Dinner given", day, [envoy.pk], [sector.pk]) == [event]
    assert like_event("Dinner given", day, [envoy.pk], []) == []
    assert like_event("Dinner given", DateRange(PartialDate(1934)), [envoy.pk], [sector.pk]) == []


def test_merged_and_withdrawn_events_are_no_doubles():
    EventFactory(title_en=MINISTERS, status="withdrawn", reason="A hoax.")

    assert like_event(MINISTERS, DateRange(PartialDate(1934, 6, 1))) == []


@pytest.mark.parametrize("year", [1, 9999])
def test_the_ends_of_the_calendar_have_days_around_them_too(year):
    assert like_event(MINISTERS, DateRange(PartialDate(year))) == []


@pytest.mark.parametrize(
    ("names", "is_found"),
    [
        (["KÔNO Taro"], True),
        (["河野太郎"], True),
        (["Taro"], False),
        (["", "  "], False),
    ],
)
def test_actors_are_alike_by_a_whole_name_or_spelling(names, is_found):
    actor = ActorFactory(name_en="Taro Kono", name_ja="河野太郎", aliases="Kōno Tarō\nKono Taro")
    Actor.objects.refold()

    assert like_actor(names) == ([actor] if is_found else [])


@pytest.mark.parametrize(
    ("urls", "title", "publisher", "is_found"),
    [
        (["http://example.org/a"], "x", "", True),
        (["https://example.org/a/#top"], "x", "", True),
        (["https://example.org/copy"], "x", "", True),
        (["https://example.org/"], "x", "", False),
        ([""], "REPORT on trade", "the ministry", True),
        ([""], "Report on trade", "", False),
        ([], "", "", False),
    ],
)
def test_sources_are_alike_by_address_or_by_title_and_publisher(urls, title, publisher, is_found):
    source = SourceFactory(
        title="Report on trade",
        publisher="The Ministry",
        url="https://example.org/a",
        copy_url="https://example.org/copy",
    )
    Source.objects.refold()

    assert like_source(urls, title, publisher) == ([source] if is_found else [])


def test_new_actors_and_sources_are_shown_their_doubles_too(admin_client):
    ActorFactory(name_en="Taro Kono")
    SourceFactory(title="A report", publisher="A ministry")
    for model in (Actor, Source):
        model.objects.refold()
    actor = {"name_en": "Taro KONO", "slug": "kono", "kind": "person"} | rows("tenures")
    source = {"title": "A Report", "publisher": "a ministry", "slug": "r", "language": "en"}

    pages = [
        admin_client.post(reverse("admin:timeline_actor_add"), actor),
        admin_client.post(
            reverse("admin:timeline_source_add"), source | {"kind": "official", "side": "japan"}
        ),
    ]

    assert all("Nothing has been saved yet." in page.content.decode() for page in pages)
    assert (Actor.objects.count(), Source.objects.count()) == (1, 1)


# Offices


def office(client, **asked):
    return client.get(reverse("entering:office"), asked).json()


def test_the_office_on_the_day_is_told_while_one_enters(admin_client):
    envoy = TenureFactory(
        title_en="Ambassador", start=PartialDate(1925), end=PartialDate(1928)
    ).actor
    unknown = ActorFactory(kind="person")
    state = ActorFactory(kind="state")

    assert office(admin_client, actor=envoy.pk, start="6 Aug 1926") == {"office": "Ambassador"}
    assert office(admin_client, actor=envoy.pk, start="c. 1930") == {
        "office": "No office covers this date"
    }
    assert office(admin_client, actor=unknown.pk, start="1926") == {
        "office": "No office is entered"
    }
    assert office(admin_client, actor=state.pk, start="1926") == {"office": ""}


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"actor": "1"},
        {"actor": "x", "start": "1924"},
        {"actor": "9" * 40, "start": "1924"},
        {"actor": "999999", "start": "1924"},
        {"actor": "1", "start": "soon"},
        {"actor": "1", "start": "1930", "end": "1920"},
        {"actor": "1", "start": "\x00"},
    ],
)
def test_a_question_that_makes_no_sense_is_answered_with_nothing(admin_client, asked):
    assert office(admin_client, **asked) == {}


def test_the_form_of_an_event_shows_the_offices_with_a_fixed_number_of_questions(
    admin_client, django_assert_num_queries
):
    def page(number):
        people = [TenureFactory(title_en=f"Envoy {n}").actor for n in range(number)]
        event = EventFactory(actors=people)
        return reverse("admin:timeline_event_change", args=[event.pk])

    one, three = page(1), page(3)
    admin_client.get(one)
    with django_assert_num_queries(22):
        admin_client.get(one)
    with django_assert_num_queries(22):
        shown = admin_client.get(three).content.decode()

    assert [f"Envoy {n}</output>" in shown for n in range(3)] == [True] * 3


def test_the_office_is_shown_before_an_event_is_saved(admin_client):
    envoy = TenureFactory(title_en="Ambassador", start=PartialDate(1930)).actor
    form = event_form(kind="") | rows("participants", {"actor": envoy.pk, "role": "guest"})

    response = admin_client.post(ADD, form)

    assert "Ambassador</output>" in response.content.decode()
    assert not Event.objects.exists()


def test_dates_in_the_wrong_order_have_no_office(admin_client):
    envoy = TenureFactory(title_en="Ambassador").actor
    form = event_form(end="1920") | rows("participants", {"actor": envoy.pk, "role": "guest"})

    page = admin_client.post(ADD, form).content.decode()

    assert "The start is after the end." in page
    assert "Ambassador</output>" not in page


# Choosing


def offered(client, term, model="participation", field="actor"):
    asked = {"app_label": "timeline", "model_name": model, "field_name": field, "term": term}
    results = client.get(reverse("admin:autocomplete"), asked).json()["results"]
    return [result["text"] for result in results]


def test_two_of_the_same_name_are_told_apart_and_drafts_are_offered(admin_client):
    ActorFactory(name_en="Kono", slug="kono-1", country="JP")
    ActorFactory(name_en="Kono", slug="kono-2", country="", kind="company", status="draft")
    ActorFactory(name_en="Kono", slug="kono-3", status="withdrawn", reason="A hoax.")
    Actor.objects.refold()

    assert offered(admin_client, "kôno") == [
        "Kono · Person · JP · kono-1",
        "Kono · Company · kono-2 · draft",
    ]


def test_events_are_offered_with_their_dates(admin_client):
    EventFactory(title_en="Treaty", slug="treaty", start=PartialDate(1930, 10), published=True)
    Event.objects.refold()

    assert offered(admin_client, "treaty", "eventlink", "target") == [
        "Treaty (1930-10) · Meeting · treaty"
    ]


@pytest.mark.parametrize("term", ["kono\x00", "%", "_", "“", "k" * 5000])
def test_any_words_can_be_searched_for(admin_client, term):
    ActorFactory(name_en="Kono", slug="kono", country="")
    Actor.objects.refold()

    assert offered(admin_client, term) == (["Kono · Person · kono"] if "kono" in term else [])


@pytest.mark.parametrize("term", ["istanbul", "ISTANBUL", "İstanbul", "constantinople", "konst"])
def test_places_are_found_as_everything_else_is(admin_client, term):
    PlaceFactory(name_en="İstanbul", slug="istanbul", aliases="Constantinople\nKonstantiniyye")
    PlaceFactory(name_en="Ankara", slug="ankara")

    assert offered(admin_client, term, "event", "place") == ["İstanbul · TR · istanbul"]


def test_every_choice_among_records_is_made_by_typing():
    def choices(curated, model, parent=None):
        fields = [*model._meta.fields, *model._meta.many_to_many]
        own = getattr(curated, "fk_name", None)
        fields = [
            field
            for field in fields
            if field.name != own and (own or parent is None or field.related_model is not parent)
        ]
        shown = {name for name in _shown(curated) if isinstance(name, str)}
        for field in fields:
            if isinstance(field, ForeignKey | ManyToManyField) and field.name in shown:
                yield f"{model.__name__}.{field.name}", field.name in curated.autocomplete_fields

    answers = {}
    for model, curated in admin.site._registry.items():
        if model._meta.app_label == "timeline":
            answers |= dict(choices(curated, model))
            for inline in curated.inlines:
                answers |= dict(choices(inline, inline.model, model))

    assert [name for name, is_typed in answers.items() if not is_typed] == []
    assert {*answers} == {
        *("Event.place", "EventSector.sector", "Participation.actor", "Citation.source"),
        *("AgreementLink.agreement", "EventLink.target", "AgreementDate.place"),
        *("Agreement.parties", "Agreement.sectors", "Tenure.institution"),
        *("CoverageStatement.sectors", "Story.sectors", "StoryStep.events"),
    }


def _shown(curated):
    fieldsets = curated.fieldsets or [(None, {"fields": curated.fields or []})]
    read_only = {*curated.readonly_fields, *getattr(curated, "owners", [])}
    for _name, options in fieldsets:
        for field in options["fields"]:
            yield from {field} - read_only if isinstance(field, str) else {*field} - read_only
    if not curated.fieldsets and not curated.fields:
        fields = [*curated.model._meta.fields, *curated.model._meta.many_to_many]
        yield from {field.name for field in fields if field.editable} - read_only


# The next one


def test_the_next_event_keeps_kind_place_sectors_and_sources(admin_client):
    place, source = PlaceFactory(), SourceFactory()
    trade, energy = SectorFactory(slug="trade"), SectorFactory(slug="energy", position=2)
    sectors = [{"sector": energy.pk, "rank": 1}, {"sector": trade.pk, "rank": 2}]
    citations = [
        {"source": source.pk, "part": part, "stance": "supports"} for part in ("title", "date")
    ]
    form = event_form(_addanother="", place=place.pk) | rows("sector_links", *sectors)

    response = admin_client.post(ADD, form | rows("citations", *citations))
    page = admin_client.get(response["Location"])

    assert Event.objects.count() == 1
    form = page.context["adminform"].form
    assert (form["kind"].value(), form["place"].value()) == ("meeting", str(place.pk))
    assert form["title_en"].value() is None
    inlines = {
        each.formset.prefix: [one.initial for one in each.formset.forms if one.initial]
        for each in page.context["inline_admin_formsets"]
    }
    assert inlines["sector_links"] == sectors
    assert inlines["citations"] == [{"source": source.pk}]


def test_what_the_next_event_keeps_is_saved_with_it(admin_client):
    sector = SectorFactory()

    admin_client.post(
        f"{ADD}?sector_links={sector.pk}",
        event_form() | rows("sector_links", {"sector": sector.pk, "rank": 1}),
    )

    assert [link.sector for link in Event.objects.get().sector_links.all()] == [sector]


@pytest.mark.parametrize("kept", ["x", "1;DROP", "9" * 30, ",,,", "٣", "1,2,3,4,5,6,7,8,9"])
def test_an_address_that_names_nonsense_opens_an_empty_form(admin_client, kept):
    page = admin_client.get(ADD, {"sector_links": kept, "citations": kept, "place": kept})

    assert page.status_code == 200
    assert max(len(each.formset.forms) for each in page.context["inline_admin_formsets"]) <= 3


def test_the_next_source_keeps_publisher_language_kind_and_side(admin_client):
    form = {
        **{"title": "One", "slug": "one", "publisher": "A & B", "language": "ja"},
        **{"kind": "press", "side": "japan", "_addanother": ""},
    }

    response = admin_client.post(reverse("admin:timeline_source_add"), form)

    form = admin_client.get(response["Location"]).context["adminform"].form
    assert [form[name].value() for name in ("publisher", "language", "kind", "side", "title")] == [
        *("A & B", "ja", "press", "japan", None)
    ]
    assert json.dumps(form.initial)


@pytest.mark.parametrize("value", ["x", "9" * 40, "1,2", "-1", "999999"])
def test_a_choice_that_is_none_is_refused_and_the_form_is_drawn(admin_client, value):
    form = event_form(place=value) | rows("sector_links", {"sector": value, "rank": 1})

    response = admin_client.post(ADD, form)

    assert response.status_code == 200
    assert {"place"} == {*response.context["adminform"].form.errors}


def test_what_was_chosen_is_shown_as_it_was_offered(admin_client):
    event = EventFactory(place=PlaceFactory(name_en="Bursa", slug="bursa"))
    page = reverse("admin:timeline_event_change", args=[event.pk])

    assert ">Bursa · TR · bursa</option>" in admin_client.get(page).content.decode()
