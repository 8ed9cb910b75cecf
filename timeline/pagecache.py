"""Whole pages, kept for as long as what they show stays as it is.

The key of a page holds the mark of the edition (see `models/edition.py`), so that a change is
shown by the very next request, whoever made it and by whatever way; nothing has to be cleared. An
unchanged page that a browser still has is answered with 304 after one question to the database.
"""

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import Error
from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.timezone import localdate
from redis.exceptions import RedisError

from timeline import counters, replica
from timeline.models import Edition

CODE = ("relations/**/*.py", "timeline/**/*.py", "timeline/**/*.mo", "templates/**/*.html")
LARGEST = 2**20
"""A page that takes more bytes is made anew each time."""


@dataclass
class Page:
    """An answer as it left the inner middleware, compressed where the reader takes that."""

    body: bytes
    headers: dict[str, str]


class PageCache:
    """Middleware over all that makes a public page, and under what looks at the request itself."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.build = _build()
        self.mark = None

    def __call__(self, request):
        if not self._is_page(request):
            return self.get_response(request)
        mark, is_current = self._mark()
        if mark is None:
            return self.get_response(request)
        key = self._key(request, mark)
        etag = f"W/{quote_etag(key)}"
        if unchanged := get_conditional_response(request, etag=etag):
            return _dressed(unchanged, etag)
        page = _kept(key)
        counters.count_cache(hit=page is not None)
        if page:
            return _dressed(HttpResponse(page.body, headers=page.headers), etag)
        response = self.get_response(request)
        # Under a mark that was not read from the same database just now the page may be an older.
        if not (is_current and _may_be_kept(response)):
            return response
        _keep(key, Page(response.content, dict(response.items())))
        return _dressed(response, etag)

    def _is_page(self, request) -> bool:
        language = request.path_info[1:].partition("/")[0]
        return request.method in ("GET", "HEAD") and language in dict(settings.LANGUAGES)

    def _mark(self) -> tuple[int | None, bool]:
        """The mark of the edition, as it is or, while the database does not answer, last was.

        Read first, and from the database that the page will be read from or from one behind it:
        what is kept under a mark is then never older than the mark.
        """
        try:
            self.mark = Edition.objects.mark()
        except Error:
            if replica.is_read():  # The primary may well answer, and is asked next.
                raise
            return self.mark, False
        return self.mark, True

    def _key(self, request, mark: int) -> str:
        # The day, since some pages say what happened on it, and some how long ago.
        says = [self.build, mark, localdate(), request.scheme, request.get_host()]
        packed = "gzip" in request.headers.get("Accept-Encoding", "")
        says += [packed, request.get_full_path()]
        return hashlib.sha256("\x1f".join(map(str, says)).encode()).hexdigest()


def _kept(key: str) -> Page | None:
    with suppress(RedisError):  # A page can be made without the cache.
        return cache.get(key)
    return None


def _keep(key: str, page: Page) -> None:
    with suppress(RedisError):
        cache.set(key, page)


def _may_be_kept(response) -> bool:
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not response.has_header("Cache-Control")
        and "cookie" not in response.get("Vary", "").lower()
        and len(response.content) <= LARGEST
    )


def _dressed(response, etag: str):
    """Let the browser keep the page, and ask each time whether it is still the page."""
    response["ETag"] = etag
    response["Cache-Control"] = "no-cache"
    return response


def _build() -> str:
    """A mark of the program: a new one draws its pages anew."""
    files = [path for pattern in CODE for path in sorted(Path(settings.BASE_DIR).glob(pattern))]
    manifest = Path(settings.STATIC_ROOT, "staticfiles.json")
    files += [manifest] if manifest.is_file() else []
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
