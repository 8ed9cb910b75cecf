"""What Django and gunicorn cost by themselves: views that return bytes they were given.

`BARE_FOLDER` holds the bodies, one file an address.
"""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

BODIES = {file.name: file.read_bytes() for file in Path(os.environ["BARE_FOLDER"]).iterdir()}

settings.configure(
    SECRET_KEY="for a measurement only",  # noqa: S106
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[],
)


def body(request, name):
    return HttpResponse(BODIES[name])


urlpatterns = [path("<name>", body)]
application = get_wsgi_application()
