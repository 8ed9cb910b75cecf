"""Addresses that are the same for all languages."""

from django.urls import path, register_converter

from timeline.urls.converters import RecordNumber
from timeline.views import addresses, health

register_converter(RecordNumber, "number")

urlpatterns = [
    path("", addresses.front_door, name="front-door"),
    path("e/<number:number>", addresses.event, name="short-event"),
    path("p/<number:number>", addresses.actor, name="short-actor"),
    path("t/<number:number>", addresses.agreement, name="short-agreement"),
    path("s/<number:number>", addresses.source, name="short-source"),
    path("healthz", health.process),
    path("readyz", health.database),
]
