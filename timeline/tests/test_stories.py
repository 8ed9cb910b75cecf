"""Stories: guided paths through the record, on pages, in files, at the workbench."""

import json
import re
import shutil

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from timeline import audit, curation, merging, pictures, seeding
from timeline.choices import Action, Translation
from timeline.models import Citation, Event, Revision, Source, Story, StoryStep
from timeline.models.base import TARGET_LANGUAGES
from timeline.tests.factories import (
    CitationFactory,
    EventFactory,
    PartialDate,
    SourceFactory,
    StoryFactory,
)
from timeline.tests.reading import whole
from timeline.tests.workbench import account, address, change_page, form_of

pytestmark = pytest.mark.django_db

SEEDS = settings.BASE_DIR / "seeds"
LANGUAGES = ["en", "tr", "ja"]
WHY = "A better source."


def page_of(client, story, language="en"):
    return client.get(f"/{language}/stories/{story.slug}/")


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


# What a story must have


def test_a_draft_says_what_it_lacks():
    story = StoryFactory(standfirst_en="", steps=[[EventFactory()]])
    story.sectors.clear()
    story.steps.update(text_en="")

    lacks = Story.objects.for_publication().get().missing()

    assert [(str(lack), lack.field) for lack in lacks] == [
        ("an English standfirst", "standfirst_en"),
        ("a sector", "sectors"),
        ("2 more steps", "steps"),
        ("an English text of the step “part-1”", "steps"),
        ("a published event in the step “part-1”", "steps"),
    ]
    with pytest.raises(ValidationError, match="2 more steps"):
        curation.publish(Story.objects.all())


def test_a_complete_draft_is_published():
    story = StoryFactory()

    assert curation.publish(Story.objects.all()) == 1

    story.refresh_from_db()
    assert story.is_published
    assert Revision.objects.get(kind="stories", action=Action.PUBLISHED).number == story.pk


@pytest.mark.parametrize("column", ["title_en", "standfirst_en"])
def test_no_public_story_is_without_its_english(column):
    story = StoryFactory(published=True)

    with pytest.raises(IntegrityError, match="story_published_texts"), transaction.atomic():
        Story.objects.filter(pk=story.pk).update(**{column: ""})


def test_a_citation_of_a_step_has_no_other_target():
    story = StoryFactory()

    with pytest.raises(IntegrityError, match="citation_one_target"), transaction.atomic():
        CitationFactory(story_step=story.steps.first(), event=EventFactory())


def test_two_steps_of_a_story_have_not_the_same_anchor():
    story = StoryFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        StoryStep.objects.filter(story=story).update(anchor="same")


def test_a_changed_step_makes_the_translation_stale():
    story = StoryFactory(title_tr="Öykü", standfirst_tr="Konu")
    story.steps.update(heading_tr="Bölüm", text_tr="Metin")
    story.note_translation("tr")
    story.save()
    assert story.translation("tr") == Translation.UNREVIEWED

    step = story.steps.last()
    step.text_en = "Something else."
    step.save()
    assert story.translation("tr") == Translation.STALE

    StoryStep.objects.filter(pk=step.pk).update(text_tr="")
    assert story.translation("tr") == Translation.MISSING


# Data files


def test_a_story_that_tells_of_nothing_known_is_refused(tmp_path):
    for path in SEEDS.glob("*.yaml"):
        shutil.copy(path, tmp_path)
    stories = tmp_path / "stories.yaml"
    known, unknown = "- 1944-allied-request-japan\n", "- 1943-nothing-of-the-kind\n"
    stories.write_text(stories.read_text().replace(known, unknown))

    with pytest.raises(seeding.SeedErrors) as refusal:
        seeding.load(tmp_path)

    assert refusal.value.errors == [
        "stories.yaml: from-lausanne-to-strategic-partnership: steps.4.events: there is no "
        "“1943-nothing-of-the-kind” among the events."
    ]


