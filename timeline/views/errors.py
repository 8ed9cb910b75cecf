"""The pages that say what went wrong. None of them reads the database."""

import sys

from django.db import InterfaceError, OperationalError
from django.shortcuts import render
from django.views.decorators.csrf import requires_csrf_token

from timeline.workbench import GUARDED, typed


def _refusal(request, template: str, status: int):
    return render(request, template, {"discovery": None}, status=status)


@requires_csrf_token
def bad_request(request, exception=None):
    return _refusal(request, "400.html", 400)


@requires_csrf_token
def permission_denied(request, exception=None):
    return _refusal(request, "403.html", 403)


def csrf_failure(request, reason=""):
    # A form of the admin whose key is of an earlier log-in: shown again, never saved from here.
    is_own = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    if is_own and GUARDED in request.POST and request.user.is_staff:
        context = {"discovery": None, "typed": typed(request.POST)}
        return render(request, "admin/timeline/send_again.html", context, status=403)
    return _refusal(request, "403_csrf.html", 403)


@requires_csrf_token
def page_not_found(request, exception=None):
    return _refusal(request, "404.html", 404)


@requires_csrf_token
def server_error(request):
    """The program failed, or the database did: then it is worth asking again."""
    # Django calls this while it handles the exception, and hands it on in no other way.
    if isinstance(sys.exc_info()[1], InterfaceError | OperationalError):
        response = render(request, "503.html", status=503)
        response.headers["Retry-After"] = "30"
        return response
    return render(request, "500.html", status=500)
