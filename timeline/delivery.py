"""How data is handed out: to whom, and whether it is still what was fetched before."""

import functools
import hashlib
import time
from pathlib import Path

from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.timezone import localdate, localtime
from django.views.decorators.csrf import csrf_exempt

from timeline.models import Edition

SETTLED_AFTER = 2
"""Seconds: that in which the record changed, and one for clocks that differ."""
METHODS = "GET, HEAD, OPTIONS"
_TOLD = "Content-Disposition, ETag, Last-Modified, Link, Retry-After, X-Record-Count"


def open_to_all(view):
    """For reading by anyone, from scripts of any site too; nobody is known here by a cookie."""

    @csrf_exempt
    @functools.wraps(view)
    def opened(request, *args, **kwargs):
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
            response["Access-Control-Allow-Methods"] = METHODS
            response["Access-Control-Allow-Headers"] = "If-None-Match, If-Modified-Since"
            response["Access-Control-Max-Age"] = "86400"
        elif request.method in ("GET", "HEAD"):
            response = view(request, *args, **kwargs)
        else:
            response = HttpResponse(status=405)
        if request.method not in ("GET", "HEAD"):
            response["Allow"] = METHODS
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = _TOLD
        return response

    return opened


def state() -> tuple[str | None, int | None]:
    """A mark of everything that is public, and the second from which on it has been so.

    The mark is that of the edition, of the program that renders it, and of the day: citations
    say on which one the record was read. None: not known, or not yet. A second that is not over
    may bring another change, and who came between them must not be told that nothing has.
    """
    edition = Edition.objects.state()
    if not edition:
        return None, None
    mark, raised = edition
    program, written = _program()
    today = localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    since = max(raised, written, int(today.timestamp()))
    said = hashlib.sha256(f"{mark} {program} {localdate()}".encode()).hexdigest()[:24]
    return f'"{said}"', since if since + SETTLED_AFTER < time.time() else None


def kept_while_unchanged(view):
    """Answer 304 without a look at the records when nothing public has changed since."""

    @functools.wraps(view)
    def kept(request, *args, **kwargs):
        etag, since = state()
        unchanged = get_conditional_response(request, etag, since) if etag else None
        response = unchanged or view(request, *args, **kwargs)
        if etag and response.status_code in (200, 304):
            say_state(response, etag, since)
        return response

    return kept


@functools.cache
def _program() -> tuple[str, int]:
    """A mark of the code and the words, and when they were written.

    After an upgrade nothing fetched before still holds.
    """
    here = Path(__file__).parent
    files = sorted(path for kind in ("*.py", "*.po") for path in here.rglob(kind))
    files = [path for path in files if "tests" not in path.parts]
    mark = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
    return mark, int(max(path.stat().st_mtime for path in files))


def say_state(response, etag: str, since: int | None) -> None:
    """Let caches keep the answer, and ask before they use it again."""
    response["ETag"] = etag
    if since:
        response["Last-Modified"] = http_date(since)
    response["Cache-Control"] = "public, no-cache"
    patch_vary_headers(response, ["Accept-Encoding"])
