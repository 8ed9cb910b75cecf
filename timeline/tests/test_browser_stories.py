"""A story read in a browser: by keyboard, by swipe, with and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from timeline.tests import axe, dataset
from timeline.tests.soak import LOOKS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STORY = "stories/disaster-and-solidarity/"
STEPS = ["step-a-frigate-remembered", "step-a-monument-and-a-town"]


@pytest.fixture
def site(live_server, page):
    """The published dataset on a running server; any error on a page fails the test."""
    dataset.load()
    page.emulate_media(reduced_motion="reduce")
    problems = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "console",
        lambda message: problems.append(message.text) if message.type == "error" else None,
    )
    yield live_server.url
    assert problems == []


def test_the_arrow_keys_walk_the_steps_and_back(site, page):
    page.goto(f"{site}/en/{STORY}")
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(f"{site}/en/{STORY}")

    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(f"{site}/en/{STORY}#{STEPS[0]}")
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(f"{site}/en/{STORY}#{STEPS[1]}")
    expect(page.locator(f"#{STEPS[1]}")).to_be_focused()
    expect(page.locator(f"#{STEPS[1]} h2")).to_be_in_viewport()
    expect(page.locator(".story__link[aria-current=step]")).to_have_attribute(
        "href", f"#{STEPS[1]}"
    )
    expect(page.locator(".story__spine [data-reading]")).to_have_attribute("data-line-of", STEPS[1])

    page.keyboard.press("ArrowLeft")
    expect(page.locator(f"#{STEPS[0]}")).to_be_focused()
    page.go_back()
    expect(page).to_have_url(f"{site}/en/{STORY}#{STEPS[1]}")

    for _more in range(20):
        page.keyboard.press("ArrowRight")
    expect(page).to_have_url(f"{site}/en/{STORY}#step-what-is-kept")


def test_keys_that_mean_something_else_are_left_alone(site, page):
    page.goto(f"{site}/en/{STORY}#{STEPS[0]}")
    page.locator("summary", has_text="Show it on another page").click()
    page.locator("#embed-code").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")

    expect(page).to_have_url(f"{site}/en/{STORY}#{STEPS[0]}")


def swipe(page, across, down):
    page.evaluate(
        """([across, down]) => {
            const story = document.querySelector(".story__steps");
            const at = (x, y) => new Touch({identifier: 1, target: story, clientX: x, clientY: y});
            const send = (name, touch, touches) => story.dispatchEvent(new TouchEvent(name,
                {bubbles: true, touches, changedTouches: [touch]}));
            const start = at(200, 400), end = at(200 + across, 400 + down);
            send("touchstart", start, [start]);
            send("touchend", end, []);
        }""",
        [across, down],
    )


def test_a_swipe_turns_to_the_next_step_and_scrolling_does_not(site, browser):
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(f"{site}/en/{STORY}#{STEPS[0]}")

    swipe(page, -120, 300)
    swipe(page, -20, 5)
    expect(page).to_have_url(f"{site}/en/{STORY}#{STEPS[0]}")
    swipe(page, -120, 10)
    expect(page).to_have_url(f"{site}/en/{STORY}#{STEPS[1]}")
    swipe(page, 120, 10)
    expect(page).to_have_url(f"{site}/en/{STORY}#{STEPS[0]}")
    context.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_the_line_of_the_century_moves_with_the_reader_and_nothing_shifts(site, page, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{site}/en/{STORY}")
    page.evaluate(
        """() => {
            window.shifted = 0;
            new PerformanceObserver((list) => {
                for (const one of list.getEntries()) window.shifted += one.value;
            }).observe({type: "layout-shift", buffered: true});
        }"""
    )
    line = ".story__spine" if width == 1280 else ".story__line"
    for anchor in ("step-marmara-1999", "step-noto-2024", "step-a-frigate-remembered"):
        page.evaluate(
            "(id) => scrollTo(0, document.getElementById(id).getBoundingClientRect().top"
            " + scrollY - innerHeight * 0.22)",
            anchor,
        )
        expect(page.locator(f"{line} [data-reading]")).to_have_attribute("data-line-of", anchor)
        expect(page.locator(line)).to_be_in_viewport()

    # The change of the fonts moves some letters by less than a pixel.
    assert page.evaluate("window.shifted") < 0.001
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_story_is_walked_without_scripts(browser, live_server):
    dataset.load()
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    page = context.new_page()
    page.goto("/en/stories/")
    page.get_by_role("link", name="Disaster and solidarity").click()

    page.locator(f"#{STEPS[0]}").get_by_role("link", name=re.compile("^Next step")).click()
    expect(page).to_have_url(re.compile(f"#{STEPS[1]}$"))
    page.locator(f"#{STEPS[1]} .thread__title").first.click()
    expect(page).to_have_url(re.compile("/en/events/"))
    page.locator("#told ~ ul a").first.click()
    expect(page).to_have_url(re.compile(f"/en/{STORY}#step-"))
    context.close()


@pytest.mark.accessibility
@pytest.mark.parametrize(("language", "scheme"), LOOKS)
def test_no_page_of_a_story_shuts_anybody_out(live_server, page, language, scheme):
    dataset.load()
    page.emulate_media(color_scheme=scheme)
    problems = {}
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        for path in ("stories/", STORY, f"{STORY}#{STEPS[1]}", f"embed/{STORY}"):
            page.goto("about:blank")
            page.goto(f"{live_server.url}/{language}/{path}")
            for rule, nodes in axe.violations(page).items():
                problems[f"{width} {path} {rule}"] = nodes

    assert problems == {}
