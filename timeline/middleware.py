"""What happens to every request, whatever it asks for."""

import logging
import re
import time
import uuid
from contextlib import ExitStack
from functools import partial

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import MiddlewareNotUsed
from django.db import connections
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from timeline import counters, replica
from timeline.logs import REQUEST_ID

requests = logging.getLogger("timeline.requests")

# An id that a proxy gave: short, and nothing that could mean something in a log.
GIVEN_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
PROBES = {"/healthz", "/readyz", "/metrics"}  # which say themselves what they find
LONGEST_PATH, LONGEST_SQL = 300, 500


class Queries:
    """Counts the questions a request asks of the databases, and notes those that take long."""

    def __init__(self):
        self.count = 0

    def __call__(self, execute, sql, params, many, context):
        self.count += 1
        begun = time.monotonic()
        try:
            return execute(sql, params, many, context)
        finally:
            taken = (time.monotonic() - begun) * 1000
            if taken > settings.SLOW_QUERY_MS:
                counters.SLOW_QUERIES.inc()
                # The question with gaps, as it is in the code; never the values.
                said = str(sql)[:LONGEST_SQL]
                requests.warning("slow query", extra={"sql": said, "milliseconds": round(taken)})


class Watched:
    """Gives each request an id, times it, and counts and logs what became of it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        given = request.headers.get("X-Request-ID", "")
        request.id = given if GIVEN_ID.fullmatch(given) else uuid.uuid4().hex
        token = REQUEST_ID.set(request.id)
        queries, begun = Queries(), time.monotonic()
        try:
            with ExitStack() as stack:
                for alias in connections:
                    stack.enter_context(connections[alias].execute_wrapper(queries))
                response = self.get_response(request)
            response.headers["X-Request-ID"] = request.id
            self.note(request, response.status_code, time.monotonic() - begun, queries.count)
        finally:
            REQUEST_ID.reset(token)
        return response

    def note(self, request, status, seconds, queries):
        view = request.resolver_match.view_name if request.resolver_match else ""
        method = request.method if request.method in METHODS else "other"
        counters.REQUESTS.labels(view, method, status).inc()
        counters.SECONDS.labels(view).observe(seconds)
        counters.QUERIES.labels(view).inc(queries)
        requests.info(
            "request",
            extra={
                "method": method,
                "path": request.path[:LONGEST_PATH],
                "view": view,
                "status": status,
                "milliseconds": round(seconds * 1000),
                "queries": queries,
            },
        )


class Isolated:
    """Headers that keep other sites, and devices of the reader, out of every page.

    Only as defaults: data that other sites may load says so itself.
    """

    HEADERS = {
        "Permissions-Policy": ", ".join(
            f"{device}=()"
            for device in [
                *("accelerometer", "autoplay", "camera", "display-capture", "geolocation"),
                *("gyroscope", "magnetometer", "microphone", "midi", "payment", "usb"),
                *("browsing-topics", "xr-spatial-tracking"),
            ]
        ),
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cross-Origin-Embedder-Policy": "require-corp",
    }

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        for name, value in self.HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class Replicated:
    """Lets visitors read from the replica, where there is one, and staff from the primary.

    When the one that is read does not answer, the other is asked before the visitor is told.
    """

    AT_ONCE = 5  # seconds; what took longer to fail is not tried a second time

    def __init__(self, get_response):
        if not replica.is_named():
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request):
        if not self.is_visitor(request):
            return self.get_response(request)
        order = [replica.REPLICA, replica.PRIMARY]
        first, other = order if replica.follows() else reversed(order)
        begun = time.monotonic()
        response = self.answer(request, first)
        if response.status_code == 503 and time.monotonic() - begun < self.AT_ONCE:
            if first == replica.REPLICA:
                replica.gave_up()
            response = self.answer(request, other)
        return response

    def answer(self, request, database):
        with replica.reading(database):
            response = self.get_response(request)
            if response.streaming:
                response.streaming_content = replica.reading_on(response.streaming_content)
        return response

    @staticmethod
    def is_visitor(request) -> bool:
        """Somebody who only reads, and has not signed in: who has must see what was just saved."""
        is_staff = settings.SESSION_COOKIE_NAME in request.COOKIES
        return request.method in ("GET", "HEAD") and not is_staff and request.path not in PROBES


class SecondFactorRequired:
    """Who has given a password, and no code yet, is nobody: in the admin and on every other page.

    But for the pages that ask for the code, and the one that logs out.
    """

    OPEN = ("admin:login", "admin:logout", "second-factor")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.REQUIRE_SECOND_FACTOR and request.path not in map(reverse, self.OPEN):
            # Lazily: a page that does not ask who reads it must not come to depend on it.
            request.user = SimpleLazyObject(partial(self.known, request.user))
        return self.get_response(request)

    @staticmethod
    def known(user):
        return user if user.is_authenticated and user.is_verified() else AnonymousUser()
