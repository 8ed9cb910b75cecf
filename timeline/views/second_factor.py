"""The second factor of staff: asked for, taken on, renewed; and the page of who tried too often."""

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from timeline import signin

KEY = "second_factor_key"


class CodeForm(forms.Form):
    code = signin.CodeField()

    def __init__(self, *args):
        super().__init__(*args)
        self.fields["code"].widget.attrs["autofocus"] = True


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def second_factor(request):
    """One address for every state: no device yet, a device that is to show its code, let in."""
    device = signin.device_of(request.user)
    if device is None:
        return _enrol(request)
    if not request.user.is_verified():
        return _verify(request)
    return _renew(request)


def _enrol(request):
    key = request.session.setdefault(KEY, signin.new_key())
    form = CodeForm(request.POST or None)
    if form.is_valid():
        if codes := signin.enrol(request, key, form.cleaned_data["code"]):
            del request.session[KEY]
            return _page(request, "codes", codes=codes)
        form.add_error("code", _("This is not the code of the moment. Look at it again."))
    device = signin.unsaved_device(request.user, key)
    picture, spelt = signin.picture(device), signin.spelt(device)
    return _page(request, "enrol", form=form, picture=picture, spelt=spelt)


def _verify(request):
    form = CodeForm(request.POST or None)
    if request.method != "POST":
        return _page(request, "verify", form=form)
    if form.is_valid() and not (wait := signin.seconds_to_wait(request.user)):
        if device := signin.accepted(request.user, form.cleaned_data["code"]):
            signin.let_in(request, device)
            return HttpResponseRedirect(_next(request))
        form.add_error("code", signin.WRONG)
    elif form.is_valid():
        form.add_error("code", _("There were too many wrong codes. Wait a little, then try again."))
        response = _page(request, "verify", form=form, status=429)
        response.headers["Retry-After"] = str(wait)
        return response
    return _page(request, "verify", form=form)


def _renew(request):
    if request.method == "POST":
        return _page(request, "codes", codes=signin.renew_recovery_codes(request.user))
    return _page(request, "renew", left=signin.recovery_codes_left(request.user))


def _next(request) -> str:
    """Where the visitor was going; no address of another site, whatever the query says."""
    there = request.GET.get(REDIRECT_FIELD_NAME, "")
    mine = url_has_allowed_host_and_scheme(there, {request.get_host()}, request.is_secure())
    return there if mine else reverse("admin:index")


def _page(request, state, status=200, **context):
    # The admin's own frame, without what it lists only for who is let in.
    frame = admin.site.each_context(request) | {"title": _("Second factor"), "state": state}
    frame["next"] = _next(request)
    if state in ("enrol", "verify"):
        frame |= {"is_nav_sidebar_enabled": False, "available_apps": []}
    return render(request, "admin/second_factor.html", frame | context, status=status)


def locked_out(request, response=None, credentials=None):
    """What django-axes shows after too many failures."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds()) // 60
    frame = admin.site.each_context(request) | {"title": _("Too many attempts"), "minutes": minutes}
    response = render(request, "admin/locked_out.html", frame, status=429)
    response.headers["Retry-After"] = str(minutes * 60)
    return response
