"""What a reader and a curator do, in a real browser, with and without JavaScript."""

import re

import pytest
from django.core.management import call_command
from django.http import QueryDict
from playwright.sync_api import expect

from timeline import frozen
from timeline.filters import EventFilter
from timeline.models import Event, FrozenView
from timeline.tests import axe, dataset
from timeline.tests.factories import EventFactory
from timeline.tests.soak import LOOKS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(live_server, page):
    """The published dataset on a running server; any error on a page fails the test."""
    dataset.load()
    problems = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "console",
        lambda message: problems.append(message.text) if message.type == "error" else None,
    )
    yield live_server.url
    assert problems == []


@pytest.fixture
def plain(browser, live_server):
    """A page of a browser that runs no scripts."""
    dataset.load()
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    yield context.new_page()
    context.close()


def titles(page):
    # Not as they are drawn: what is far below has not been.
    return [text.strip() for text in page.locator(".event-card__title").all_text_contents()]


def expected(**lookups):
    found = Event.objects.published().filter(**lookups).in_order().distinct()
    return [event.title_en for event in found[:50]]


def test_filtering_by_sector_and_year_swaps_the_list_and_keeps_the_address(site, page):
    page.goto(f"{site}/en/")
    page.get_by_label("Energy").check()
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(f"{site}/en/?sector=energy")
    energy = expected(sectors__slug="energy")
    expect(page.locator("[data-count]")).to_contain_text(f"{len(energy)} records")
    assert titles(page) == energy

    page.get_by_role("link", name=re.compile("^2024: ")).click()
    expect(page).to_have_url(f"{site}/en/?sector=energy&year=2024")
    expect(page.locator("#y2024")).to_be_focused()
    assert all("2024" in text for text in page.locator(".event-card__date").all_text_contents())

    page.go_back()
    expect(page).to_have_url(f"{site}/en/?sector=energy")
    expect(page.locator("[data-count]")).to_contain_text(f"{len(energy)} records")

    page.get_by_role("link", name="Remove: Energy").click()
    expect(page).to_have_url(f"{site}/en/")


def test_filtering_works_without_scripts(plain):
    plain.goto("/en/")
    plain.get_by_label("Energy").check()
    plain.locator("#from").fill("2024")
    plain.get_by_role("button", name="Apply").click()

    expect(plain).to_have_url(re.compile(r"/en/\?from=2024&sector=energy$"))
    assert titles(plain) == expected(sectors__slug="energy", end_latest__gte="2024-01-01")

    plain.locator("#from").fill("2024-13")
    plain.get_by_role("button", name="Show these years").click()
    expect(plain.locator("#results")).to_contain_text("“2024-13” is not a date.")
    assert titles(plain) == []


def test_an_event_is_opened_and_its_source_followed(site, page):
    page.goto(f"{site}/en/?q=expo+2025")
    page.get_by_role("link", name="Türkiye takes part in Expo 2025").click()
    expect(page.locator("h1")).to_contain_text("Expo 2025")
    expect(page.locator(".claim__answer")).to_have_count(2)

    page.locator(".note-ref").first.click()
    expect(page).to_have_url(re.compile(r"#source-1$"))
    page.locator("#source-1 .source__title a").click()

    expect(page).to_have_url(re.compile(r"/en/sources/"))
    expect(page.locator("main")).to_contain_text("Expo 2025")


def test_the_strip_is_one_stop_and_its_arrows_walk_the_years(site, page):
    page.goto(f"{site}/en/")
    page.locator("#y1924").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#y1925")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page).to_have_url(f"{site}/en/?year=1925")


def test_the_sheet_of_filters_opens_on_a_phone_and_gives_the_focus_back(site, page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site}/en/")
    opener = page.get_by_role("link", name="Filters", exact=True)
    opener.click()
    expect(page.locator("#filter-title")).to_be_focused()
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()

    opener.click()
    page.get_by_label("Energy").check()
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile(r"sector=energy"))
    expect(page.locator("[data-count]")).to_be_in_viewport()


def test_a_curator_logs_in_and_publishes_a_draft(site, page, django_user_model):
    django_user_model.objects.create_superuser("curator", password="a long password")
    draft = EventFactory(title_en="A draft to publish", slug="a-draft-to-publish")

    page.goto(f"{site}/admin/")
    page.get_by_label("Username:").fill("curator")
    page.get_by_label("Password:").fill("a long password")
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("link", name="Events", exact=True).click()
    page.get_by_role("link", name="draft", exact=True).click()
    page.get_by_role("row", name=re.compile("A draft to publish")).get_by_role("checkbox").check()
    page.get_by_label("Action:").select_option("publish")
    page.locator("button[name=index]").click()
    expect(page.locator(".messagelist")).to_contain_text("1 record published.")

    page.goto(f"{site}/en/?year=1934")
    page.get_by_role("link", name="A draft to publish").click()
    expect(page.locator("h1")).to_have_text("A draft to publish")
    assert Event.objects.published().filter(pk=draft.pk).exists()


