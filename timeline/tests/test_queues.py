"""What needs work is counted on the first page, and each number leads to exactly that list."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils.timezone import localdate as today

from timeline import checks, queues
from timeline.choices import Translation
from timeline.models import Actor, Agreement, Check, Event, Source
from timeline.tests.factories import (
    ActorFactory,
    AgreementFactory,
    CheckFactory,
    CitationFactory,
    ClaimFactory,
    CoverageStatementFactory,
    DisputeFactory,
    EventFactory,
    LinkCheckFactory,
    ReportFactory,
    SectorFactory,
    SourceFactory,
)
from timeline.tests.workbench import account

pytestmark = pytest.mark.django_db

QUEUES = [queue for group in queues.GROUPS for queue in group.queues]


def name_of(queue):
    return f"{queue.model._meta.model_name}-{queue.name}"


def work(user=None):
    """Something in every queue, and something that stands in none of them."""
    for make in (EventFactory, AgreementFactory, ActorFactory, SourceFactory):
        make(status="draft", created_by=user, returned="Cite the treaty.")
    for make in (EventFactory, AgreementFactory, ActorFactory):
        make(status="in-review")
        record = make(published=True)
        CheckFactory(**{record._meta.model_name: record}, is_current=False)
        record = make(published=True)
        CheckFactory(**{record._meta.model_name: record}, on=datetime.date(2020, 1, 1))
        for language in ("tr", "ja"):
            for is_reviewed in (False, True):
                texts = {f"{field}_{language}": "Metin" for field in type(record).TRANSLATED}
                made = make(published=True, **texts)
                if is_reviewed:
                    made.note_translation(language)
                    made.save()
    SourceFactory(status="in-review")
    EventFactory(sides=[])
    EventFactory(published=True, sides=["japan", "turkiye"])
    EventFactory(sides=["japan"], status="withdrawn", reason="A double.")
    for record in (EventFactory(), AgreementFactory()):
        DisputeFactory(**{record._meta.model_name: record})
    dead = SourceFactory(url="https://a.example/", archived_url="https://kept.example/")
    LinkCheckFactory(source=dead, status="missing")
    LinkCheckFactory(source=SourceFactory(url="https://b.example/"), status="moved")
    ReportFactory()
    ReportFactory(state="declined", answer_en="It is right.", closed=datetime.date(2026, 11, 24))


def shown(client):
    page = client.get(reverse("admin:index")).content.decode()
    found = re.findall(
        r'<a href="([^"]*)" data-queue="([^"]*)".*?<span class="work__count">(\d+)</span>', page
    )
    return {name: (int(count), url.replace("&amp;", "&")) for url, name, count in found}


def test_each_number_is_the_length_of_the_list_it_leads_to(admin_client, admin_user):
    work(admin_user)

    counts = shown(admin_client)
    lists = {
        name: admin_client.get(url).context["cl"].result_count
        for name, (_count, url) in counts.items()
    }

    assert list(counts) == [name_of(queue) for queue in QUEUES]
    assert {name: count for name, (count, _url) in counts.items()} == lists
    assert [name for name, count in lists.items() if count == 0] == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_first_page_asks_a_fixed_number_of_questions(
    admin_client, number, django_assert_num_queries
):
    for _each in range(number):
        work()

    with django_assert_num_queries(37):
        admin_client.get(reverse("admin:index"))


@pytest.mark.django_db(transaction=True)
def test_an_unchanged_record_is_not_counted_again(client, django_assert_num_queries):
    work()
    client.force_login(account("editor"))
    first = shown(client)

    # The session and the account, its two rights, the mark twice, what belongs to one curator,
    # readers' reports, and what the admin itself shows.
    with django_assert_num_queries(12):
        again = shown(client)
    ReportFactory()
    with_report = shown(client)
    EventFactory(status="in-review")
    with_event = shown(client)

    assert again == first
    assert with_report["report-open"][0] == first["report-open"][0] + 1
    assert with_event["event-review"][0] == first["event-review"][0] + 1


def test_a_draft_came_back_to_whoever_entered_it_and_to_nobody_else(client):
    one, other = account("contributor"), account("contributor", "somebody")
    EventFactory(title_en="Mine", created_by=one, returned="Cite the treaty.")
    EventFactory(title_en="Theirs", created_by=other, returned="Cite the treaty.")
    EventFactory(title_en="New", created_by=one)
    EventFactory(title_en="Sent", created_by=one, status="in-review", returned="")
    client.force_login(one)

    count, address = shown(client)["event-returned"]

    found = client.get(address).context["cl"].result_list
    assert (count, [event.title_en for event in found]) == (1, ["Mine"])


def test_who_may_not_see_a_kind_of_record_is_not_told_of_its_work(client):
    work()
    client.force_login(account("contributor"))

    kinds = {name.partition("-")[0] for name in shown(client)}
    assert kinds == {"event", "agreement", "actor", "source"}
    assert client.get(reverse("admin:timeline_report_changelist")).status_code == 403


def test_a_list_with_a_name_that_is_no_queue_is_the_whole_list(admin_client):
    work()

    page = admin_client.get(reverse("admin:timeline_event_changelist") + "?queue=nonsense")

    assert page.context["cl"].result_count == Event.objects.count()


# Each question


def test_unsourced_is_what_no_published_source_supports():
    bare = EventFactory(sides=[])
    drafted = EventFactory(sides=[])
    CitationFactory(event=drafted, source__status="draft")
    disputed = EventFactory(sides=[])
    CitationFactory(event=disputed, stance="disputes")
    EventFactory(sides=["japan"])
    EventFactory(sides=[], status="withdrawn", reason="A double.")

    assert set(Event.objects.unsourced()) == {bare, drafted, disputed}


def test_single_sourced_counts_documents_not_citations():
    single = EventFactory(published=True, sides=[])
    source = SourceFactory()
    for part in ("date", "summary"):
        CitationFactory(event=single, source=source, part=part)
    CitationFactory(event=single, source__status="draft")
    EventFactory(published=True, sides=["japan", "japan"])
    EventFactory(sides=["japan"])  # A draft may still get its second source.

    assert list(Event.objects.single_sourced()) == [single]


@pytest.mark.parametrize("make", [EventFactory, AgreementFactory])
def test_disputed_without_reason(make):
    name = make._meta.model._meta.model_name

    def record(*, contradicted=False, **question):
        one = make()
        if contradicted:
            CitationFactory(**{name: one}, stance="disputes")
        if question:
            preferred = question.pop("preferred")
            ClaimFactory(dispute=DisputeFactory(**{name: one}, **question), preferred=preferred)
        return one

    contradicted = record(contradicted=True)
    undecided = record(preferred=False)
    silent = record(preferred=True, reason_en="")
    record()
    record(preferred=True)
    record(contradicted=True, preferred=True)

    found = make._meta.model.objects.disputed_without_reason()
    assert set(found) == {contradicted, undecided, silent}


def test_without_archived_copy():
    missing = SourceFactory(url="https://a.example/")
    copied = SourceFactory(copy_url="https://b.example/")
    SourceFactory(url="https://c.example/", archived_url="https://kept.example/")
    SourceFactory(archive_location="A 12")
    SourceFactory(url="https://d.example/", status="draft")

    assert set(Source.objects.without_archived_copy()) == {missing, copied}


def test_checks_never_made_no_longer_true_and_old():
    never, changed, old, fine = (EventFactory(published=True) for _each in range(4))
    EventFactory()
    for event in (changed, old, fine):
        checks.note(event, [SourceFactory()])
    changed.checks.update(is_current=False)
    old.checks.update(on=datetime.date(2020, 1, 1))

    assert list(Event.objects.never_checked()) == [never]
    assert list(Event.objects.changed_since_check()) == [changed]
    assert list(Event.objects.not_checked_since(today() - queues.CHECK_HOLDS)) == [old]
    assert Check.objects.count() == 3


@pytest.mark.parametrize("title", ["", "Görüşme"])
@pytest.mark.parametrize("summary", ["", "Ne oldu."])
@pytest.mark.parametrize("english", ["", "What happened, 国交: İı."])
@pytest.mark.parametrize("mark", ["own", "other", ""])
@pytest.mark.parametrize("is_reviewed", [True, False])
def test_the_database_finds_the_state_that_the_record_tells(
    title, summary, english, mark, is_reviewed
):
    event = EventFactory(
        title_tr=title, summary_tr=summary, summary_en=english, tr_reviewed=is_reviewed
    )
    event.tr_of = {"own": event.english_mark, "other": "00000000", "": ""}[mark]
    event.save()

    found = [state for state in Translation if Event.objects.translated("tr", state).exists()]

    counts = Event.objects.count_by_translation()
    assert found == [event.translation("tr")]
    assert {key for key, number in counts.items() if number} == {*event.translations.items()}


@pytest.mark.parametrize(("model", "make"), [(Actor, ActorFactory), (Agreement, AgreementFactory)])
def test_the_database_finds_it_for_every_kind_of_record(model, make):
    record = make(**{f"{field}_ja": "訳" for field in model.TRANSLATED})
    record.note_translation("ja", reviewed=True)
    record.save()

    assert list(model.objects.translated("ja", Translation.REVIEWED)) == [record]
    assert list(model.objects.translated("tr", Translation.MISSING)) == [record]
    counts = {key: number for key, number in model.objects.count_by_translation().items() if number}
    assert counts == {("ja", Translation.REVIEWED): 1, ("tr", Translation.MISSING): 1}


def test_a_draft_is_not_yet_to_be_translated():
    EventFactory()
    published = EventFactory(published=True)

    assert list(Event.objects.to_translate("tr", Translation.MISSING)) == [published]


# Thin spans


def test_thin_is_what_has_few_records_and_was_not_researched_to_the_end(admin_client):
    SectorFactory(slug="diplomacy"), SectorFactory(slug="trade")
    for _each in range(queues.THIN):
        EventFactory(published=True, start="1934", sectors=["diplomacy"])
    EventFactory(published=True, start="1935", sectors=["trade"])
    EventFactory(start="1936")
    CoverageStatementFactory(research="fully", first_year=1940, last_year=1949)

    years = {thin.first: thin.count for thin in queues.thin_years()}
    decades = {(thin.sector.slug, thin.first): thin.count for thin in queues.thin_sectors()}

    assert 1934 not in years
    assert (years[1935], years[1936]) == (1, 0)
    assert not any(1940 <= year < 1950 for year in years)
    assert ("diplomacy", 1930) not in decades
    assert decades["trade", 1930] == 1
    assert ("trade", 1940) not in decades
    assert decades["trade", 1924] == 0

    page = admin_client.get(reverse("thin")).content.decode()
    assert f'id="years">Years ({len(years)})' in page
    assert f'id="sectors">Sectors in a decade ({len(decades)})' in page
    first = admin_client.get(reverse("admin:index")).content.decode()
    counts = re.findall(r'thin/#\w+".*?<span class="work__count">(\d+)', first)
    assert counts == [str(len(years)), str(len(decades))]


def test_an_event_over_several_years_is_one_record_of_its_decade():
    EventFactory(published=True, start="1931", end="1939", sectors=["trade"])

    (thirties,) = (thin for thin in queues.thin_sectors() if thin.first == 1930)

    assert thirties.count == 1


@pytest.mark.parametrize("page", ["thin", "guide", "admin:index"])
def test_the_pages_of_the_workbench_are_for_staff_only(client, page):
    response = client.get(reverse(page))

    assert response.status_code == 302
    assert response.url.startswith(reverse("admin:login"))
