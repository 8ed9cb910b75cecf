"""What readers who report an error and curators who follow the queues do, in a real browser."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from timeline.models import Check, Event, Report
from timeline.tests import axe
from timeline.tests.factories import EventFactory, ReportFactory, SourceFactory
from timeline.tests.soak import FRAMES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def event():
    event = EventFactory(
        published=True,
        slug="talks",
        title_en="Talks in Ankara",
        title_tr="Ankara’da görüşme",
        summary_tr="Ne oldu.",
        sides=["japan", "turkiye"],
    )
    event.note_translation("tr")
    event.save()
    return event


@pytest.fixture
def desk(live_server, page, django_user_model):
    """The admin, with a curator logged in; any error on a page fails the test."""
    problems = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "console",
        lambda message: problems.append(message.text) if message.type == "error" else None,
    )
    enter(live_server, page, django_user_model)
    yield live_server.url
    assert problems == []


def enter(live_server, page, django_user_model):
    django_user_model.objects.create_superuser("curator", password="a long password")
    page.goto(f"{live_server.url}/admin/login/")
    page.get_by_label("Username:").fill("curator")
    page.get_by_label("Password:").fill("a long password")
    page.get_by_role("button", name="Log in").click()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_reader_reports_an_error_and_sees_what_became_of_it(browser, live_server, event, scripts):
    context = browser.new_context(java_script_enabled=scripts, base_url=live_server.url)
    page = context.new_page()
    page.goto("/en/events/talks/")
    page.get_by_role("link", name="Report an error").click()
    expect(page.locator("h1")).to_have_text("Report an error")

    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was sent yet")
    field = page.get_by_label("What is wrong?")
    expect(field).to_have_attribute("aria-invalid", "true")

    field.fill("The talks were held in Istanbul.")
    page.get_by_label("A source that says otherwise").fill("A newspaper, 3 June 1934")
    page.get_by_role("button", name="Send the report").click()
    expect(page).to_have_url(re.compile(r"/en/reports/[0-9A-Z]{5}-[0-9A-Z]{5}/$"))
    expect(page.locator("dl.facts")).to_contain_text("received")
    report = Report.objects.get()
    assert (report.event, report.text) == (event, "The talks were held in Istanbul.")
    assert context.cookies() == []

    report.state, report.answer_en = "looked-at", ""
    report.save()
    page.reload()
    expect(page.locator("dl.facts")).to_contain_text("being looked at")
    context.close()


def test_a_report_is_sent_by_keyboard_and_the_trap_is_not_on_the_way(live_server, page, event):
    page.goto(f"{live_server.url}/en/report/events/talks/")
    page.get_by_label("What is wrong?").focus()
    page.keyboard.type("It was another day, I think.")
    page.keyboard.press("Tab")
    expect(page.get_by_label("A source that says otherwise")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Send the report")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_contain_text("Report")
    expect(page.locator("dl.facts")).to_contain_text("received")
    assert Report.objects.count() == 1


def test_a_curator_follows_a_number_to_its_list_and_translates_what_stands_there(event, desk, page):
    page.get_by_role("link", name="Japanese: not translated, events 1").click()
    expect(page).to_have_url(re.compile(r"queue=ja-missing"))
    page.get_by_role("row", name=re.compile("Talks in Ankara")).get_by_role(
        "link", name="not translated"
    ).click()

    page.get_by_label("Title (Japanese)").fill("アンカラでの会談")
    page.get_by_label("Summary (Japanese)").fill("会談が行われた。")
    page.get_by_label("Reason for the change").fill("Translated.")
    page.get_by_role("button", name="Save; Japanese is right").click()
    expect(page.locator(".messagelist")).to_contain_text("1 translation reviewed.")
    expect(page.locator("#ja")).to_contain_text("reviewed by curator")
    assert Event.objects.get().translations == {"tr": "unreviewed", "ja": "reviewed"}

    page.goto(f"{desk}/admin/timeline/event/{event.pk}/change/")
    page.locator("#id_summary_en").fill("What happened, and why.")
    page.get_by_label("Reason for the change").fill("The minutes say why.")
    page.get_by_role("button", name="Save", exact=True).first.click()
    page.goto(f"{desk}/admin/timeline/event/{event.pk}/translate/")
    expect(page.locator("#ja")).to_contain_text("translated from an earlier English text")
    expect(page.locator("ins").first).to_have_text(", and why")


def test_a_curator_checks_a_record_from_its_form(event, desk, page, live_server):
    page.get_by_role("link", name="never compared with their sources, events 1").click()
    page.get_by_role("link", name="Talks in Ankara").first.click()
    expect(page.locator(".check__source")).to_have_count(2)
    for box in page.locator(".check__source").all():
        box.get_by_role("checkbox").check()
    page.get_by_role("button", name="Save, and note as compared").click()
    expect(page.locator(".messagelist")).to_contain_text("1 record noted as checked.")
    assert Check.objects.get().sources.count() == 2

    page.goto(f"{live_server.url}/en/events/talks/")
    expect(page.locator("main")).to_contain_text("against its sources")


def test_a_help_text_leads_to_its_section_of_the_guide(event, desk, page):
    page.goto(f"{desk}/admin/timeline/event/add/")
    link = page.locator("#id_start_helptext").get_by_role("link", name="More in the guide")
    address = link.get_attribute("href")
    page.goto(f"{desk}{address}")

    expect(page.locator("#dates")).to_be_in_viewport()
    expect(page.locator("#dates")).to_have_text("Dates")


@pytest.mark.accessibility
@pytest.mark.parametrize(("scheme", "width"), FRAMES)
def test_no_page_of_the_workbench_shuts_anybody_out(
    live_server, page, django_user_model, event, scheme, width
):
    report = ReportFactory(event=event)
    Event.objects.filter(pk=event.pk).update(summary_en="What happened, and why.")
    SourceFactory(url="https://a.example/")
    page.emulate_media(color_scheme=scheme)
    enter(live_server, page, django_user_model)
    paths = [
        *("/admin/", reverse("guide"), reverse("thin")),
        f"/admin/timeline/event/{event.pk}/translate/",
        *(f"/{code}/report/events/talks/" for code in ("en", "tr", "ja")),
        *(f"/{code}/reports/{report.case}/" for code in ("en", "tr", "ja")),
    ]
    problems = {}
    page.set_viewport_size({"width": width, "height": 900})
    for path in paths:
        page.goto(f"{live_server.url}{path}")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"):
            problems[path] = "wider than the window"
        for rule, nodes in axe.violations(page).items():
            problems[f"{path} {rule}"] = nodes

    assert problems == {}
