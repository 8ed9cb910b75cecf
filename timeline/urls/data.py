"""Addresses that are the same for all languages."""

from django.contrib.sitemaps import views as sitemaps
from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from timeline.sitemaps import SITEMAPS
from timeline.views import addresses, cited, data, files, health, metrics, oembed, robots, security

urlpatterns = [
    path("", addresses.front_door, name="front-door"),
    path("e/<number:number>", addresses.event, name="short-event"),
    path("p/<number:number>", addresses.actor, name="short-actor"),
    path("t/<number:number>", addresses.agreement, name="short-agreement"),
    path("s/<number:number>", addresses.source, name="short-source"),
    path("y/<number:number>", addresses.story, name="short-story"),
    path("v/<number:number>", addresses.view, name="short-view"),
    re_path(
        "^v/(?P<number>[1-9][0-9]{0,8})[.](?P<suffix>json|bib|ris|csl[.]json)$",
        cited.file,
        name="view-file",
    ),
    path("releases/<str:number>/<str:name>", data.release_file, name="release-file"),
    path("oembed", oembed.oembed, name="oembed"),
    path("<kind:kind>.<suffix:suffix>", files.listed, name="file"),
    path("<kind:kind>/<slug:slug>.<suffix:suffix>", files.single, name="file-of-one"),
    path("robots.txt", robots.robots, name="robots"),
    path(
        "sitemap.xml",
        csrf_exempt(require_safe(sitemaps.index)),
        {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap-section"},
        name="sitemap",
    ),
    path(
        "sitemap-<slug:section>.xml",
        csrf_exempt(require_safe(sitemaps.sitemap)),
        {"sitemaps": SITEMAPS},
        name="sitemap-section",
    ),
    path(".well-known/security.txt", security.contact, name="security"),
    path("metrics", metrics.metrics, name="metrics"),
    path("healthz", health.process),
    path("readyz", health.database),
]
