"""Figures for whoever watches the site, in the form of Prometheus."""

import json
import os
from datetime import datetime
from hmac import compare_digest
from ipaddress import ip_address

from django.conf import settings
from django.db import Error
from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from prometheus_client import (
    CONTENT_TYPE_PLAIN_0_0_4,
    REGISTRY,
    CollectorRegistry,
    generate_latest,
    multiprocess,
)
from prometheus_client.core import GaugeMetricFamily

from timeline import replica
from timeline.choices import Status
from timeline.models import Actor, Agreement, Event, Source

RECORDS = {"event": Event, "actor": Actor, "agreement": Agreement, "source": Source}
PASSED_ON = ["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded", "Via"]


@csrf_exempt
@never_cache
@require_safe
def metrics(request):
    if not _may_read(request):
        raise Http404
    registry = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        multiprocess.MultiProcessCollector(registry)
        counted = generate_latest(registry)
    else:
        counted = generate_latest(REGISTRY)
    stock = CollectorRegistry()
    stock.register(Stock())
    return HttpResponse(counted + generate_latest(stock), content_type=CONTENT_TYPE_PLAIN_0_0_4)


def _may_read(request) -> bool:
    """Who has the token; without one, this machine, unless it only passes a request on."""
    if settings.METRICS_TOKEN:
        given = request.headers.get("Authorization", "")
        return compare_digest(given.encode(), f"Bearer {settings.METRICS_TOKEN}".encode())
    try:
        is_here = ip_address(request.META.get("REMOTE_ADDR") or "").is_loopback
    except ValueError:
        return False
    return is_here and not any(name in request.headers for name in PASSED_ON)


class Stock:
    """What is there at this moment: read when asked, the same whichever process answers."""

    def describe(self):
        return []

    def collect(self):
        if taken := _last_backup():
            yield GaugeMetricFamily(
                "timeline_last_backup_timestamp_seconds",
                "When the newest finished backup was taken.",
                value=taken.timestamp(),
            )
        try:
            counts = {kind: model.objects.count_by_status() for kind, model in RECORDS.items()}
        except Error:
            counts = {}
        yield GaugeMetricFamily(
            "timeline_database_up", "1 when the database answers.", value=bool(counts)
        )
        if replica.is_named():
            yield GaugeMetricFamily(
                "timeline_replica_up",
                "1 when the replica answers and keeps up.",
                value=replica.follows(),
            )
        records = GaugeMetricFamily(
            "timeline_records", "Records, by kind and status.", labels=["kind", "status"]
        )
        for kind, by_status in counts.items():
            for status in Status.values:
                records.add_metric([kind, status], by_status.get(status, 0))
        yield records


def _last_backup() -> datetime | None:
    """When, by the notes that scripts/backup leaves; an unreadable one is none."""
    times = []
    for path in settings.BACKUP_DIR.glob("relations-*.json"):
        try:
            times.append(datetime.fromisoformat(json.loads(path.read_text())["taken"]))
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return max((time for time in times if time.tzinfo), default=None)
