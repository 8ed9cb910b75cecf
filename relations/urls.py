"""Every address of the site: curation, the data, and the pages in each language."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from timeline.admin.choosing import autocomplete

urlpatterns = [
    # Before the admin, which would answer these itself or not at all.
    path("admin/autocomplete/", admin.site.admin_view(autocomplete)),
    path("admin/entering/", include("timeline.urls.entering")),
    path("admin/", include("timeline.urls.curation")),
    path("admin/", admin.site.urls),
    path("api/v1/", include("timeline.urls.api")),
    path("", include("timeline.urls.data")),
    *i18n_patterns(path("", include("timeline.urls.pages"))),
]

handler400 = "timeline.views.errors.bad_request"
handler403 = "timeline.views.errors.permission_denied"
handler404 = "timeline.views.errors.page_not_found"
handler500 = "timeline.views.errors.server_error"