def test_two_steps_with_one_anchor_are_refused(tmp_path):
    for path in SEEDS.glob("*.yaml"):
        shutil.copy(path, tmp_path)
    stories = tmp_path / "stories.yaml"
    text = stories.read_text()
    first, second = re.findall(r"- anchor: (\S+)", text)[:2]
    stories.write_text(text.replace(f"- anchor: {second}\n", f"- anchor: {first}\n", 1))

    with pytest.raises(seeding.SeedErrors, match="Two steps have the same anchor"):
        seeding.load(tmp_path)


# Withdrawn and merged events


def story_of(*events):
    others = [[EventFactory(published=True)] for _each in range(2)]
    return StoryFactory(published=True, steps=[list(events), *others])


def test_a_withdrawn_event_is_told_in_words_and_not_linked(client):
    gone = EventFactory(published=True, title_en="Taken back")
    story = story_of(gone, EventFactory(published=True, title_en="Still there"))
    curation.withdraw(Event.objects.filter(pk=gone.pk), reason="It did not happen.")

    page = page_of(client, story)

    assert "Still there" in text_of(page)
    assert "Taken back" not in text_of(page)
    assert gone.get_absolute_url() not in page.content.decode()
    assert "One event that is told of here has since been withdrawn from the record." in text_of(
        page
    )
    assert [str(one.message) for one in audit.findings() if one.record == story] == [
        f"tells in “part-1” of {gone.slug}, which is withdrawn"
    ]


def test_the_last_event_of_a_step_is_missed_when_it_is_withdrawn(client):
    gone = EventFactory(published=True)
    story = story_of(gone)
    curation.withdraw(Event.objects.filter(pk=gone.pk), reason="It did not happen.")

    assert page_of(client, story).status_code == 200
    assert [one.is_error for one in audit.findings() if one.record == story] == [True, False]


def test_a_merged_event_is_replaced_by_the_one_in_which_it_went_up(client):
    double = EventFactory(published=True, title_en="The double")
    kept = EventFactory(published=True, title_en="The one that stays")
    story = story_of(double)

    merger = merging.merge(double, kept, reason=WHY)

    assert list(story.steps.first().events.all()) == [kept]
    assert f'href="{kept.get_absolute_url()}"' in page_of(client, story).content.decode()
    assert Revision.objects.filter(kind="stories", number=story.pk).first().part_of == merger
    merging.undo(merger, reason="They are two.")
    assert list(story.steps.first().events.all()) == [double]


def test_two_events_of_a_step_that_are_merged_stand_there_once():
    double, kept = (EventFactory(published=True) for _each in range(2))
    story = story_of(double, kept)

    merging.merge(double, kept, reason=WHY)

    assert list(story.steps.first().events.all()) == [kept]


def test_an_event_that_was_merged_by_another_way_leads_on(client):
    kept = EventFactory(published=True, title_en="The one that stays")
    double = EventFactory(status="merged", merged_into=kept, title_en="The double")
    story = story_of(double)

    page = page_of(client, story)

    assert f'href="{kept.get_absolute_url()}"' in page.content.decode()
    assert "The double" not in text_of(page)
    assert [one.is_error for one in audit.findings() if one.record == story] == [False]


def test_a_source_that_was_merged_is_renamed_in_the_step():
    double, kept = SourceFactory(), SourceFactory()
    story = StoryFactory(published=True)
    CitationFactory(story_step=story.steps.first(), source=double)

    merging.merge(double, kept, reason=WHY)

    assert Citation.objects.get(story_step__story=story).source == kept


# Pages


def test_the_steps_lead_to_each_other_without_a_script(client):
    story = StoryFactory(published=True)

    page = page_of(client, story).content.decode()

    links = re.findall(r'<a href="#(step-part-\d)" data-walk="(\w+)"', page)
    assert links == [
        ("step-part-2", "on"),
        ("step-part-1", "back"),
        ("step-part-3", "on"),
        ("step-part-2", "back"),
    ]


def test_the_line_of_the_century_claims_no_more_than_is_known(client):
    vague = EventFactory(published=True, start=PartialDate(1950))
    exact = EventFactory(published=True, start=PartialDate(1951, 3, 4))
    story = story_of(vague, exact)

    line = page_of(client, story).context["told"].steps[0].stretches

    assert [one.size for one in line] == ["0.98%", "0.60%"]
    assert line[0].at == "25.49%"


