"""Errors that readers report: taken down without an account, and without a word of who wrote."""

import ipaddress
import secrets

from django import forms
from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac
from django.utils.timezone import localdate as today
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from timeline.models import Report, ReportTally

A_DAY_FROM_ONE_SENDER = 10
A_DAY_IN_ALL = 300

_forms = signing.Signer(salt="report an error")


class TooMany(Exception):
    """No more reports are taken today, from this sender or from anybody."""


class ReportForm(forms.Form):
    """What is wrong with a record."""

    text = forms.CharField(
        label=_("What is wrong?"),
        help_text=_("Which statement, and what it should say."),
        max_length=2000,
        min_length=10,
        widget=forms.Textarea(attrs={"rows": 6, "class": "field__input"}),
    )
    evidence = forms.CharField(
        label=_("A source that says otherwise"),
        help_text=_("Its title or its address, if you know one."),
        max_length=400,
        required=False,
        widget=forms.TextInput(attrs={"class": "field__input"}),
    )
    # Nobody sees it but programs that fill in whatever they find.
    website = forms.CharField(
        label=pgettext_lazy("a field that must stay empty", "Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    form = forms.CharField(widget=forms.HiddenInput, max_length=200)

    def clean_website(self):
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("This field must stay empty."))
        return ""

    def clean_form(self):
        try:
            return _forms.unsign(self.cleaned_data["form"])
        except signing.BadSignature as error:
            raise forms.ValidationError(_("Please send the form once more.")) from error


def new_form() -> str:
    """A name for a form that is handed out, by which it is known when it comes back twice."""
    return _forms.sign(secrets.token_hex(12))


@transaction.atomic
def take(record, form: ReportForm, *, sender: str) -> Report:
    """Take down what a valid form says of the record; the same form again is the same report.

    Raises `TooMany`, and then nothing is written.
    """
    said = form.cleaned_data
    if known := Report.objects.filter(form=said["form"]).first():
        return known
    _count(sender)
    report, _is_new = Report.objects.get_or_create(
        form=said["form"],
        defaults={
            record._meta.model_name: record,
            "text": said["text"],
            "evidence": said["evidence"],
            "language": get_language()[:2],
        },
    )
    return report


def _count(sender: str) -> None:
    day = today()
    # What was kept of yesterday's senders is of no more use.
    ReportTally.objects.filter(day__lt=day).delete()
    limits = {hashed(sender, day): A_DAY_FROM_ONE_SENDER, "": A_DAY_IN_ALL}
    for key, limit in limits.items():
        tally, _is_new = ReportTally.objects.get_or_create(day=day, sender=key)
        free = ReportTally.objects.filter(pk=tally.pk, count__lt=limit)
        if not free.update(count=F("count") + 1):
            raise TooMany


def hashed(sender: str, day) -> str:
    """A name for a sender that holds for a day and leads back to nobody without the key."""
    return salted_hmac(f"reports {day}", sender, algorithm="sha256").hexdigest()


def sender_of(request) -> str:
    """The address that a request came from: of IPv6 the network, of which one person has many.

    Behind a trusted proxy it is what the proxy wrote down last; the rest anybody may invent.
    """
    said = request.META.get("REMOTE_ADDR", "")
    if settings.TRUST_PROXY:
        said = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or said
    try:
        address = ipaddress.ip_address(said)
    except ValueError:
        return said[:100]
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
