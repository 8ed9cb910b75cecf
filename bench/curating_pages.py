"""Asks a database for the pages of the admin, and says what each took. Called by curating.py."""

import json
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relations.settings")

import django  # noqa: E402

django.setup()

from django.contrib import admin  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.core.paginator import Paginator  # noqa: E402
from django.db import connection, reset_queries  # noqa: E402
from django.db.models import Count  # noqa: E402
from django.db.models.functions import Abs  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.client import RequestFactory  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from timeline.models import Actor, Agreement, Event, Source  # noqa: E402

CURATOR = "bench"
WORDS = {"many": "harbour", "few": "delegation minister harbour", "one": "event 777:"}
"""A word that most events have, words of which some have all, and one event."""
ROWS = 20
"""Rows on a page of a list: as many as every list of the smaller record has."""
AROUND = {Event: ("citations", 3), Actor: ("participations", 40), Agreement: ("event_links", 3)}
"""What hangs on the record whose pages are asked for, and how many: the same at every size."""
CHOSEN = {
    "actor of an event": ("participation", "actor", "person 7"),
    "source of an event": ("citation", "source", "harbour"),
    "place of an event": ("event", "place", "place 7"),
    "event of an event": ("eventlink", "target", "harbour"),
    "agreement of an event": ("agreementlink", "agreement", "harbour"),
}


def lists(user):
    """Every list: as it opens, one more page, a search, each filter, each order."""
    for model, model_admin in admin.site._registry.items():
        if model._meta.app_label != "timeline":
            continue
        name = model._meta.model_name
        model_admin.list_per_page = ROWS
        address = reverse(f"admin:timeline_{name}_changelist")
        yield f"list {name}", address
        request = RequestFactory().get(address)
        request.user = user
        changelist = model_admin.get_changelist_instance(request)
        pages = Paginator(range(model.objects.count()), model_admin.list_per_page).num_pages
        if pages > 1:
            yield f"list {name}, another page", f"{address}?p={min(20, pages)}"
        for what, words in WORDS.items():
            if model_admin.search_fields and (what == "many" or model is Event):
                yield f"list {name}, search finds {what}", f"{address}?q={words.replace(' ', '+')}"
        for column in model_admin.get_list_display(request):
            is_offered = not changelist.sortable_by or column in changelist.sortable_by
            if is_offered and changelist.get_ordering_field(column):
                place = changelist.list_display.index(column)
                yield f"list {name} by {column}", f"{address}?o={place}"
                yield f"list {name} by {column}, downwards", f"{address}?o=-{place}"
        for one in changelist.get_filters(request)[0]:
            for value in _values(one, changelist):
                yield f"list {name}, {value.replace('__exact', '')}", f"{address}?{value}"


def _values(one, changelist):
    """What a filter offers, as query strings: all of the queues, the first of the others."""
    offered = [
        choice["query_string"].lstrip("?")
        for choice in one.choices(changelist)
        if choice["query_string"] != "?"
    ]
    return offered if getattr(one, "parameter_name", "") == "queue" else offered[:1]


def forms():
    for model in (Event, Actor, Agreement, Source):
        name = model._meta.model_name
        record = _one(model)
        yield f"form {name}, new", reverse(f"admin:timeline_{name}_add")
        for page in ("change", "history"):
            yield f"form {name}, {page}", reverse(f"admin:timeline_{name}_{page}", args=[record.pk])
        if model is not Source:
            address = reverse(f"admin:timeline_{name}_translate", args=[record.pk])
            yield f"translating {name}", address
        yield f"preview {name}", reverse(f"preview-{name}", args=[record.slug])
        yield f"merging {name}", reverse(f"admin:timeline_{name}_merge", args=[record.pk])


def _one(model):
    """A record from the middle, with as much around it as in every other measurement."""
    records = model.objects.order_by("pk")
    if model in AROUND:
        relation, number = AROUND[model]
        away = Abs(Count(relation) - number)
        return records.annotate(away=away).order_by("away", "pk").first()
    return records[records.count() // 2]


def choosing():
    for what, (model, field, words) in CHOSEN.items():
        asked = f"app_label=timeline&model_name={model}&field_name={field}"
        term = words.replace(" ", "+")
        yield f"choosing {what}, first", f"/admin/autocomplete/?{asked}&term="
        yield f"choosing {what}, typed", f"/admin/autocomplete/?{asked}&term={term}"


def pages(user):
    yield "first page", reverse("admin:index")
    yield "first page, after a change", reverse("admin:index")
    yield "thin years", reverse("thin")
    yield from lists(user)
    yield from forms()
    yield from choosing()
    yield "corrections, after a change", "/en/changes/"


def asked(client, page: str, address: str) -> dict:
    """What the page takes, and how many queries: all that it asks, when it is asked again."""
    if page.endswith("after a change"):
        cache.clear()
    reset_queries()
    with CaptureQueriesContext(connection) as queries:
        start = time.perf_counter()
        answer = client.get(address)
        spent = time.perf_counter() - start
        number = len(queries)
    if answer.status_code != 200:
        sys.exit(f"{page}: {address} was answered with {answer.status_code}.")
    return {"ms": spent * 1000, "queries": number}


def main() -> None:
    """Says which pages there are; then, for each name of one that is read, what it takes."""
    user, _is_new = get_user_model().objects.get_or_create(
        username=CURATOR, defaults={"is_staff": True, "is_superuser": True}
    )
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    connection.close()
    addresses = dict(pages(user))
    print(json.dumps(list(addresses)), flush=True)
    for line in sys.stdin:
        page = line.rstrip("\n")
        print(json.dumps(asked(client, page, addresses[page])), flush=True)


if __name__ == "__main__":
    main()
