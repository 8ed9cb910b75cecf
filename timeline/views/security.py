"""Where a weakness of the site is reported (RFC 9116)."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

# The file says itself until when to believe it; the standard asks for less than a year.
BELIEVED_FOR = timedelta(days=180)


@csrf_exempt
@require_safe
def contact(request):
    if not settings.SECURITY_CONTACT:
        raise Http404
    expires = (datetime.now(UTC) + BELIEVED_FOR).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {request.build_absolute_uri(request.path)}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
