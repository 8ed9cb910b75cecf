"""Pages of the admin that belong to no one kind of record."""

from django.contrib import admin
from django.urls import path

from timeline.admin import guide, queues

urlpatterns = [
    path("", admin.site.admin_view(queues.first_page)),
    path("guide/", admin.site.admin_view(guide.guide), name="guide"),
    path("guide/pictures/<slug:name>", admin.site.admin_view(guide.picture), name="guide-picture"),
    path("thin/", admin.site.admin_view(queues.thin), name="thin"),
]
