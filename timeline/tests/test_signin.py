"""Staff sign in with a password and a code; whoever guesses is slowed down."""

import re
from base64 import b32decode
from urllib.parse import quote

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import RequestFactory
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import expect

from timeline import signin
from timeline.models import RecoveryCode, Sector
from timeline.tests import axe
from timeline.tests.factories import EventFactory

pytestmark = pytest.mark.django_db

PASSWORD = "a long pass phrase"
ASKED = f"{reverse('second-factor')}?next=%2Fadmin%2F"
LOGIN, PAGE, DESK = reverse("admin:login"), reverse("second-factor"), reverse("admin:index")


@pytest.fixture
def ayse():
    return User.objects.create_superuser("ayse", password=PASSWORD)


def assert_accessible(page):
    assert axe.violations(page) == {}


@pytest.fixture
def required(settings):
    settings.REQUIRE_SECOND_FACTOR = True


def sign_in(client, password=PASSWORD, name="ayse", **headers):
    return client.post(LOGIN, {"username": name, "password": password}, headers=headers or None)


def led_to(client, page=DESK):
    """Where somebody ends up who asks for the page."""
    return client.get(page, follow=True).redirect_chain[-1][0]


def code_of(key, steps=0):
    return f"{totp(bytes.fromhex(key), t0=-30 * steps):06}"


@pytest.fixture
def telephone(ayse):
    return TOTPDevice.objects.create(user=ayse, key="31" * 20, name="TOTP")


# The password


def test_the_fifth_failure_locks_and_says_until_when(client, ayse):
    answers = [sign_in(client, "wrong").status_code for _each in range(5)]
    locked = sign_in(client)

    assert answers == [200, 200, 200, 200, 429]
    assert (locked.status_code, locked.headers["Retry-After"]) == (429, "900")
    assert "Wait 15 minutes" in locked.content.decode()
    assert client.get(DESK).status_code == 302


def test_only_this_name_from_this_address_is_locked(client, ayse):
    User.objects.create_superuser("kenji", password=PASSWORD)
    for _each in range(5):
        sign_in(client, "wrong")

    assert sign_in(client, name="kenji").status_code == 302
    client.logout()
    client.defaults["REMOTE_ADDR"] = "192.0.2.7"
    assert sign_in(client).status_code == 302


def test_a_success_forgets_the_failures_before_it(client, ayse):
    for _each in range(2):
        for _failure in range(4):
            sign_in(client, "wrong")
        assert sign_in(client).status_code == 302
        client.logout()


@pytest.mark.parametrize("trusted", [True, False])
def test_what_a_visitor_claims_to_be_counts_only_behind_a_proxy(client, ayse, settings, trusted):
    settings.TRUST_PROXY = trusted
    claims = [f"198.51.100.{n}, 192.0.2.1" for n in range(4)] + ["192.0.2.1"]

    answers = [sign_in(client, "wrong", X_Forwarded_For=claim) for claim in claims]
    elsewhere = sign_in(client, X_Forwarded_For="192.0.2.1, 192.0.2.2")

    assert answers[-1].status_code == 429  # the last address is the proxy's word
    assert elsewhere.status_code == (302 if trusted else 429)


@pytest.mark.parametrize(
    ("remote", "forwarded", "expected"),
    [
        ("192.0.2.1", "198.51.100.1", "198.51.100.1"),
        ("192.0.2.1", "", "192.0.2.1"),
        ("192.0.2.1", "unknown", "::"),
        ("192.0.2.1", "x" * 5000, "::"),
        ("", "", "::"),
        ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::"),
        ("fe80::1%eth0", "", "fe80::"),
        ("::ffff:192.0.2.9", "", "192.0.2.9"),
    ],
)
def test_the_address_of_a_visitor(settings, remote, forwarded, expected):
    settings.TRUST_PROXY = True
    request = RequestFactory().get("/", REMOTE_ADDR=remote, headers={"X-Forwarded-For": forwarded})

    assert signin.client_address(request) == expected


def test_a_session_ends_after_a_working_day_or_with_the_browser(client, ayse):
    sign_in(client)

    assert client.session.get_expiry_age() <= 8 * 60 * 60
    assert client.cookies["sessionid"]["max-age"] == ""
    assert client.cookies["sessionid"]["httponly"] is True


@pytest.mark.parametrize("key", ['"\\000234567890"', "x" * 5000, "../../etc/passwd"])
def test_a_cookie_that_is_no_session_of_ours_is_no_session(client, key):
    response = client.get("/admin/", headers={"cookie": f"sessionid={key}"})

    assert response.status_code == 302
    assert response["Location"] == "/admin/login/?next=/admin/"


