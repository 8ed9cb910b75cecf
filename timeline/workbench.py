"""The admin site itself: what is typed outlives the session in which it was typed."""

from functools import update_wrapper

from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import login
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _

# A form that says so is not let go of; with the other mark it is shown again, and not saved.
GUARDED, REOPEN, LOG_IN = "_guarded", "_reopen", "_log_in"
NOT_TYPED = {"csrfmiddlewaretoken", "username", "password", LOG_IN}


def typed(data) -> list[tuple[str, str]]:
    """Everything a form sent, to be sent once more."""
    return [
        (name, value) for name, values in data.lists() if name not in NOT_TYPED for value in values
    ]


class CurationSite(AdminSite):
    """The admin; a form sent after the session ended leads to a log-in that keeps it."""

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
        form = AdminAuthenticationForm(request, data=request.POST if is_answer else None)
        if is_answer and form.is_valid():
            login(request, form.get_user())
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
