"""How data is handed out: to whom, and whether it is still what was fetched before."""

import functools
import hashlib
from pathlib import Path

from django.db.models import Count, Max
from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.timezone import localdate
from django.views.decorators.csrf import csrf_exempt

from timeline.models import Actor, Agreement, Event, Place, Release, Sector, Source, Story

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


def state() -> tuple[str, object]:
    """A mark of everything that is public, and when any of it was last saved.

    The mark changes with each record saved, added or taken away, with each place and sector,
    and with the program that renders them.
    """
    said, saved = [_program()], []
    for model in (Event, Actor, Agreement, Source, Story):
        row = model.objects.aggregate(Count("pk"), Max("updated"))
        said.append(str(sorted(row.items())))
        saved.append(row["updated__max"])
    for model in (Place, Sector):
        said.append(str(list(model.objects.order_by("pk").values_list())))
    # Citations say in which release a record stands, and on which day it was read.
    said += [str(Release.objects.current()), str(localdate())]
    mark = hashlib.sha256("\n".join(said).encode()).hexdigest()[:24]
    return f'"{mark}"', max((one for one in saved if one), default=None)


def kept_while_unchanged(view):
    """Answer 304 without a look at the records when nothing public has changed since."""

    @functools.wraps(view)
    def kept(request, *args, **kwargs):
        etag, last_saved = state()
        unchanged = get_conditional_response(
            request, etag, last_saved and int(last_saved.timestamp())
        )
        response = unchanged or view(request, *args, **kwargs)
        if response.status_code in (200, 304):
            say_state(response, etag, last_saved)
        return response

    return kept


@functools.cache
def _program() -> str:
    """A mark of the code and the words: after an upgrade nothing fetched before still holds."""
    here = Path(__file__).parent
    files = sorted(path for kind in ("*.py", "*.po") for path in here.rglob(kind))
    files = [path for path in files if "tests" not in path.parts]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def say_state(response, etag: str, last_saved) -> None:
    """Let caches keep the answer, and ask before they use it again."""
    response["ETag"] = etag
    if last_saved:
        response["Last-Modified"] = http_date(last_saved.timestamp())
    response["Cache-Control"] = "public, no-cache"
    patch_vary_headers(response, ["Accept-Encoding"])