# The second factor


def test_without_the_setting_nobody_is_asked(client, ayse):
    sign_in(client)

    assert client.get(DESK).status_code == 200


@pytest.mark.parametrize(
    "page",
    [
        DESK,
        reverse("admin:timeline_event_changelist"),
        reverse("admin:jsi18n"),
        reverse("guide"),
        reverse("thin"),
        reverse("entering:spreadsheets"),
        reverse("entering:date"),
        "/admin/autocomplete/",
    ],
)
def test_a_password_alone_opens_no_page_of_the_admin(client, ayse, required, page):
    sign_in(client)

    assert led_to(client, page) == f"{PAGE}?next={quote(page, safe='')}"


def test_a_password_alone_saves_nothing(client, ayse, required):
    sign_in(client)
    add = reverse("admin:timeline_sector_add")

    client.post(add, {"slug": "sport"})

    assert not Sector.objects.exists()
    assert client.post(reverse("admin:logout")).status_code == 200


def test_a_password_alone_shows_no_draft(client, ayse, telephone, required):
    draft = EventFactory(status="draft", title_en="Not yet told")
    preview = reverse("preview-event", args=[draft.slug])
    sign_in(client)

    assert client.get(preview).status_code in (302, 403, 404)
    client.post(PAGE, {"code": code_of(telephone.key)})
    assert "Not yet told" in client.get(preview).content.decode()


@pytest.mark.parametrize(
    ("said", "expected"),
    [("/admin/timeline/event/", "/admin/timeline/event/"), ("https://elsewhere.example/", DESK)],
)
def test_after_the_code_comes_the_page_that_was_asked_for(
    client, ayse, telephone, required, said, expected
):
    sign_in(client)

    done = client.post(f"{PAGE}?next={said}", {"code": code_of(telephone.key)})

    assert done.headers["Location"] == expected


def test_a_form_sent_after_the_session_ended_asks_for_password_and_code(
    client, ayse, telephone, required
):
    add = reverse("admin:timeline_sector_add")
    lost = {"slug": "sport", "_guarded": "1"}
    again = lost | {"_log_in": "1", "username": "ayse", "password": PASSWORD}

    asked = client.post(add, lost)
    no_code = client.post(add, again)
    wrong = client.post(add, again | {"otp_code": "aaaa-aaaa-aaaa-aaaa"})

    assert [each.status_code for each in (asked, no_code, wrong)] == [403, 403, 403]
    assert 'name="otp_code"' in asked.content.decode()
    assert "neither the code of the moment" in wrong.content.decode()
    assert SESSION_KEY not in client.session
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    shown = client.post(add, again | {"otp_code": code_of(telephone.key)})
    assert (shown.status_code, 'value="sport"' in shown.content.decode()) == (200, True)
    assert client.get(DESK).status_code == 200


def test_a_visitor_is_asked_for_the_password_first(client, required):
    assert client.get(PAGE).headers["Location"] == f"{LOGIN}?next={PAGE}"
    assert client.get(DESK).headers["Location"] == f"{LOGIN}?next={DESK}"


def test_a_device_is_taken_on_and_ten_recovery_codes_are_shown_once(client, ayse, required):
    sign_in(client)
    page = client.get(PAGE)
    key = client.session["second_factor_key"]

    wrong = client.post(PAGE, {"code": "000000"})
    assert not TOTPDevice.objects.exists()
    done = client.post(PAGE, {"code": code_of(key)})

    assert '<svg aria-hidden="true" viewBox' in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert "This is not the code of the moment." in wrong.content.decode()
    codes = re.findall(r"<code>([a-z2-7-]{19})</code>", done.content.decode())
    assert len(set(codes)) == 10
    assert RecoveryCode.objects.count() == 10
    assert not {each.digest for each in RecoveryCode.objects.all()} & set(codes)
    assert client.get(DESK).status_code == 200
    assert "10 recovery codes are left." in client.get(PAGE).content.decode()


def test_the_code_of_the_device_lets_in_once_and_under_a_new_session(
    client, ayse, telephone, required
):
    sign_in(client)
    before = client.session.session_key
    code = code_of(telephone.key)

    done = client.post(PAGE, {"code": f"{code[:3]} {code[3:]}"})

    assert done.headers["Location"] == DESK
    assert client.get(DESK).status_code == 200
    assert client.session.session_key != before
    client.logout()
    sign_in(client)
    again = client.post(PAGE, {"code": code})
    assert "neither the code of the moment" in again.content.decode()
    assert led_to(client) == ASKED


