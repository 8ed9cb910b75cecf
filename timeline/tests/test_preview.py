"""The preview of a record that is not public: for staff alone, and nowhere kept."""

import pytest

from timeline.choices import Status
from timeline.models import Source
from timeline.tests.factories import (
    ActorFactory,
    AgreementDateFactory,
    AgreementFactory,
    CitationFactory,
    EventFactory,
    SourceFactory,
    TenureFactory,
)
from timeline.tests.workbench import account

pytestmark = pytest.mark.django_db

LANGUAGES = ["en", "tr", "ja"]


def drafts():
    """A draft of every kind that has a page, none of them complete."""
    return {
        "events": EventFactory(
            slug="secret-event", title_en="Secret talks", sides=[], summary_en=""
        ),
        "actors": ActorFactory(slug="secret-actor", name_en="Secret envoy", status="draft"),
        "agreements": AgreementFactory(slug="secret-pact", title_en="Secret pact", summary_en=""),
        "sources": SourceFactory(slug="secret-memo", title="Secret memo", status="draft"),
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["events", "actors", "agreements", "sources"])
def test_a_draft_is_shown_to_staff_marked_and_never_kept(admin_client, kind, language):
    record = drafts()[kind]

    response = admin_client.get(f"/{language}/preview/{kind}/{record.slug}/")

    assert response.status_code == 200
    page = response.content.decode()
    assert "Secret" in page
    assert 'class="notice preview"' in page
    assert '<meta name="robots" content="noindex, nofollow">' in page
    # There is nothing yet to find, to cite or to take along.
    for offered in ("canonical", "application/ld+json", 'name="DC.', 'id="cite"', "export-list"):
        assert offered not in page
    assert set(response["Cache-Control"].split(", ")) == {"private", "no-store"}
    assert response["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize("kind", ["events", "actors", "agreements", "sources"])
def test_whoever_is_not_logged_in_learns_nothing_not_even_whether_it_exists(client, kind):
    record = drafts()[kind]

    there = client.get(f"/en/preview/{kind}/{record.slug}/")
    not_there = client.get(f"/en/preview/{kind}/no-such-record/")

    assert (there.status_code, not_there.status_code) == (302, 302)
    assert there["Location"] == f"/admin/login/?next=/en/preview/{kind}/{record.slug}/"
    assert b"Secret" not in there.content
    assert client.get(f"/en/{kind}/{record.slug}/").status_code == 404


def test_an_account_without_staff_or_without_the_right_to_look_sees_no_draft(
    client, django_user_model
):
    event = EventFactory(title_en="Secret talks")
    reader = django_user_model.objects.create_user("reader")
    clerk = account(None, "clerk")
    client.force_login(reader)
    as_reader = client.get(f"/en/preview/events/{event.slug}/")
    client.force_login(clerk)
    as_clerk = client.get(f"/en/preview/events/{event.slug}/")
    of_nothing = client.get("/en/preview/events/no-such-talks/")
    client.force_login(account("contributor"))

    allowed = client.get(f"/en/preview/events/{event.slug}/")

    assert (as_reader.status_code, as_clerk.status_code, allowed.status_code) == (302, 403, 200)
    assert of_nothing.status_code == 403
    assert b"Secret" not in as_reader.content + as_clerk.content


def test_the_preview_names_what_readers_would_not_see(admin_client):
    draft = SourceFactory(title="Unread memo", status="draft")
    party = ActorFactory(name_en="Unknown envoy", status="draft")
    event = EventFactory(actors=[party, TenureFactory().actor])
    CitationFactory(event=event, source=draft)

    response = admin_client.get(f"/en/preview/events/{event.slug}/")

    assert response.context["preview"]["hidden"] == [draft, party]
    page = response.content.decode()
    assert page.count("Unread memo") == page.count("Unknown envoy") == 1


def test_an_agreement_names_draft_sources_of_its_dates(admin_client):
    draft = SourceFactory(status="draft")
    dated = AgreementDateFactory()
    CitationFactory(agreement_date=dated, source=draft)

    response = admin_client.get(f"/en/preview/agreements/{dated.agreement.slug}/")

    assert response.context["preview"]["hidden"] == [draft]


def test_a_withdrawn_record_is_previewed_and_still_gone_for_readers(admin_client):
    event = EventFactory(status=Status.WITHDRAWN, reason="A hoax.")

    assert admin_client.get(f"/en/preview/events/{event.slug}/").status_code == 200
    assert admin_client.get(f"/en/events/{event.slug}/").status_code == 410


def test_the_form_of_a_draft_leads_to_its_preview_in_every_language(admin_client):
    source = SourceFactory(status="draft", slug="memo")

    page = admin_client.get(f"/admin/timeline/source/{source.pk}/change/").content.decode()

    for language in LANGUAGES:
        assert f'href="/{language}/preview/sources/memo/"' in page
    assert Source.objects.published().count() == 0


def test_a_page_that_readers_see_says_nothing_of_previews(client):
    event = EventFactory(published=True)

    assert b"preview" not in client.get(f"/en/events/{event.slug}/").content
