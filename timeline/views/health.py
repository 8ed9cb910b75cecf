"""For whoever watches the site: does the process answer, does the database answer?"""

from django.db import Error, connection
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from timeline import replica


@csrf_exempt
@never_cache
@require_safe
def process(request):
    return HttpResponse("ok\n", content_type="text/plain")


@csrf_exempt
@never_cache
@require_safe
def database(request):
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return HttpResponse("the database does not answer\n", "text/plain", status=503)
    # Nobody misses a replica but the operator: the primary is read in its place.
    is_alone = replica.is_named() and not replica.follows()
    said = "ok, but the replica does not follow\n" if is_alone else "ok\n"
    return HttpResponse(said, content_type="text/plain")
