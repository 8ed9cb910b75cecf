"""The guide for curators is shown in the admin, and help texts lead to sections that are there."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from timeline.admin.guide import FIELDS
from timeline.tests.factories import EventFactory

pytestmark = pytest.mark.django_db

GUIDE = Path(settings.BASE_DIR, "docs", "curating.md")


@pytest.fixture
def shown(admin_client):
    return admin_client.get(reverse("guide")).content.decode()


def test_the_whole_guide_is_shown(shown):
    headings = re.findall(r"^## (.*)$", GUIDE.read_text(), re.MULTILINE)

    assert len(headings) > 10
    assert re.findall(r'<h2 id="[^"]*">(.*?)</h2>', shown) == headings


def test_every_link_within_the_guide_leads_to_a_section(shown):
    sections = set(re.findall(r'<h\d id="([^"]*)"', shown))

    wanted = set(re.findall(r'<a href="#([^"]*)"', shown)) - {"content-start"}

    assert wanted - sections == set()
    assert set(FIELDS.values()) - sections == set()


def test_what_stands_beside_the_guide_in_the_repository_is_named_and_not_linked(shown):
    assert re.findall(r'href="(?![#/])(?!https?:)[^"]*"', shown) == []
    assert "operating.md" in shown
    content = shown[shown.index('class="guide"') :]
    assert len(re.findall("<a ", content)) == content.count("</a>")


def test_its_pictures_are_there(admin_client, shown):
    pictures = re.findall(r'<img src="([^"]*)" alt="[^"]+"', shown)

    assert len(pictures) > 5
    for picture in pictures:
        response = admin_client.get(picture)
        assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg"), picture


@pytest.mark.parametrize("name", ["nowhere", "..", "%2e%2e%2fcurating", "timeline-en"])
def test_no_other_file_is_read_as_a_picture(admin_client, name):
    response = admin_client.get(f"{reverse('guide')}pictures/{name}")

    assert response.status_code == 404


def test_pictures_are_for_staff_only(client):
    response = client.get(reverse("guide-picture", args=["admin-thin"]))

    assert response.status_code == 302


def test_help_texts_lead_to_the_guide(admin_client):
    event = EventFactory()
    page = admin_client.get(reverse("admin:timeline_event_change", args=[event.pk]))

    help_texts = page.context["adminform"].form["start"].help_text

    assert 'href="/admin/guide/#dates"' in help_texts
    assert help_texts.startswith("1924, 1924-08 or 1924-08-03: what the evidence says")
