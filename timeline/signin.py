"""Who signs in: where they come from, the second factor, and what helps when it is lost.

The first factor is the password, and django-axes counts its failures. The second is a code of
a program on the telephone (TOTP), kept and counted by django-otp, or a recovery code.
"""

import hashlib
import ipaddress
import secrets
from base64 import b32encode
from binascii import hexlify

import django_otp
import segno
from django import forms
from django.conf import settings
from django.db import transaction
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from timeline.models import RecoveryCode

RECOVERY_CODES = 10
NOWHERE = "::"
WRONG = _("This is neither the code of the moment nor an unused recovery code.")


class CodeField(forms.CharField):
    """Where a code is typed, of either kind; a telephone shows it in two halves."""

    def __init__(self, **kwargs):
        widget = forms.TextInput(attrs={"autocomplete": "one-time-code"})
        super().__init__(**{"label": _("Code"), "max_length": 40, "widget": widget} | kwargs)

    def to_python(self, value):
        return super().to_python(value).replace(" ", "")


def client_address(request) -> str:
    """Where a request comes from, as finely as an attempt to sign in is counted.

    The proxy appends the address it sees to what a visitor claims, so the last one counts. A
    household of IPv6 has more addresses than could be counted: its network stands for them.
    """
    address = request.META.get("REMOTE_ADDR") or ""
    if settings.TRUST_PROXY:
        address = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or address
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return NOWHERE
    if parsed.version == 6 and not parsed.ipv4_mapped:
        return str(ipaddress.ip_network((parsed, 64), strict=False).network_address)
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)


def owes_code(user) -> bool:
    """Whether somebody who gave the password has yet to give a code to be let in."""
    return settings.REQUIRE_SECOND_FACTOR and not user.is_verified()


def device_of(user) -> TOTPDevice | None:
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def new_key() -> str:
    return hexlify(secrets.token_bytes(20)).decode()


def unsaved_device(user, key: str) -> TOTPDevice:
    return TOTPDevice(user=user, key=key, name="TOTP", confirmed=True)


def spelt(device: TOTPDevice) -> str:
    """The key as it is typed where no picture can be taken: in fours."""
    text = b32encode(device.bin_key).decode()
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def picture(device: TOTPDevice) -> SafeString:
    """The key as a picture for the telephone. Dark on light, or no telephone reads it."""
    code = segno.make(device.config_url, error="m", micro=False)
    svg = code.svg_inline(dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None)
    return mark_safe(svg.replace("<svg ", '<svg aria-hidden="true" ', 1))  # noqa: S308


@transaction.atomic
def enrol(request, key: str, code: str) -> list[str] | None:
    """Take the device on when its code is right; its recovery codes, which are not shown again."""
    device = unsaved_device(request.user, key)
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits)
    # Not device.verify_token(): it would keep the device for the sake of the failure.
    if not (is_code(code) and totp.verify(int(code), device.tolerance)):
        return None
    device.last_t, device.drift = totp.t(), totp.drift
    TOTPDevice.objects.filter(user=request.user).delete()
    device.save(force_insert=True)
    let_in(request, device)
    return renew_recovery_codes(request.user)


@transaction.atomic
def accepted(user, code: str) -> TOTPDevice | None:
    """The device whose code this is, or for which it is a recovery code, which is then used up."""
    device = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=True).first()
    if device is None or not device.verify_is_allowed()[0]:
        return None
    if not (_is_recovery_code(user, code) or device.verify_token(code)):
        return None
    device.throttle_reset()
    return device


def let_in(request, device: TOTPDevice) -> None:
    """Count the session of the request as one in which the code was given."""
    # Whoever knew the session before the code was given does not know the one after.
    request.session.cycle_key()
    django_otp.login(request, device)


def seconds_to_wait(user) -> int:
    """How long no code will be looked at, after several that were wrong."""
    allowed, said = device_of(user).verify_is_allowed()
    return 0 if allowed else 1 + int((said["locked_until"] - now()).total_seconds())


def is_code(text: str) -> bool:
    return len(text) == 6 and text.isascii() and text.isdecimal()


@transaction.atomic
def renew_recovery_codes(user) -> list[str]:
    """New codes in the place of the old, to be shown once: only their digests are kept."""
    RecoveryCode.objects.filter(user=user).delete()
    codes = [_new_code() for _each in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, digest=_digest(code)) for code in codes
    )
    return codes


def recovery_codes_left(user) -> int:
    return RecoveryCode.objects.filter(user=user).count()


def _is_recovery_code(user, code: str) -> bool:
    used, _each = RecoveryCode.objects.filter(user=user, digest=_digest(code)).delete()
    return bool(used)


def _new_code() -> str:
    code = b32encode(secrets.token_bytes(10)).decode()
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4)).lower()


def _digest(code: str) -> str:
    """Eighty random bits need no slow hash."""
    plain = "".join(letter for letter in code.lower() if letter.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()
