"""Entering in a real browser: dates read back, doubles, offices, pasting, and a whole import."""

import re

import pytest
from playwright.sync_api import expect

from timeline.dates import PartialDate
from timeline.models import Actor, Event, Source
from timeline.tests import axe
from timeline.tests.broken_files import GOOD, csv, row
from timeline.tests.factories import ActorFactory, EventFactory, TenureFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def log_in(page, site, django_user_model):
    django_user_model.objects.create_superuser("curator", password="of the record")
    page.goto(f"{site}/admin/login/")
    page.get_by_label("Username").fill("curator")
    page.get_by_label("Password").fill("of the record")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}/admin/")


@pytest.fixture
def desk(live_server, page, django_user_model):
    """A curator at work; any error on a page fails the test."""
    problems = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    log_in(page, live_server.url, django_user_model)
    yield live_server.url
    assert problems == []


@pytest.fixture
def plain_desk(browser, live_server, django_user_model):
    """The same in a browser that runs no scripts."""
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    page = context.new_page()
    log_in(page, live_server.url, django_user_model)
    yield page
    context.close()


def nothing_found_by_axe(page):
    assert axe.violations(page) == {}


def test_a_date_is_read_back_while_it_is_typed(desk, page):
    page.goto(f"{desk}/admin/timeline/event/add/")
    line = page.locator("#id_start + [data-date-reading]")

    page.get_by_label("Date, or from").press_sequentially("6 Ağustos 1924")
    expect(line).to_have_text("6 August 1924 1924-08-06")
    page.get_by_label("Date, or from").fill("8/6/1924")
    expect(line).to_contain_text("could be read in two ways")
    page.get_by_label("Date, or from").fill("")
    expect(line).to_have_text("")


def test_a_double_is_shown_once_and_nothing_typed_is_lost(desk, page):
    EventFactory(title_en="Ministers meet in Ankara", start=PartialDate(1934, 6, 4))
    page.goto(f"{desk}/admin/timeline/event/add/")
    page.get_by_label("Title (English)").fill("Foreign ministers meet in Ankara")
    page.get_by_label("Summary (English)").fill("What they said.")
    page.get_by_label("Date, or from").fill("6.6.1934")
    page.get_by_label("Kind").select_option("meeting")
    page.get_by_role("button", name="Save", exact=True).first.click()

    expect(page.locator(".similar")).to_contain_text("Ministers meet in Ankara (1934-06-04)")
    expect(page.get_by_label("Summary (English)")).to_have_value("What they said.")
    page.get_by_label("No, it is another one: save it").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")

    page.wait_for_url(f"{desk}/admin/timeline/event/")
    assert Event.objects.count() == 2


def test_the_office_on_the_day_appears_with_the_actor(desk, page):
    envoy = ActorFactory(name_en="An envoy")
    TenureFactory(actor=envoy, title_en="Ambassador", start=PartialDate(1930))
    Actor.objects.refold()
    page.goto(f"{desk}/admin/timeline/event/add/")
    page.get_by_label("Date, or from").fill("1934")
    page.get_by_role("button", name="Add another Participant").click()
    page.locator("#participants-0 .select2-selection").click()
    page.locator(".select2-search__field").fill("ENVOY")
    page.locator(".select2-results__option--highlighted", has_text="An envoy").click()

    line = page.locator("#participants-0 [data-office]")
    expect(line).to_have_text("Ambassador")
    page.get_by_label("Date, or from").fill("1924")
    page.keyboard.press("Tab")
    expect(line).to_have_text("No office covers this date")


def test_a_spreadsheet_is_imported_by_keyboard(desk, page):
    page.goto(f"{desk}/admin/timeline/source/")
    page.get_by_role("link", name="Spreadsheets").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Spreadsheets")
    nothing_found_by_axe(page)
    page.get_by_label("What the rows are").select_option("sources")
    wrong = {"name": "s.csv", "mimeType": "text/csv", "buffer": csv(row(kind="novel"))}
    page.get_by_label("File (.xlsx or .csv)").set_input_files(wrong)
    page.get_by_role("button", name="Look through the file").press("Enter")
    expect(page.locator(".import tbody tr")).to_contain_text("“novel” is none of")
    expect(page.get_by_role("button", name=re.compile("Save"))).to_have_count(0)
    nothing_found_by_axe(page)

    page.get_by_role("link", name="Another file").press("Enter")
    page.get_by_label("What the rows are").select_option("sources")
    right = wrong | {"buffer": csv(GOOD, row(slug="b-report"))}
    page.get_by_label("File (.xlsx or .csv)").set_input_files(right)
    page.get_by_role("button", name="Look through the file").press("Enter")
    expect(page.get_by_role("table", name="New records").locator("tbody tr")).to_have_count(2)
    nothing_found_by_axe(page)
    page.get_by_role("button", name="Save 2 drafts").press("Enter")
    expect(page.locator("#content")).to_contain_text("2 records were saved as drafts.")
    nothing_found_by_axe(page)
    page.get_by_role("link", name="Go to the list").press("Enter")

    expect(page.locator("#result_list tbody tr")).to_have_count(2)
    assert Source.objects.published().count() == 0


def test_a_spreadsheet_is_imported_without_scripts(plain_desk):
    plain_desk.goto("/admin/entering/spreadsheets/")
    plain_desk.get_by_label("What the rows are").select_option("sources")
    file = {"name": "s.csv", "mimeType": "text/csv", "buffer": csv()}
    plain_desk.get_by_label("File (.xlsx or .csv)").set_input_files(file)
    plain_desk.get_by_role("button", name="Look through the file").click()
    expect(plain_desk.locator(".progress")).to_contain_text("1 / 1 rows checked")
    plain_desk.get_by_role("button", name="Save 1 draft").click()

    expect(plain_desk.locator("#content")).to_contain_text("1 record was saved as a draft.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pasted_sources_become_drafts(desk, page, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{desk}/admin/timeline/source/")
    page.get_by_role("link", name="Paste sources").click()
    expect(page.locator("h1")).to_have_text("Paste sources")
    nothing_found_by_axe(page)
    page.get_by_label("BibTeX, RIS or CSL-JSON").fill(
        "@misc{a, title={A report}, year=1924, langid={english}}"
    )
    page.get_by_role("button", name="Read").press("Enter")
    page.get_by_role("button", name="Save as drafts").press("Enter")
    expect(page.locator(".errornote")).to_contain_text("Nothing was saved")
    nothing_found_by_axe(page)
    page.get_by_label("Kind:").select_option("press")
    page.get_by_label("Side:").select_option("japan")
    page.get_by_role("button", name="Save as drafts").press("Enter")

    expect(page.locator(".messagelist")).to_contain_text("1 source saved as a draft.")
    assert [str(one.date) for one in Source.objects.all()] == ["1924"]


def test_the_preview_of_a_draft_is_marked_and_clean(desk, page):
    event = EventFactory(title_en="Secret talks", slug="secret")
    page.goto(f"{desk}/admin/timeline/event/{event.pk}/change/")
    page.get_by_role("link", name="日本語").click()

    expect(page).to_have_url(f"{desk}/ja/preview/events/secret/")
    expect(page.locator("h1")).to_have_text("Secret talks")
    nothing_found_by_axe(page)
