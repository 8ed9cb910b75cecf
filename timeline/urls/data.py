"""Addresses that are the same for all languages."""

from django.contrib.sitemaps import views as sitemaps
from django.urls import path, register_converter
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from timeline.sitemaps import SITEMAPS
from timeline.urls.converters import RecordNumber
from timeline.views import addresses, health, metrics, robots, security

register_converter(RecordNumber, "number")

urlpatterns = [
    path("", addresses.front_door, name="front-door"),
    path("e/<number:number>", addresses.event, name="short-event"),
    path("p/<number:number>", addresses.actor, name="short-actor"),
    path("t/<number:number>", addresses.agreement, name="short-agreement"),
    path("s/<number:number>", addresses.source, name="short-source"),
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
