"""The whole API against its own description, by schemathesis, with every check it knows."""

import re

import hypothesis
import pytest
import schemathesis
from django.core import signals
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck
from schemathesis.specs.openapi.checks import positive_data_acceptance

from timeline.api import pages
from timeline.api.docs import specification
from timeline.api.openapi import CODE, DATE, SLUG, WORDS
from timeline.choices import Status
from timeline.questions import TABLES
from timeline.tests.factories import (
    ActorFactory,
    AgreementFactory,
    EventFactory,
    PlaceFactory,
    SectorFactory,
    SourceFactory,
    StoryFactory,
)
from timeline.tests.soak import rounds
from timeline.tests.test_pages import full_event

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

CURSORS = {}
NAMES = dict.fromkeys(("actor", "agreement", "source", "place"), (SLUG, "a"))
NAMES |= {"sector": (SLUG, "diplomacy")}
NAMES |= {"country": (CODE, "JP"), "language": (CODE, "en")}

schema = schemathesis.openapi.from_dict(specification())
schema.app = get_wsgi_application()


@pytest.fixture(autouse=True)
def records(db):
    """Something to find; and the application must not close the connection of the test."""
    for signal in (signals.request_started, signals.request_finished):
        signal.disconnect(close_old_connections)
    full_event(slug="a")
    EventFactory(published=True, actors=[ActorFactory(slug="a")], place=PlaceFactory(slug="a"))
    AgreementFactory(slug="a", published=True)
    AgreementFactory(published=True)
    SourceFactory(slug="a")
    StoryFactory(published=True)
    StoryFactory(published=True)
    SectorFactory(slug="trade")
    EventFactory(slug="withdrawn", status=Status.WITHDRAWN, reason="It did not happen.")
    EventFactory(published=True, place=PlaceFactory(country="JP"))
    for kind, table in TABLES.items():
        for descending in (False, True):
            found = table.records()
            found = found.reverse() if descending else found
            page = pages.page(found, table.order, descending, "", 1)
            CURSORS[f"/api/v1/{kind}", descending] = page.next
    yield
    for signal in (signals.request_started, signals.request_finished):
        signal.connect(close_old_connections)


def looks_like(pattern, value):
    return isinstance(value, str) and re.search(pattern, value)


def name_what_is_there(case):
    """Names of things that are there, in place of others of the same form.

    OpenAPI can say what a name looks like and not which there are; and an unknown one is an
    error. What does not look like one is left, so that it is still refused.
    """
    query = case.query or {}
    for name, value in query.items():
        if name in NAMES and isinstance(value, list):
            pattern, known = NAMES[name]
            query[name] = [known if looks_like(pattern, one) else one for one in value]
        if name in ("from", "to") and looks_like(DATE, value):
            query[name] = {"from": "1924-08", "to": "2025"}[name]
        if name == "cursor" and looks_like(WORDS, value):
            query[name] = CURSORS[case.operation.path, query.get("order") == "newest"]


@schema.parametrize()
@hypothesis.settings(
    max_examples=rounds(20, 200),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
def test_api(case):
    name_what_is_there(case)
    response = case.call(headers={"Host": "localhost", "Accept-Encoding": "identity"})
    # What was withdrawn is asked for rightly, and is gone.
    is_gone = response.status_code == 410 and case.path_parameters.get("slug") == "withdrawn"
    case.validate_response(response, excluded_checks=[positive_data_acceptance] * is_gone)
