"""What forms of the admin ask for, pasting sources, and spreadsheets: for staff with a role."""

from functools import wraps

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.urls import path
from django.views.decorators.http import require_safe

from timeline.admin import spreadsheets
from timeline.admin.offices import office_view
from timeline.admin.pasting import paste_sources
from timeline.admin.typed_dates import reading_view
from timeline.models.base import Record
from timeline.roles import Act, may

app_name = "entering"


def staff(view):
    """The view, for those who may look at records that are not public."""

    @wraps(view)
    def seen(request, *args, **kwargs):
        if not may(request.user, Act.LOOK, Record):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return admin.site.admin_view(seen)


urlpatterns = [
    path("date/", staff(require_safe(reading_view)), name="date"),
    path("office/", staff(require_safe(office_view)), name="office"),
    path("paste/", staff(paste_sources), name="paste"),
    path("spreadsheets/", staff(spreadsheets.overview), name="spreadsheets"),
    path("spreadsheets/<int:pk>/", staff(spreadsheets.preview), name="spreadsheet"),
    path("spreadsheets/<int:pk>/problems.csv", staff(spreadsheets.problems), name="problems"),
    path("spreadsheets/<int:pk>/save/", staff(spreadsheets.save), name="save"),
    path(
        "spreadsheets/<slug:kind>-template.<slug:suffix>",
        staff(spreadsheets.download),
        {"is_template": True},
        name="template",
    ),
    path(
        "spreadsheets/<slug:kind>.<slug:suffix>",
        staff(spreadsheets.download),
        {"is_template": False},
        name="export",
    ),
]
