"""What forms of the admin ask for, pasting sources, and spreadsheets: for staff only."""

from django.contrib import admin
from django.urls import path
from django.views.decorators.http import require_safe

from timeline.admin.offices import office_view
from timeline.admin.typed_dates import reading_view

app_name = "entering"


def staff(view):
    return admin.site.admin_view(view)


urlpatterns = [
    path("date/", staff(require_safe(reading_view)), name="date"),
    path("office/", staff(require_safe(office_view)), name="office"),
]
