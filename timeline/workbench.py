"""The admin site itself: who is let in, and what is typed outlives the session it was typed in."""

from functools import update_wrapper

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import login
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _

from timeline import signin

# A form that says so is not let go of; with the other mark it is shown again, and not saved.
GUARDED, REOPEN, LOG_IN = "_guarded", "_reopen", "_log_in"
NOT_TYPED = {"csrfmiddlewaretoken", "username", "password", "otp_code", LOG_IN}


class LogInAgainForm(AdminAuthenticationForm):
    """Everything that signing in takes, on one page."""

    otp_code = signin.CodeField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not settings.REQUIRE_SECOND_FACTOR:
            del self.fields["otp_code"]
        self.device = None

    def clean(self):
        cleaned = super().clean()
        if code := cleaned.get("otp_code"):
            self.device = signin.accepted(self.get_user(), code)
            if self.device is None:
                self.add_error("otp_code", signin.WRONG)
        return cleaned


def typed(data) -> list[tuple[str, str]]:
    """Everything a form sent, to be sent once more."""
    return [
        (name, value) for name, values in data.lists() if name not in NOT_TYPED for value in values
    ]


class CurationSite(AdminSite):
    """The admin; a form sent after the session ended leads to a log-in that keeps it."""

    def login(self, request, extra_context=None):
        """Log in; with the password given, the page of the code is next where one is required."""
        if request.user.is_authenticated and signin.owes_code(request.user):
            asked = f"{reverse('second-factor')}?{request.GET.urlencode()}".removesuffix("?")
            return HttpResponseRedirect(asked)
        return super().login(request, extra_context)

    def admin_view(self, view, cacheable=False):
        inner = super().admin_view(view, cacheable)

        def kept(request, *args, **kwargs):
            # What is sent by those who may is for the view to read: it may be a large file.
            is_out = request.method == "POST" and not self.has_permission(request)
            is_lost = is_out and GUARDED in request.POST
            if is_lost and (page := self._log_in_again(request)):
                return page
            return inner(request, *args, **kwargs)

        return update_wrapper(kept, inner)

    def _log_in_again(self, request):
        """The page that asks for it; None once it is done, and the form is as it was sent."""
        is_answer = LOG_IN in request.POST
        form = LogInAgainForm(request, data=request.POST if is_answer else None)
        if is_answer and form.is_valid():
            login(request, form.get_user())
            if form.device:
                signin.let_in(request, form.device)
            data = request.POST.copy()
            for name in NOT_TYPED:
                data.pop(name, None)
            data[REOPEN] = "1"
            request.POST = data
            return None
        return _page(self, request, form)


def _page(site, request, form):
    context = {
        **site.each_context(request),
        "title": _("Log in again"),
        "form": form,
        "typed": typed(request.POST),
    }
    template = "admin/timeline/log_in_again.html"
    response = TemplateResponse(request, template, context, status=403)
    add_never_cache_headers(response)
    return response
