"""Lists in the admin stay what they are, and cost the same, when they are long."""

import pytest
from django.contrib.messages import get_messages

from timeline.admin import counting, listing
from timeline.dates import PartialDate
from timeline.models import Actor, Event, Participation, Source
from timeline.tests.factories import (
    ActorFactory,
    CitationFactory,
    EventFactory,
    ReportFactory,
    SourceFactory,
)
from timeline.tests.workbench import address

pytestmark = pytest.mark.django_db


def rows(response):
    return [str(record) for record in response.context["cl"].result_list]


@pytest.fixture
def short(monkeypatch):
    """Three records are a long list."""
    monkeypatch.setattr(listing, "MOST", 3)


def events(number, **said):
    return [EventFactory(title_en=f"Talks {n}", **said) for n in range(number)]


def test_the_rows_of_a_page_stand_in_the_order_that_was_asked_for(admin_client):
    for title, year in [("b", 1930), ("a", 1950), ("c", 1940)]:
        EventFactory(title_en=title, start=PartialDate(year))
    page = address(Event, "changelist")

    found = [rows(admin_client.get(page, {"o": order})) for order in ("", "1", "-1", "-2")]

    a, b, c = "a (1950)", "b (1930)", "c (1940)"
    assert found == [[b, c, a], [a, b, c], [c, b, a], [a, c, b]]


def test_an_order_that_no_column_has_is_no_order(admin_client):
    EventFactory(title_en="Talks")

    for order in ("99", "-99", "-", "x", "1.99.-2", "9" * 400):
        response = admin_client.get(address(Event, "changelist"), {"o": order})
        assert rows(response) == ["Talks (1934-06-01)"], order


@pytest.mark.parametrize(("most", "is_offered"), [(1, False), (2, True)])
def test_only_short_lists_are_ordered_by_what_is_worked_out(
    admin_client, monkeypatch, most, is_offered
):
    monkeypatch.setattr(listing, "SORTABLE", most)
    busy, idle = ActorFactory(name_en="B"), ActorFactory(name_en="A")
    EventFactory(published=True, actors=[busy])
    place = [*admin_client.get(address(Actor, "changelist")).context["cl"].list_display].index(
        "events"
    )

    response = admin_client.get(address(Actor, "changelist"), {"o": f"-{place}"})

    assert (f"?o={place}" in response.content.decode()) is is_offered
    # An address that was kept from shorter days is answered all the same.
    assert [one.pk for one in response.context["cl"].result_list] == [busy.pk, idle.pk]


@pytest.mark.parametrize(
    ("number", "said"),
    [(2, "2 events"), (3, "3 events"), (4, "more than 3 events: narrow the list")],
)
def test_a_list_is_counted_as_far_as_it_can_be_paged_through(admin_client, short, number, said):
    events(number)

    response = admin_client.get(address(Event, "changelist"))

    assert said in " ".join(response.content.decode().split())
    assert response.context["cl"].is_cut is (number > 3)


@pytest.mark.parametrize(("number", "left"), [(3, 0), (4, 4)])
def test_nothing_is_done_to_records_that_stand_on_no_page(admin_client, short, number, left):
    chosen = events(number)
    data = {
        "action": "delete_selected",
        "post": "yes",
        "select_across": "1",
        "index": "0",
        "_selected_action": [chosen[0].pk],
    }

    response = admin_client.post(address(Event, "changelist"), data)

    assert Event.objects.count() == left
    said = [str(message) for message in get_messages(response.wsgi_request)]
    assert any("narrow it first" in one for one in said) is bool(left)


@pytest.mark.parametrize("number", [2, 5])
@pytest.mark.parametrize(
    ("asked", "questions"),
    [
        ({}, 7),
        ({"o": "2"}, 7),
        ({"o": "-6"}, 7),
        ({"q": "talks"}, 7),
        ({"q": "nowhere"}, 6),
        ({"kind__exact": "meeting"}, 7),
        ({"queue": "unsourced"}, 8),
        ({"queue": "single-sourced"}, 8),
        ({"queue": "review"}, 5),
        ({"queue": "ja-missing"}, 8),
        ({"tr": "missing"}, 7),
    ],
)
def test_a_narrowed_list_asks_the_same_however_long_it_is(
    admin_client, number, asked, questions, django_assert_num_queries
):
    events(number, published=True)
    events(number, sides=[])
    Event.objects.refold()

    with django_assert_num_queries(questions):
        admin_client.get(address(Event, "changelist"), asked)


@pytest.mark.parametrize("number", [2, 5])
@pytest.mark.parametrize(
    ("model", "name", "field"),
    [
        (Participation, "actor", ActorFactory),
        ("citation", "source", SourceFactory),
        ("eventlink", "target", EventFactory),
    ],
)
def test_choosing_by_typing_asks_four_questions(
    admin_client, number, model, name, field, django_assert_num_queries
):
    for _each in range(number):
        field()
    asked = {
        "app_label": "timeline",
        "model_name": model if isinstance(model, str) else model._meta.model_name,
        "field_name": name,
        "term": "",
    }

    with django_assert_num_queries(4):
        found = admin_client.get("/admin/autocomplete/", asked).json()["results"]

    assert len(found) == number


@pytest.mark.parametrize("number", [2, 5])
def test_the_list_of_reports_asks_the_same_however_long_it_is(
    admin_client, number, django_assert_num_queries
):
    for _each in range(number):
        ReportFactory()

    with django_assert_num_queries(6):
        admin_client.get("/admin/timeline/report/")


def test_a_list_is_narrowed_by_the_countries_and_languages_that_occur(admin_client):
    for country in ("TR", "JP", ""):
        ActorFactory(country=country)
    SourceFactory(language="ja")
    SourceFactory(language="tr", status="draft")

    def offered(model, name):
        page = admin_client.get(address(model, "changelist"))
        spec = {
            one.parameter_name: one
            for one in page.context["cl"].filter_specs
            if hasattr(one, "parameter_name")
        }
        return spec[name].lookup_choices

    assert offered(Actor, "country") == [("JP", "Japan"), ("TR", "Türkiye")]
    assert offered(Source, "language") == [("ja", "Japanese"), ("tr", "Turkish")]
    japan = admin_client.get(address(Actor, "changelist"), {"country": "JP"})
    assert [one.country for one in japan.context["cl"].result_list] == ["JP"]


@pytest.mark.django_db(transaction=True)
def test_what_takes_long_to_count_is_told_with_its_age(monkeypatch):
    monkeypatch.setattr(counting, "SLOW", -1.0)
    monkeypatch.setattr(counting, "SHARE", 10**9)
    event = EventFactory(sides=[])

    def count():
        return Event.objects.count()

    first = counting.kept("tried", count, is_patient=True)
    CitationFactory(event=event)
    EventFactory()
    patient = counting.kept("tried", count, is_patient=True)
    exact = counting.kept("tried", count)
    afterwards = counting.kept("tried", count, is_patient=True)

    told = [(one.numbers, one.is_older) for one in (first, patient, exact, afterwards)]
    assert told == [(1, False), (1, True), (2, False), (2, False)]
    assert patient.at == first.at