def test_a_story_that_begins_before_the_century_is_drawn_whole(client):
    early = EventFactory(published=True, start=PartialDate(1890, 9), background=True)
    story = story_of(early)

    told = page_of(client, story).context["told"]

    assert str(told.outline.years) == "1890/1934"
    assert float(told.steps[0].stretches[0].at.rstrip("%")) < 1


@pytest.mark.parametrize("status", ["draft", "in-review"])
def test_a_draft_is_nowhere(client, status):
    event = EventFactory(published=True)
    draft = StoryFactory(status=status, title_en="Not yet told", steps=[[event]])
    CitationFactory(story_step=draft.steps.first(), source__slug="cited-by-a-draft")
    addresses = [
        f"/en/stories/{draft.slug}/",
        f"/en/embed/stories/{draft.slug}/",
        f"/y/{draft.pk}",
        *(f"/stories/{draft.slug}.{suffix}" for suffix in ("json", "jsonld", "timelinejs.json")),
        f"/api/v1/stories/{draft.slug}",
        f"/oembed?url=http://testserver/en/stories/{draft.slug}/",
    ]
    assert [client.get(one).status_code for one in addresses] == [404] * len(addresses)
    for lists in (
        "/en/stories/",
        event.get_absolute_url(),
        "/en/sources/cited-by-a-draft/",
        "/api/v1/stories",
        "/stories.json",
        "/sitemap-stories.xml",
        "/sitemap-pages.xml",
        "/en/changes/",
    ):
        found = whole(client.get(lists)).decode()
        assert "Not yet told" not in found
        assert f"/stories/{draft.slug}" not in found


def test_a_withdrawn_story_says_why(client):
    story = StoryFactory(published=True)
    curation.withdraw(Story.objects.all(), reason="It claimed too much.")

    page = page_of(client, story)

    assert page.status_code == 410
    assert "It claimed too much." in text_of(page)
    assert client.get(f"/stories/{story.slug}.json").status_code == 410
    assert client.get(f"/api/v1/stories/{story.slug}").status_code == 410
    assert client.get(f"/en/embed/stories/{story.slug}/").status_code == 410


def test_an_event_names_the_stories_that_tell_of_it(client):
    event = EventFactory(published=True)
    story = StoryFactory(
        published=True,
        title_en="A path",
        steps=[[event], [EventFactory(published=True)], [EventFactory(published=True)]],
    )

    page = client.get(event.get_absolute_url())

    assert "Told in the story" in text_of(page)
    assert f'href="{story.get_absolute_url()}#step-part-1"' in page.content.decode()


def test_a_source_names_the_stories_that_rest_on_it(client):
    story = StoryFactory(published=True, title_en="A path")
    citation = CitationFactory(story_step=story.steps.first())

    page = client.get(citation.source.get_absolute_url())

    assert f'href="{story.get_absolute_url()}"' in page.content.decode()
    assert "1 statement rests on it" in text_of(page)


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_ask_a_fixed_number_of_questions(client, number, django_assert_num_queries):
    events = [[EventFactory(published=True) for _each in range(number)] for _each in range(3)]
    for _each in range(number):
        story = StoryFactory(published=True, steps=events)
        for step in story.steps.all():
            CitationFactory.create_batch(number, story_step=step)
    double = EventFactory(status="merged", merged_into=events[0][0])
    story.steps.first().events.add(double)

    with django_assert_num_queries(10):
        client.get("/en/stories/")
    with django_assert_num_queries(11):
        page_of(client, story)


def test_a_page_of_the_list_that_is_not_there_is_not_found(client):
    assert client.get("/en/stories/").status_code == 200
    assert client.get("/en/stories/?page=2").status_code == 404
    assert client.get("/en/stories/?page=x").status_code == 404
    assert "No story is told yet" in text_of(client.get("/en/stories/"))


