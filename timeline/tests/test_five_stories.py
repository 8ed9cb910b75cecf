"""The five stories of the published dataset, which is loaded once for all of these tests."""

import gzip
import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from timeline import audit, seeding
from timeline.choices import Translation
from timeline.models import Story
from timeline.tests.reading import whole
from timeline.tests.test_stories import page_of

pytestmark = pytest.mark.django_db

SEEDS = settings.BASE_DIR / "seeds"
LANGUAGES = ["en", "tr", "ja"]


@pytest.fixture(scope="module")
def dataset(django_db_setup, django_db_blocker):
    """The dataset, until the last of the tests is done; each undoes what it changes."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_seeds", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def five(dataset, db):
    return list(Story.objects.for_page())


def test_the_five_stories_are_whole(five):
    assert [story.slug for story in Story.objects.published().in_order()] == [
        "disaster-and-solidarity",
        "bridges-tunnels-and-loans",
        "the-nuclear-plant-that-was-not-built",
        "from-lausanne-to-strategic-partnership",
        "people-who-crossed",
    ]
    for story in five:
        steps = list(story.steps.all())
        assert 8 <= len(steps) <= 20
        assert all(event.is_published for step in steps for event in step.events.all())
        assert all(step.events.all() for step in steps)
        assert set(story.translations.values()) <= {Translation.UNREVIEWED, Translation.REVIEWED}
        assert all(text for texts in story.translated_texts() for text in texts.values())
        assert all(one.source.is_published for step in steps for one in step.citations.all())
    assert [finding for finding in audit.findings() if isinstance(finding.record, Story)] == []


def test_loading_and_dumping_changes_no_byte(five, tmp_path):
    seeding.dump(tmp_path)
    report = seeding.load(tmp_path)

    assert (tmp_path / "stories.yaml").read_bytes() == (SEEDS / "stories.yaml").read_bytes()
    assert (report.created, report.changed, report.kept) == ([], [], [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_show_every_step_with_its_events_and_sources(client, five, language):
    listed = client.get(f"/{language}/stories/")
    assert listed.content.decode().count('class="story-card"') == 5

    for story in five:
        page = page_of(client, story, language)
        text = page.content.decode()
        for step in story.steps.all():
            assert f'id="step-{step.anchor}"' in text
            assert getattr(step, f"heading_{language}") in text.replace("&#x27;", "'").replace(
                "&quot;", '"'
            ).replace("&amp;", "&")
            for event in step.events.all():
                assert f'href="/{language}/events/{event.slug}/"' in text
        sources = {one.source_id for step in story.steps.all() for one in step.citations.all()}
        assert text.count('<li class="source"') == len(sources)


def test_file_and_api_say_the_same(client, five):
    one = json.loads(whole(client.get("/stories/disaster-and-solidarity.json")))
    listed = client.get("/api/v1/stories").json()

    assert client.get("/api/v1/stories/disaster-and-solidarity").json() == one
    assert listed["count"] == 5
    assert listed["results"][0] == one
    assert one["url"] == "http://testserver/y/1"
    assert one["translations"] == {"tr": "unreviewed", "ja": "unreviewed"}
    assert [len(step["events"]) for step in one["steps"]] == [
        len(step.told) for step in five[0].steps.all()
    ]


def test_the_api_filters_stories_by_sector_and_words(client, five):
    found = client.get("/api/v1/stories?sector=energy&fields=slug").json()["results"]
    assert found == [{"slug": "the-nuclear-plant-that-was-not-built"}]
    found = client.get("/api/v1/stories?q=fırkateyn&fields=slug").json()["results"]
    assert found == [{"slug": "disaster-and-solidarity"}]
    refused = client.get("/api/v1/stories?kind=visit")
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["kind"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_slides_for_timelinejs_are_the_steps(client, five, language):
    address = f"/stories/disaster-and-solidarity.timelinejs.json?lang={language}"
    slides = json.loads(whole(client.get(address)))

    story = five[0]
    assert slides["title"]["text"]["headline"] == getattr(story, f"title_{language}")
    assert [one["unique_id"] for one in slides["events"]] == [
        f"step-{step.anchor}" for step in story.steps.all()
    ]
    assert slides["events"][0]["start_date"]["year"] == 1928
    assert slides["events"][0]["display_date"] == "1928–1929"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_story_weighs_no_more_than_the_timeline_may(client, five, language):
    for story in five:
        page = page_of(client, story, language).content
        sheets = ["base.css", "page-story.css"]
        styles = b"".join(_joined(sheet) for sheet in sheets)
        script = Path(settings.BASE_DIR, "static/js/story.js").read_bytes()
        scripts = len(gzip.compress(script))
        weight = len(gzip.compress(page)) + len(gzip.compress(styles)) + scripts
        assert scripts <= 15_000
        assert weight <= 60_000


def _joined(name):
    text = Path(settings.BASE_DIR, "static/css", name).read_text()
    parts = re.findall(r'@import "([^"]+)"', text)
    return text.encode() + b"".join(_joined(part) for part in parts)
