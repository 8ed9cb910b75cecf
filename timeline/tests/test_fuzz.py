"""Whatever is asked, by whomever: no error of the program, and nothing that is hidden.

SOAK=1 asks twenty thousand times.
"""

from itertools import product

import hypothesis
import pytest
from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils.translation import override
from hypothesis import HealthCheck
from hypothesis import strategies as st

from timeline.tests import fuzzing, hidden
from timeline.tests.reading import whole
from timeline.tests.soak import rounds
from timeline.tests.workbench import account

pytestmark = [
    # What is found by its number has the numbers that are asked for.
    pytest.mark.django_db(transaction=True, reset_sequences=True),
    pytest.mark.slow,
    pytest.mark.each_database,
]
ROLES = ["contributor", "editor", "administrator", *rounds([], ["superuser"])]
ADDRESSES = fuzzing.addresses()
WORKBENCH = [form for form in ADDRESSES if form.startswith("/admin/")]
OPEN = [form for form in ADDRESSES if form not in WORKBENCH]


def asked(times):
    """The same requests each time, unless there is time for other ones."""
    return hypothesis.settings(
        max_examples=times,
        deadline=None,
        derandomize=times < 1000,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[hypothesis.Phase.generate, hypothesis.Phase.shrink],
    )


@pytest.fixture
def world(settings, tmp_path):
    """The records, before an application that keeps pages as the real one does."""
    settings.ALLOWED_HOSTS = ["localhost", "testserver"]
    settings.RELEASES_DIR = tmp_path
    above = settings.MIDDLEWARE.index("django.middleware.gzip.GZipMiddleware")
    kept = "timeline.pagecache.PageCache"
    settings.MIDDLEWARE = [*settings.MIDDLEWARE[:above], kept, *settings.MIDDLEWARE[above:]]
    hidden.records(account("contributor", hidden.WORD))


def answer(client, ask):
    """What is said to the request, read to its end; an error of the program is raised here."""
    response = ask.of(client)
    body = whole(response)
    said = hidden.read(response.headers, body)
    assert response.status_code < 500
    assert "Traceback (most recent call last)" not in said
    return response, said, body


def test_every_address_is_among_those_that_are_asked_for():
    for form in ADDRESSES:
        gaps = fuzzing.gaps(form)
        ways = product(*(fuzzing.VALUES[name] for name in gaps))

        assert any(reaches(form % dict(zip(gaps, way, strict=True))) for way in ways), form
    assert len(WORKBENCH) > 100
    assert {f"/{code}/events/%(slug)s/" for code, _name in settings.LANGUAGES} < set(OPEN)


def reaches(address):
    language = address[1:].partition("/")[0]
    with override(language if language in dict(settings.LANGUAGES) else "en"):
        try:
            return resolve(address)
        except Resolver404:
            return None


@asked(rounds(160, 10_500))
@hypothesis.given(fuzzing.asks(OPEN + WORKBENCH[::6]))
def visitors_ask(ask):
    response, said, _body = answer(Client(), ask)

    assert hidden.WORD not in said
    if hidden.SLUG not in ask.sent():
        assert hidden.SLUG not in said
    assert response.status_code != 200 or "/preview/" not in ask.address


def test_no_visitor_meets_an_error_or_anything_hidden(world):
    visitors_ask()


def test_no_visitor_who_asks_properly_meets_anything_hidden(world):
    """Every address with every value that is there: what is made up may well miss one."""
    client = Client()
    found = 0
    languages = rounds(["/tr/"], ["/en/", "/tr/", "/ja/"])
    for form in OPEN:
        if form[:4] in {"/en/", "/tr/", "/ja/"} - {*languages}:
            continue
        gaps = fuzzing.gaps(form)
        values = fuzzing.VALUES["slug"] if "slug" in gaps else [None]
        for value in values:
            way = {name: fuzzing.VALUES[name][0] for name in gaps} | {"slug": value}
            response, said, _body = answer(client, fuzzing.Ask(form % way))
            found += response.status_code == 200
            assert hidden.WORD not in said
            assert hidden.SLUG not in said.replace(str(value), "")

    assert found > 40


def staff(role):
    """A browser in which somebody of that role has signed in; the drafts are the contributor's."""
    client = Client()
    client.force_login(account(role, hidden.WORD if role == "contributor" else None))
    return client


@pytest.mark.parametrize("role", ROLES)
def test_no_member_of_staff_meets_an_error_anywhere(world, role):
    @asked(rounds(20, 1_000))
    @hypothesis.given(fuzzing.asks(WORKBENCH + OPEN[::4]))
    def staff_ask(ask):
        answer(staff(role), ask)

    staff_ask()


def forms_of(client, page):
    """The forms of a page as it is now; none when it is not for whoever asks."""
    response, _said, body = answer(client, fuzzing.Ask(page))
    is_page = response.status_code == 200 and "text/html" in response["Content-Type"]
    return fuzzing.forms_of(page, body) if is_page else []


@pytest.mark.parametrize("role", ROLES)
def test_no_form_of_the_admin_breaks_whatever_is_typed(world, role):
    client = staff(role)
    filled = [
        form % dict.fromkeys(fuzzing.gaps(form), number)
        for form in WORKBENCH
        for number in rounds(["1"], ["1", "2", "3", "4"])
    ]
    pages = [page for page in sorted({*filled}) if forms_of(client, page)]

    @asked(rounds(10, 700))
    @hypothesis.given(st.sampled_from(pages), fuzzing.spoilings)
    def spoil(page, spoiling):
        client = staff(role)
        for form in forms_of(client, page):
            answer(client, form.spoilt(*spoiling))

    spoil()

    assert len(pages) > 20