def test_texts_are_shown_as_they_are_written(client):
    hostile = '<script>alert("x")</script> & <b>'
    story = StoryFactory(published=True, title_en=hostile, standfirst_en=hostile)
    story.steps.update(heading_en=hostile, text_en=hostile)

    for page in (page_of(client, story), client.get("/en/stories/")):
        assert "<script>alert" not in page.content.decode()
        assert "&lt;script&gt;alert" in page.content.decode()
    slides = whole(client.get(f"/stories/{story.slug}.timelinejs.json"))
    assert "<" not in slides.decode()
    headline = json.loads(slides)["events"][0]["text"]["headline"]
    assert headline == "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &lt;b&gt;"


def test_a_text_that_is_not_translated_says_in_which_language_it_is(client):
    story = StoryFactory(published=True, title_en="A path")

    page = page_of(client, story, "tr").content.decode()

    assert '<span lang="en">A path</span>' in page
    assert '<span lang="en">Part 1</span>' in page


# How it is found, cited, shared


def test_a_story_is_an_article_in_linked_data(client):
    story = StoryFactory(published=True, title_en="A path")
    CitationFactory(story_step=story.steps.first(), source__slug="its-source")

    page = page_of(client, story).content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    entity = json.loads(found[1])["@graph"][1]

    assert entity["@type"] == "Article"
    assert entity["headline"] == [{"@value": "A path", "@language": "en"}]
    assert len(entity["about"]) == len(entity["hasPart"]) == 3
    assert [one["@id"] for one in entity["citation"]] == [
        "http://testserver/sources/its-source.jsonld"
    ]
    assert 'property="og:type" content="article"' in page
    assert f'rel="canonical" href="http://testserver/en/stories/{story.slug}/"' in page
    assert f'hreflang="tr" href="http://testserver/tr/stories/{story.slug}/"' in page


def test_a_story_has_an_address_that_never_changes(client):
    story = StoryFactory(published=True)

    moved = client.get(f"/y/{story.pk}", headers={"accept-language": "ja"})

    assert moved["Location"] == f"/ja/stories/{story.slug}/"
    assert f"http://testserver/y/{story.pk}" in text_of(page_of(client, story))
    assert client.get("/y/999999").status_code == 404


def test_a_story_may_be_framed_and_no_other_page_of_it(client):
    story = StoryFactory(published=True)

    frame = client.get(f"/en/embed/stories/{story.slug}/")
    answer = client.get(f"/oembed?url=http://testserver/tr/stories/{story.slug}/").json()

    assert "frame-ancestors *" in frame["Content-Security-Policy"]
    assert f"http://testserver/en/stories/{story.slug}/#step-part-1" in frame.content.decode()
    assert "frame-ancestors *" not in page_of(client, story)["Content-Security-Policy"]
    assert f"http://testserver/tr/embed/stories/{story.slug}/" in answer["html"]


def test_the_sitemap_names_the_stories(client):
    story = StoryFactory(published=True)

    assert f"http://testserver/ja/stories/{story.slug}/" in (
        client.get("/sitemap-stories.xml").content.decode()
    )
    assert "http://testserver/ja/stories/<" in client.get("/sitemap-pages.xml").content.decode()


# As data


def test_no_event_that_is_not_public_is_in_the_data(client):
    story = story_of(EventFactory(title_en="A draft"), EventFactory(published=True))

    said = json.loads(whole(client.get(f"/stories/{story.slug}.json")))

    assert [len(step["events"]) for step in said["steps"]] == [1, 1, 1]
    assert "A draft" not in json.dumps(said)


def test_a_format_that_cannot_say_stories_is_no_address(client):
    story = StoryFactory(published=True)

    for suffix in ("csv", "ics", "bib", "atom"):
        assert client.get(f"/stories/{story.slug}.{suffix}").status_code == 404
        assert client.get(f"/stories.{suffix}").status_code == 404
    assert client.get("/stories.timelinejs.json").status_code == 404


# Weight


# The workbench


@pytest.fixture
def editor(client):
    client.force_login(account("editor"))
    return client


def test_steps_are_entered_and_put_in_order_by_number(editor):
    story = StoryFactory(published=True)
    page = change_page(story)

    typed = form_of(editor, page, **{"steps-0-position": "9", "steps-1-heading_en": "Renamed"})
    response = editor.post(page, typed)

    assert response.status_code == 302
    assert [step.anchor for step in story.steps.all()] == ["part-2", "part-3", "part-1"]
    last = Revision.objects.filter(kind="stories").first()
    assert (last.action, last.is_correction) == (Action.CHANGED, True)
    assert [step["anchor"] for step in last.entry["steps"]] == ["part-2", "part-3", "part-1"]
    story.refresh_from_db()
    assert story.version == 2
    text = text_of(editor.get("/en/changes/"))
    assert "Order of the steps" in text
    assert "Renamed" in text