def test_a_recovery_code_lets_in_once(client, ayse, telephone, required):
    first, *_others = signin.renew_recovery_codes(ayse)
    sign_in(client)

    assert client.post(PAGE, {"code": first.upper()}).headers["Location"] == DESK
    client.logout()
    sign_in(client)
    assert client.post(PAGE, {"code": first}).status_code == 200
    assert led_to(client) == ASKED
    assert RecoveryCode.objects.count() == 9


def test_a_recovery_code_of_another_does_not(client, ayse, telephone, required):
    kenji = User.objects.create_superuser("kenji", password=PASSWORD)
    [first, *_others] = signin.renew_recovery_codes(kenji)
    sign_in(client)

    assert client.post(PAGE, {"code": first}).status_code == 200
    assert RecoveryCode.objects.count() == 10


@pytest.mark.parametrize("code", ["", "12345", "٠٠٠٠٠٠", "９９９９９９", "-1", "x" * 5000, "1\x00"])
def test_what_is_no_code_is_refused(client, ayse, telephone, required, code):
    sign_in(client)

    assert client.post(PAGE, {"code": code}).status_code == 200
    assert led_to(client) == ASKED


def test_who_guesses_codes_waits_longer_each_time_even_with_the_right_one(
    client, ayse, telephone, required
):
    sign_in(client)
    TOTPDevice.objects.update(throttling_failure_count=6, throttling_failure_timestamp=signin.now())

    refused = client.post(PAGE, {"code": code_of(telephone.key)})

    assert refused.status_code == 429
    assert 30 <= int(refused.headers["Retry-After"]) <= 33
    assert led_to(client) == ASKED


def test_a_wrong_code_is_counted(client, ayse, telephone, required):
    sign_in(client)

    client.post(PAGE, {"code": "aaaa-aaaa-aaaa-aaaa"})

    assert TOTPDevice.objects.get().throttling_failure_count == 1


def test_new_recovery_codes_need_a_session_that_gave_a_code(client, ayse, telephone, required):
    old = signin.renew_recovery_codes(ayse)
    sign_in(client)
    client.post(PAGE, {})
    assert {each.digest for each in RecoveryCode.objects.all()} == set(map(signin._digest, old))

    client.post(PAGE, {"code": code_of(telephone.key)})
    client.post(PAGE, {})

    assert not {each.digest for each in RecoveryCode.objects.all()} & set(map(signin._digest, old))


def test_a_device_of_another_does_not_let_in(client, ayse, telephone, required):
    kenji = User.objects.create_superuser("kenji", password=PASSWORD)
    client.force_login(kenji)
    session = client.session
    session["otp_device_id"] = telephone.persistent_id
    session.save()

    assert led_to(client) == ASKED


def test_somebody_who_lost_everything_starts_anew(ayse, telephone):
    signin.renew_recovery_codes(ayse)

    call_command("reset_second_factor", "ayse")

    assert not TOTPDevice.objects.exists()
    assert not RecoveryCode.objects.exists()
    with pytest.raises(CommandError, match="no account of the name 'nobody'"):
        call_command("reset_second_factor", "nobody")


@pytest.mark.parametrize("language", ["en", "tr", "ja"])
def test_a_device_is_taken_on_by_keyboard_and_the_pages_are_accessible(
    live_server, page, ayse, settings, language
):
    settings.REQUIRE_SECOND_FACTOR = True
    complaints = []
    page.on("console", lambda line: complaints.append(line.text))
    page.set_extra_http_headers({"Accept-Language": language})

    page.goto(live_server.url + DESK)
    expect(page.locator("#id_username")).to_be_focused()
    page.keyboard.type("ayse")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(live_server.url + ASKED)
    assert_accessible(page)
    spelt = page.locator(".second-factor__key").inner_text().replace(" ", "")
    expect(page.locator("#id_code")).to_be_focused()
    page.keyboard.type(code_of(b32decode(spelt).hex()))
    page.keyboard.press("Enter")
    page.locator(".second-factor__codes").wait_for()
    assert_accessible(page)
    page.goto(live_server.url + DESK)
    assert page.locator("#user-tools").count() == 1
    page.goto(live_server.url + PAGE)
    assert_accessible(page)
    assert [text for text in complaints if "Content Security Policy" in text] == []
