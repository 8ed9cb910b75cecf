"""Which pages are asked for: the same questions at every size, and such that fill a page at each.

A page that lists fifty records where another lists three costs more for that alone. Years, sectors
and kinds are therefore asked for by several values at once, and the actor is one who takes part in
as many events at every size.
"""

from dataclasses import dataclass, field

import sites

WIDE = "&".join(
    [
        *(f"year={year}" for year in range(2012, 2026)),
        *(f"sector={name}" for name in ("diplomacy", "trade", "energy", "culture", "health")),
        *(f"kind={name}" for name in ("visit", "meeting", "agreement", "business", "culture")),
        *(f"kind={name}" for name in ("conference", "project", "statement")),
    ]
)
_WIDE_ELSEWHERE = {
    "year__in": ",".join(map(str, range(2012, 2026))),
    "kind__in": "visit,meeting,agreement,business,culture,conference,project,statement",
    "sectors__arraycontains": "trade",
}


@dataclass(frozen=True)
class Page:
    name: str
    path: str
    rival: dict | None = None
    """How Datasette is asked the same; None where it has no such page."""
    is_kept: bool = False
    """Whether it is asked for from the cache too: one kept page costs what another does."""
    is_unchanged: bool = False
    needs_session: bool = False
    headers: dict = field(default_factory=dict)


PAGES = [
    Page("home", "/en/", {}, is_kept=True),
    Page("year", "/en/?year=2023&year=2024&year=2025", {"year__in": "2023,2024,2025"}),
    Page("sector", "/en/?sector=trade", {"sectors__arraycontains": "trade"}),
    Page("year+sector+kind", f"/en/?{WIDE}", _WIDE_ELSEWHERE),
    Page(
        "facets",
        "/en/?attestation=both&country=TR&country=JP&disputed=no&importance=standard",
        {"attestation": "both", "country__in": "TR,JP", "disputed": "no", "importance": "standard"},
        is_kept=True,
    ),
    Page("search-en", '/en/?q="event+871:"', {"title_en__contains": "Event 871:"}),
    Page("search-tr", '/tr/?q="olay+871:"', {"title_tr__contains": "Olay 871:"}),
    Page("search-ja", '/ja/?q="出来事871："', {"title_ja__contains": "出来事871："}),
    Page("search-wide", "/en/?q=railway"),
    Page("deep", "/en/?page={last}"),
    Page("lanes", "/en/lanes/", is_kept=True),
    Page("lanes-near", "/en/lanes/?zoom=years&at=1935"),
    Page("actor", "/en/actors/{actor}/", is_kept=True),
    Page("event", "/en/events/{event}/"),
    Page("api", "/api/v1/events?sector=trade&limit=50"),
    Page("export", "/events.csv?actor={actor}"),
    Page("unchanged", "/en/", is_kept=True, is_unchanged=True),
    Page("unchanged-file", "/events.csv", is_unchanged=True),
    Page("admin", "/admin/timeline/event/", needs_session=True),
]
AS_MANY = 36
"""About so many events has an actor where there are a thousand."""
_ASK = f"""
import json
from django.contrib.auth import get_user_model
from django.test import Client
from timeline.models import Actor, Event
staff, _new = get_user_model().objects.get_or_create(
    username="bench", defaults={{"is_staff": True, "is_superuser": True}})
client = Client()
client.force_login(staff, backend="django.contrib.auth.backends.ModelBackend")
actors = Actor.objects.published().with_event_count().values_list("event_count", "slug")
print(json.dumps({{
    "actor": min(actors, key=lambda pair: (abs(pair[0] - {AS_MANY}), pair[1]))[1],
    "event": "synthetic-event-000871",
    "last": Event.objects.published().count() // 50,
    "session": client.cookies["sessionid"].value,
}}))
"""


@dataclass(frozen=True)
class Questions:
    paths: dict[str, str]
    cookie: str


def questions(database: sites.Database) -> Questions:
    found = database.facts(_ASK)
    paths = {page.name: sites.quoted(page.path.format(**found)) for page in PAGES}
    return Questions(paths, f"sessionid={found['session']}")