def test_a_curator_enters_a_sourced_event(site, page, django_user_model):
    django_user_model.objects.create_superuser("curator", password="a long password")
    page.goto(f"{site}/admin/login/?next=/admin/timeline/event/add/")
    page.get_by_label("Username:").fill("curator")
    page.get_by_label("Password:").fill("a long password")
    page.get_by_role("button", name="Log in").click()

    page.locator("#id_title_en").fill("A school opens")
    page.locator("#id_summary_en").fill("A school opened in Ankara.")
    page.locator("#id_start").fill("1951-09")
    page.locator("#id_kind").select_option("institution")
    for field, words in [
        ("#id_sector_links-0-sector", "Education"),
        ("#id_citations-0-source", "Marking a century"),
    ]:
        page.locator(f"{field} + .select2").click()
        page.locator(".select2-search__field").fill(words)
        page.locator(".select2-results__option--highlighted", has_text=words).click()
    page.get_by_role("button", name="Save", exact=True).first.click()

    expect(page.locator(".messagelist")).to_contain_text("was added successfully")
    event = Event.objects.get(slug="a-school-opens")
    assert (str(event.start), event.status, event.citations.count()) == ("1951-09", "draft", 1)


PAGES = [
    "/",
    "/?year=1925&sector=energy",
    "/?year=abc",
    "/events/2025-expo-opening/",
    "/actors/",
    "/agreements/",
    "/sources/",
    "/sources/daily-sabah-2024-centenary-op-ed/",
    "/agreements/1923-treaty-of-lausanne/",
    "/actors/ozal-turgut/",
    "/coverage/",
    "/anniversaries/",
    "/lanes/",
    "/lanes/?zoom=years&at=2013",
    "/about/",
    "/data/",
    "/data/codebook/",
    "/cite/?sector=trade",
    "/cite/1/",
    "/embed/?sector=trade",
    "/embed/events/1924-lausanne-relations/",
    "/nowhere/",
]


@pytest.mark.accessibility
@pytest.mark.parametrize(("language", "scheme"), LOOKS)
def test_no_page_shuts_anybody_out(live_server, page, language, scheme, settings, tmp_path):
    dataset.load()
    settings.RELEASES_DIR = tmp_path
    call_command("make_release", "2026.11", verbosity=0)
    asked = EventFilter(QueryDict("sector=trade"), queryset=Event.objects.published().in_order())
    FrozenView.objects.filter(pk=frozen.freeze(asked).pk).update(id=1)
    Event.objects.filter(pk__lt=100).update(title_en="Corrected")
    page.emulate_media(color_scheme=scheme)
    problems = {}
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        for path in PAGES:
            page.goto(f"{live_server.url}/{language}{path}")
            for rule, nodes in axe.violations(page).items():
                problems[f"{width} {path} {rule}"] = nodes

    assert problems == {}


def tab_to(page, target):
    """Press Tab until the target has the focus, as somebody without a mouse would."""
    for _press in range(600):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{target} is not reached by Tab")


def test_the_whole_way_is_walked_by_keyboard_alone(site, page):
    page.goto(f"{site}/en/")
    tab_to(page, page.get_by_label("Energy"))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Apply"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}/en/?sector=energy")

    tab_to(page, page.locator("[data-year][tabindex='0']"))
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}/en/?sector=energy&year=2024")

    tab_to(page, page.get_by_role("link", name="Remove: Energy"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}/en/?year=2024")

    tab_to(page, page.locator(".event-card__link").first)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/en/events/[^/]+/\?year=2024$"))
    tab_to(page, page.locator(".note-ref").first)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"#source-1$"))
    expect(page.locator("#source-1")).to_be_in_viewport()

    page.goto(f"{site}/en/lanes/?zoom=decade&at=2013")
    tab_to(page, page.locator("a[data-mark]").first)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(page.locator(".lanes-dock .event-card__link")).to_be_visible()

    tab_to(page, page.get_by_role("link", name="Türkçe"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/tr/lanes/\?.*event="))
    expect(page.locator("html")).to_have_attribute("lang", "tr")
