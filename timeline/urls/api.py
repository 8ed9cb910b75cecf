"""The API. Its addresses are promised: add to them, never rename them."""

from django.urls import path, re_path

from timeline.api import docs, views

urlpatterns = [
    path("openapi.json", docs.openapi, name="openapi"),
    path("docs", docs.documentation, name="api-docs"),
    *(path(kind, view, name=f"api-{kind}") for kind, view in views.LISTS.items()),
    *(
        path(f"{kind}/<slug:slug>", view, name=f"api-one-of-{kind}")
        for kind, view in views.RECORDS.items()
    ),
    re_path(r"^(?P<rest>(?s:.*))\Z", views.nothing),
]
