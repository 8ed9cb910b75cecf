"""The lanes in a real browser: by keyboard, by pointer, without scripts, for everybody."""

import re

import pytest
from playwright.sync_api import expect

from timeline.tests import axe, dataset

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
    yield f"{live_server.url}/en/lanes/"
    assert problems == []


def focused(page):
    return page.evaluate("document.activeElement.id")


def test_the_lanes_are_walked_and_zoomed_by_keyboard(site, page):
    page.goto(site)
    assert page.locator("a[data-mark][tabindex='0']").count() == 1

    page.locator("#b-energy-2013").focus()
    page.keyboard.press("ArrowLeft")
    assert re.fullmatch(r"b-energy-20(0|1)\d", focused(page))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    assert focused(page).startswith("b-infrastructure-")
    page.keyboard.press("ArrowDown")
    assert focused(page) == "b-energy-2013"
    page.keyboard.press("End")
    last = focused(page)
    page.keyboard.press("Home")
    assert last.startswith("b-energy-20")
    assert focused(page) < last

    page.locator("#b-energy-2013").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}?zoom=decade&at=2013")
    expect(page.locator("[data-lane][data-glyph=energy] a[data-mark]:focus")).to_have_count(1)
    expect(page.locator("[data-announce]")).to_contain_text("records of")

    page.keyboard.press("+")
    expect(page).to_have_url(re.compile(r"\?zoom=years&at=201\d$"))
    expect(page.locator("a[data-mark]:focus")).to_have_count(1)
    page.keyboard.press("-")
    expect(page).to_have_url(re.compile(r"\?zoom=decade&at=201\d$"))

    page.go_back()
    expect(page).to_have_url(re.compile(r"\?zoom=years&at=201\d$"))
    expect(page.locator("[data-lanes]")).to_have_attribute("data-zoom-level", "years")


def test_a_record_is_selected_read_in_its_card_and_opened(site, page):
    page.goto(f"{site}?zoom=years&at=2014")
    mark = page.locator("#m-2013-marmaray-opening")
    mark.focus()
    page.keyboard.press("Space")
    expect(page).to_have_url(f"{site}?zoom=years&at=2014&event=2013-marmaray-opening")
    expect(mark).to_be_focused()
    expect(page.locator(".lanes-dock")).to_contain_text("Marmaray")
    page.locator("[data-dock-close]").click()
    expect(page.locator(".lanes-dock")).to_have_count(0)

    mark.locator(".lane-event__at > .lane-event__hit").click()
    expect(page.locator(".lanes-dock")).to_contain_text("Marmaray")
    mark.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/en/events/2013-marmaray-opening/"))


def test_wheel_and_drag_move_the_lanes_and_leave_the_page_its_scrolling(site, page):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{site}?zoom=years&at=2014")
    page.mouse.move(700, 600)
    page.mouse.down()
    page.mouse.move(1050, 600, steps=4)
    page.mouse.up()
    expect(page).to_have_url(f"{site}?zoom=years&at=2013")

    page.keyboard.down("Control")
    page.mouse.wheel(0, 120)
    page.keyboard.up("Control")
    expect(page).to_have_url(re.compile(r"\?zoom=decade&at=201[234]$"))

    page.mouse.wheel(0, 200)
    page.wait_for_function("scrollY === 200")
    expect(page).to_have_url(re.compile(r"\?zoom=decade&at=201[234]$"))


@pytest.mark.parametrize("width", [390, 1100])
def test_a_pinch_zooms(live_server, browser, width):
    dataset.load()
    viewport = {"width": width, "height": 844}
    context = browser.new_context(viewport=viewport, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{live_server.url}/en/lanes/?zoom=decade&at=2014")
    page.locator("[data-lane][data-glyph=trade]").evaluate(
        "lane => lane.scrollIntoView({block: 'start', behavior: 'instant'})"
    )
    y = page.locator("[data-lane][data-glyph=trade]").bounding_box()["y"] + 60
    touch = context.new_cdp_session(page)

    for kind, fingers in [
        ("touchStart", [150]),
        ("touchStart", [150, 250]),
        ("touchMove", [130, 270]),
        ("touchMove", [100, 300]),
        ("touchEnd", []),
    ]:
        points = [{"x": x, "y": y, "id": i} for i, x in enumerate(fingers)]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    expect(page).to_have_url(re.compile(r"\?zoom=years&at=20\d\d$"))
    context.close()


def test_the_filters_unfold_and_keep_the_place(site, page):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{site}?zoom=decade&at=2015")
    page.get_by_role("link", name="Filters", exact=True).click()
    page.locator("#filter").get_by_label("Energy").check()
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile(r"sector=energy"))
    expect(page.locator(".zoom__now")).to_have_text("2010–2019")
    expect(page.locator("#filter")).not_to_be_visible()

    page.get_by_role("link", name="Remove: Energy").click()
    expect(page).to_have_url(f"{site}?zoom=decade&at=2015")


def test_everything_is_reached_without_scripts(browser, live_server):
    dataset.load()
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    page = context.new_page()
    page.goto("/en/lanes/")
    page.locator("#b-energy-2013").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?zoom=decade&at=2013$"))
    page.get_by_role("link", name="In", exact=False).filter(has_text="+").click()
    expect(page.locator(".zoom__now")).to_have_text("2012–2014")
    page.get_by_role("link", name="2015–2017").click()
    expect(page.locator(".zoom__now")).to_have_text("2015–2017")
    page.get_by_role("link", name="Century").click()
    expect(page.locator(".zoom__now")).to_have_text("1924–2025")
    page.goto("/en/lanes/?zoom=years&at=2014")
    page.locator("#m-2013-marmaray-opening").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Marmaray")
    context.close()


@pytest.mark.accessibility
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390), ("light", 320)])
def test_the_lanes_shut_nobody_out(site, page, scheme, width):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    problems = {}
    for query in ("", "?by=kind&at=2014", "?zoom=decade&at=2015", "?zoom=years&at=2014"):
        page.goto(f"{site}{query}")
        for rule, nodes in axe.violations(page).items():
            problems[f"{query} {rule}"] = nodes
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if over > 0:
            problems[f"{query} scrolls sideways"] = over

    page.goto(f"{site}?zoom=years&at=2014&event=2013-marmaray-opening")
    for rule, nodes in axe.violations(page).items():
        problems[f"dock {rule}"] = nodes
    assert problems == {}
