"""The workbench in a browser: two editors and one record, with the keyboard, and read by axe."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from timeline import merging
from timeline.models import Actor, Agreement, Event, EventLink, Place, Source, Story
from timeline.tests import axe
from timeline.tests.factories import (
    ActorFactory,
    AgreementDateFactory,
    AgreementFactory,
    CitationFactory,
    ClaimFactory,
    DisputeFactory,
    EventFactory,
    PlaceFactory,
    ReportFactory,
    StoryFactory,
    TenureFactory,
)
from timeline.tests.soak import FRAMES, rounds
from timeline.tests.workbench import account, address, change_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "a long word for tests"


@pytest.fixture
def desk(browser, live_server):
    """A function that seats someone before the admin: a page of their own, logged in."""
    contexts, problems = [], []

    def seat(role, name=None):
        user = account(role, name)
        user.set_password(PASSWORD)
        user.save()
        client = Client()
        client.force_login(user)
        context = browser.new_context()
        contexts.append(context)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
        )
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        return page

    yield seat
    for context in contexts:
        context.close()
    assert problems == []


def test_two_editors_and_one_record(desk, live_server):
    event = EventFactory(title_en="Talks", published=True)
    form = live_server.url + change_page(event)
    first, second = desk("editor", "first"), desk("editor", "second")
    for page in (first, second):
        page.goto(form)

    first.fill("#id_title_en", "Talks in Tokyo")
    first.fill("#id_citations-0-locator", "p. 12")
    first.fill("#id_change_reason", "As the minutes say.")
    first.press("#id_change_reason", "Enter")
    expect(first.locator(".messagelist .success")).to_be_visible()

    second.fill("#id_title_en", "Talks in Ankara")
    second.fill("#id_summary_en", "They met and spoke.")
    second.fill("#id_change_reason", "As the newspaper says.")
    second.press("#id_change_reason", "Enter")
    expect(second.locator("h1")).to_have_text("Someone else changed this in the meantime")
    expect(second.locator("#content")).to_contain_text("As the minutes say.")

    # With the keyboard alone: the one question that is open, then the button.
    title = second.locator("input[name='keep::title_en']")
    expect(title.first).not_to_be_checked()
    title.first.focus()
    second.keyboard.press("Space")
    save = second.get_by_role("button", name="Save what is chosen")
    save.focus()
    second.keyboard.press("Enter")
    expect(second.locator(".messagelist .success")).to_be_visible()

    saved = Event.objects.get()
    assert (saved.title_en, saved.summary_en) == ("Talks in Ankara", "They met and spoke.")
    assert saved.citations.get().locator == "p. 12"
    assert saved.version == 3
    second.goto(f"{live_server.url}/en/changes/")
    expect(second.locator(".correction")).to_have_count(2)
    expect(second.locator(".changes__reason").first).to_have_text("As the newspaper says.")


def test_what_was_typed_comes_back_after_a_log_out(desk, live_server):
    event = EventFactory(title_en="Talks")
    page = desk("editor")
    page.goto(live_server.url + change_page(event))
    page.fill("#id_title_en", "Talks in Ankara")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)

    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.locator("#content")).to_contain_text("You were logged out.")
    page.fill("#id_username", "editor")
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")

    expect(page.locator("#content")).to_contain_text("Nothing is saved yet.")
    expect(page.locator("#id_title_en")).to_have_value("Talks in Ankara")
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert Event.objects.get().title_en == "Talks in Ankara"


def test_an_editor_reviews_returns_publishes_merges_and_undoes(desk, live_server):
    event = EventFactory(title_en="Talks", created_by=account("contributor"))
    contributor, editor = desk("contributor"), desk("editor")
    form = live_server.url + change_page(event)
    contributor.goto(form)
    contributor.get_by_role("button", name="Save and submit for review").click()
    expect(contributor.locator(".messagelist .success")).to_have_text("1 record submitted.")

    editor.goto(form)
    editor.fill("#id_change_reason", "Cite the treaty.")
    editor.get_by_role("button", name="Save and return with the note").click()
    contributor.goto(form)
    expect(contributor.locator(".curation-note")).to_contain_text("Cite the treaty.")
    contributor.get_by_role("button", name="Save and submit for review").click()
    editor.goto(form)
    editor.get_by_role("button", name="Save and publish").click()
    expect(editor.locator(".messagelist .success")).to_have_text("1 record published.")

    other = EventFactory(title_en="Talks, entered twice", published=True)
    editor.goto(live_server.url + change_page(other))
    editor.get_by_role("link", name="Merge into another").click()
    editor.locator(".select2-selection").click()
    editor.locator(".select2-search__field").fill("talks")
    editor.locator(".select2-results__option", has_text="Talks (1934").click()
    editor.get_by_role("button", name="Look at what comes of it").click()
    editor.fill("#id_reason", "One meeting.")
    editor.get_by_role("button", name="Merge the two").click()
    expect(editor.locator(".messagelist .success")).to_have_text("The two records are one.")
    editor.goto(f"{live_server.url}/en/events/{other.slug}/")
    expect(editor.locator("h1")).to_have_text("Talks")

    editor.goto(live_server.url + change_page(other))
    editor.get_by_role("link", name="Undo the merging").click()
    editor.fill("#id_reason", "Two meetings.")
    editor.get_by_role("button", name="Undo the merging").click()
    expect(editor.locator(".messagelist .success")).to_contain_text("The merging is undone")
    assert Event.objects.published().count() == 2


@pytest.mark.accessibility
@pytest.mark.parametrize("scheme", ["dark", *rounds([], ["light"])])
def test_axe_finds_nothing_in_the_pages_of_the_workbench(desk, live_server, scheme):
    event = EventFactory(title_en="Talks", published=True, actors=[ActorFactory()])
    CitationFactory(event=event, locator="p. 1")
    returned = EventFactory(returned="Cite the treaty.")
    other, kept, went = ActorFactory(), ActorFactory(), ActorFactory()
    merging.merge(went, kept, reason="One person.")
    page, somebody = desk("superuser"), desk("superuser", "somebody")
    page.emulate_media(color_scheme=scheme)
    problems = {}

    def read(name):
        for rule, nodes in axe.violations(page).items():
            problems[f"{name}: {rule}"] = nodes

    form = live_server.url + change_page(event)
    for one in (page, somebody):
        one.goto(form)
    somebody.fill("#id_title_en", "Talks in Tokyo")
    somebody.fill("#id_change_reason", "As the minutes say.")
    somebody.press("#id_change_reason", "Enter")
    somebody.wait_for_load_state()
    page.fill("#id_title_en", "Talks in Ankara")
    page.fill("#id_change_reason", "Because.")
    page.press("#id_change_reason", "Enter")
    expect(page.locator("h1")).to_have_text("Someone else changed this in the meantime")
    read("conflict")
    page.get_by_role("button", name="Save what is chosen").click()
    read("conflict, undecided")
    page.get_by_role("button", name="Keep all of mine").click()
    for name, path in {
        "history": address(Event, "history", event.pk),
        "version": address(Event, "version", event.pk, 1),
        "merge": address(Actor, "merge", other.pk),
        "preview": f"{address(Actor, 'merge', other.pk)}?with={kept.pk}",
        "unmerge": address(Actor, "unmerge", went.pk),
    }.items():
        page.goto(live_server.url + path)
        read(name)
    page.goto(live_server.url + address(Event, "changelist"))
    page.check(f"input[name=_selected_action][value='{event.pk}']")
    page.select_option("select[name=action]", "withdraw")
    page.locator("button[name=index]").click()
    page.get_by_role("button", name="Withdraw the selected records").click()
    read("withdraw")
    page.goto(live_server.url + change_page(returned))
    read("form")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_role("button", name="Save", exact=True).first.click()
    read("log in again")
    for language in ("en", "tr", "ja"):
        page.goto(f"{live_server.url}/{language}/changes/")
        read(f"changes {language}")

    assert problems == {}


@pytest.mark.accessibility
@pytest.mark.parametrize(("scheme", "width"), FRAMES)
def test_no_form_and_no_list_of_the_admin_shuts_anybody_out(desk, live_server, scheme, width):
    editor = desk("superuser")
    editor.emulate_media(color_scheme=scheme)
    editor.set_viewport_size({"width": width, "height": 900})
    tenure, agreement = TenureFactory(), AgreementFactory(published=True)
    agreement.parties.add(tenure.actor)
    event = EventFactory(title_en="Talks", place=PlaceFactory(), actors=[tenure.actor])
    event.agreement_links.create(agreement=agreement, relation="signed")
    EventLink.objects.create(event=event, target=EventFactory(), relation="follows")
    claim = ClaimFactory(dispute=DisputeFactory(event=event))
    citation = CitationFactory(agreement_date=AgreementDateFactory(agreement=agreement))
    story, report = StoryFactory(), ReportFactory()
    things = [event, tenure, tenure.actor, agreement, claim, claim.dispute, citation.source, story]
    things += [citation.agreement_date, story.steps.first(), report, event.place]
    pages = [address(type(one), page, *key) for one in things for page, key in _pages_of(one)]
    pages += [address(model, "add") for model in (Event, Actor, Agreement, Source, Story, Place)]
    problems = {}
    for path in pages:
        editor.goto(live_server.url + path)
        if editor.evaluate("document.documentElement.scrollWidth > innerWidth + 1"):
            problems[path] = "wider than the window"
        for rule, nodes in axe.violations(editor).items():
            problems[f"{path} {rule}"] = nodes

    # And while a record is chosen by typing, in a row that was added.
    editor.goto(live_server.url + change_page(event))
    editor.get_by_role("button", name="Add another Participant").click()
    editor.locator("#participants-1 .select2-selection").click()
    expect(editor.locator(".select2-results__option").first).to_be_visible()
    problems |= axe.violations(editor)
    assert problems == {}


def _pages_of(thing):
    return [("change", [thing.pk]), ("changelist", [])]


def test_a_form_is_filled_in_with_the_keyboard_alone(desk, live_server):
    ActorFactory(name_en="An envoy")
    Actor.objects.refold()
    event = EventFactory(title_en="Talks", sides=["japan", "turkiye"])
    page = desk("editor")
    page.goto(live_server.url + change_page(event))

    def press(target, key):
        target.focus()
        expect(target).to_be_focused()
        page.keyboard.press(key)

    press(page.get_by_role("button", name="Add another Participant"), "Enter")
    press(page.get_by_role("combobox", name="Actor"), "Enter")
    page.keyboard.type("ENVOY")
    expect(page.locator(".select2-results__option--highlighted")).to_contain_text("An envoy")
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox", name="Actor")).to_be_focused()
    press(page.locator("#id_citations-1-DELETE"), "Space")
    press(page.get_by_role("button", name="Add another Related event"), "Enter")
    press(page.locator("#related-0").get_by_role("button", name="Remove"), "Enter")
    expect(page.locator("#related-0")).to_have_count(0)
    press(page.get_by_role("button", name="Save and publish"), "Enter")
    expect(page.locator(".messagelist .success").last).to_have_text("1 record published.")

    saved = Event.objects.get()
    assert [one.actor.name_en for one in saved.participants.all()] == ["An envoy"]
    assert (saved.citations.count(), saved.is_published) == (1, True)
