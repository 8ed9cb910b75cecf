"""Our file drawn by TimelineJS itself."""

import mimetypes
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from timeline.tests.factories import EventFactory, PartialDate, StoryFactory
from timeline.tests.test_exports import HOSTILE

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PACKAGE = "@knight-lab/timelinejs@3.9.11"
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>TimelineJS</title>
<link rel="stylesheet" href="/timelinejs/css/timeline.css">
<div id="timeline" style="width: 100%; height: 700px"></div>
<script src="/timelinejs/js/timeline.js"></script>
<script>
window.timeline = new TL.Timeline("timeline", location.search.slice(1), {font: null});
</script></html>"""


@pytest.fixture(scope="session")
def timelinejs():
    """The folder of the program as it is published."""
    if not shutil.which("npm"):
        pytest.skip("npm is not installed, so TimelineJS cannot be fetched")
    called = [settings.BASE_DIR / "scripts" / "npm-package", PACKAGE]
    said = subprocess.run(called, check=True, capture_output=True, text=True, timeout=120)
    return Path(said.stdout.strip()) / "dist"


@pytest.fixture
def drawn(page, live_server, timelinejs):
    """A page on which TimelineJS draws what the site gives it; nothing else is to be had."""
    problems = []
    page.on("pageerror", lambda error: problems.append(str(error)))

    def answer(route):
        path = route.request.url.removeprefix(live_server.url)
        if path.startswith("/page.html"):
            return route.fulfill(body=PAGE, content_type="text/html")
        if path.startswith("/timelinejs/"):
            file = timelinejs / path.removeprefix("/timelinejs/").split("?")[0]
            return route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file)[0])
        if path.endswith(".timelinejs.json"):
            return route.continue_()
        return route.abort()

    page.route("**/*", answer)

    def open_it(file="/events.timelinejs.json"):
        page.goto(f"{live_server.url}/page.html?{file}")
        page.locator(".tl-timemarker-content-container").first.wait_for()
        return page

    yield open_it
    assert problems == []


def test_timelinejs_draws_every_record_with_its_date_as_it_is_known(drawn):
    for text in ("1924", "1924-08", "1924-08-06"):
        EventFactory(published=True, title_en=f"Known as {text}", start=PartialDate.parse(text))
    EventFactory(published=True, title_en="About 1927", start=PartialDate(1927), approximate=True)

    page = drawn()

    markers = page.locator(".tl-timemarker .tl-headline").all_inner_texts()
    assert sorted(markers) == [
        "About 1927",
        "Known as 1924",
        "Known as 1924-08",
        "Known as 1924-08-06",
    ]
    dates = page.evaluate(
        "timeline.config.events.map((one) => [one.text.headline, one.display_date || '',"
        " one.start_date.data.year, one.start_date.data.month, one.start_date.data.day])"
    )
    assert sorted(dates) == [
        ["About 1927", "c. 1927", 1927, None, None],
        ["Known as 1924", "1924", 1924, None, None],
        ["Known as 1924-08", "August 1924", 1924, 8, None],
        ["Known as 1924-08-06", "6 August 1924", 1924, 8, 6],
    ]
    page.evaluate("timeline.goToId(timeline.config.events[1].unique_id)")
    assert "August 1924" in page.locator(".tl-slide .tl-headline-date").all_inner_texts()


def test_timelinejs_shows_hostile_texts_and_runs_none(drawn):
    for number, text in enumerate(HOSTILE):
        EventFactory(
            published=True, title_en=text, summary_en=text, start=PartialDate(1930 + number)
        )

    page = drawn()
    for number in range(len(HOSTILE)):
        page.evaluate("(number) => timeline.goTo(number + 1)", number)

    assert page.locator(".tl-timemarker").count() == len(HOSTILE)
    assert page.evaluate("window.hacked") is None
    shown = page.locator(".tl-slide .tl-text-content").all_text_contents()
    # A line break is an element there, so compare without white space.
    shown = ["".join(slide.split()) for slide in shown]
    assert [
        text for text in HOSTILE if not any("".join(text.split()) in one for one in shown)
    ] == []


def test_timelinejs_plays_a_story_step_by_step(drawn):
    several = [
        EventFactory(published=True, start=PartialDate(1950, 3)),
        EventFactory(published=True, start=PartialDate(1952)),
    ]
    one = [EventFactory(published=True, start=PartialDate(1960, 5, 1))]
    withdrawn = [EventFactory(status="withdrawn", reason="Not so.")]
    story = StoryFactory(published=True, title_en="A path", steps=[several, one, withdrawn])

    page = drawn(f"/stories/{story.slug}.timelinejs.json")

    markers = page.locator(".tl-timemarker .tl-headline").all_inner_texts()
    assert markers == ["Part 1", "Part 2"]
    assert page.locator(".tl-slide-titleslide .tl-headline").inner_text() == "A path"
    page.evaluate("timeline.goToId('step-part-1')")
    dates = page.locator(".tl-slide .tl-headline-date").all_inner_texts()
    assert dates == ["", "1950–1952", "1 May 1960"]  # The title has none.
    assert page.locator(".tl-slide .tl-text-content a", has_text="Event").count() == 3