def test_a_published_story_keeps_what_publication_needs(editor):
    story = StoryFactory(published=True)
    page = change_page(story)

    response = editor.post(page, form_of(editor, page, **{"steps-0-events": []}))

    assert response.status_code == 200
    assert story.steps.first().events.count() == 1


def test_a_translation_that_is_typed_renders_the_english_of_all_steps(editor):
    story = StoryFactory(title_tr="Öykü", standfirst_tr="Konu")
    page = change_page(story)
    typed = {f"steps-{n}-{field}_tr": "Metin" for n in range(3) for field in ("heading", "text")}

    assert editor.post(page, form_of(editor, page, **typed)).status_code == 302

    story = Story.objects.get()
    assert {code: str(story.translation(code)) for code in TARGET_LANGUAGES} == {
        "tr": "unreviewed",
        "ja": "missing",
    }


def test_a_form_that_was_opened_earlier_is_not_written_over_a_later_one(editor):
    story = StoryFactory(published=True)
    page = change_page(story)
    mine = form_of(editor, page, **{"steps-0-text_en": "Mine."})
    theirs = form_of(editor, page, **{"steps-0-text_en": "Theirs."})
    assert editor.post(page, theirs).status_code == 302

    assert editor.post(page, mine).status_code == 409
    assert story.steps.first().text_en == "Theirs."


def test_an_earlier_version_is_brought_back_with_its_steps(editor):
    story = StoryFactory(published=True)
    CitationFactory(story_step=story.steps.first())
    before = pictures.of_all("stories")[story.pk]
    page = change_page(story)
    editor.post(page, form_of(editor, page, **{"steps-0-DELETE": "on", "title_en": "Other"}))
    # Fewer steps than a story needs are refused; so a title only.
    editor.post(page, form_of(editor, page, title_en="Other"))
    assert Story.objects.get().title_en == "Other"

    first = Revision.objects.filter(kind="stories", version=1).get()
    curation.revert(Story.objects.get(), first, reason="It was right.")

    after = pictures.of_all("stories")[story.pk]
    assert {name: after[name] for name in ("title", "steps")} == {
        name: before[name] for name in ("title", "steps")
    }


def test_what_a_step_rests_on_is_entered_on_its_own_page(editor):
    story = StoryFactory(published=True)
    step, source = story.steps.first(), SourceFactory()
    page = change_page(step)
    rows = {"citations-TOTAL_FORMS": "1", "citations-0-source": source.pk}
    rows |= {"citations-0-stance": "supports", "citations-0-locator": "p. 3"}

    assert editor.post(page, form_of(editor, page, **rows)).status_code == 302

    assert [str(one.locator) for one in step.citations.all()] == ["p. 3"]
    assert Revision.objects.filter(kind="stories").first().is_correction


@pytest.mark.parametrize("language", LANGUAGES)
def test_staff_see_a_draft_as_readers_will(editor, language):
    draft = StoryFactory(title_en="Not yet told")
    preview = f"/{language}/preview/stories/{draft.slug}/"

    assert preview in editor.get(change_page(draft)).content.decode()
    page = editor.get(preview)
    assert "Not yet told" in text_of(page)
    assert f'<html lang="{language}">' in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_nobody_else_sees_the_preview(client):
    draft = StoryFactory()
    preview = f"/en/preview/stories/{draft.slug}/"

    assert client.get(preview).status_code == 302
    client.force_login(account(None, "a-reader"))
    assert client.get(preview).status_code == 403
    client.force_login(account("editor"))
    assert client.get("/en/preview/stories/none/").status_code == 404


def test_stories_are_not_merged(editor):
    story = StoryFactory()

    assert editor.get(address(Story, "merge", story.pk)).status_code == 403
    assert Source.objects.count() == 3
