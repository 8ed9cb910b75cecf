"""A page that is sent while the work is done: how far it is can be read without any script."""

from collections.abc import Iterator
from contextlib import closing

from django.http import StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils import translation

_STEPS, _RESULT = "<!-- steps -->", "<!-- result -->"
_STEP = "admin/entering/_progress.html"


def progress_page(request, context: dict, work: Iterator) -> StreamingHttpResponse:
    """The page of an import, filled while `work` goes on.

    `work` yields how much is done, of how much, and of what, and at its end one dictionary: the
    result. When the reader goes away, it is closed where it stands.
    """
    page = render_to_string("admin/entering/import.html", context, request)
    head, _steps, rest = page.partition(_STEPS)
    between, _result, foot = rest.partition(_RESULT)
    language = translation.get_language()
    response = StreamingHttpResponse(_parts(request, [head, between, foot], work, language))
    response["Cache-Control"] = "no-store, private"
    # Packing would hold back what has been done so far until all of it is.
    response["Content-Encoding"] = "identity"
    return response


def _parts(request, page: list[str], work: Iterator, language: str) -> Iterator[str]:
    # Closed with this page: work that nobody sees to its end is undone at once.
    with translation.override(language), closing(work):
        yield page[0]
        for step in work:
            if isinstance(step, dict):
                yield page[1]
                yield render_to_string("admin/entering/_import_result.html", step, request)
            else:
                done, most, what = step
                yield render_to_string(_STEP, {"done": done, "most": most, "what": what})
        yield page[2]
