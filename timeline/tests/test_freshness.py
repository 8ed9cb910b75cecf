"""Two processes, readers who never pause, and writers: what changed is on the very next page."""

import http.client
import json
import shutil
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings

from timeline.tests.broken_files import csv, row
from timeline.tests.databases import databases, loaded, migrated

__all__ = ["databases", "loaded", "migrated"]

pytestmark = pytest.mark.slow

LANGUAGES = ("en", "tr", "ja")
READERS = 2
TOKEN = "t" * 32
SIGN_IN = """
import json
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from timeline.models import Event
user = User.objects.create_superuser("editor")
session = import_module(settings.SESSION_ENGINE).SessionStore()
session[SESSION_KEY] = user.pk
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.create()
place = Event.objects.published().exclude(place=None).in_order().first().place
columns = ["pk", "slug", "country", "latitude", "longitude", "version", "loaded"]
print(json.dumps([session.session_key, *(str(getattr(place, name) or "") for name in columns)]))
"""
IMPORT = """
from timeline import curation
from timeline.models import Source
from timeline.spreadsheets import saving
from timeline.spreadsheets.checking import Check
from timeline.spreadsheets.reading import read_table
check = Check("sources", read_table("sources.csv", {content!r}, "sources"))
list(check.steps())
list(saving.save(check))
curation.publish(Source.objects.filter(slug="a-report"))
"""


@dataclass
class Reading:
    """One page that was read: when it was asked for, and when it had come."""

    asked: float
    came: float
    text: str


@dataclass
class Readers:
    """They read the same pages again and again, in all languages, until they are told to stop."""

    port: int
    paths: list[str]
    read: dict[str, list[Reading]] = field(default_factory=lambda: defaultdict(list))
    failed: list[str] = field(default_factory=list)

    def __enter__(self):
        self.stop = threading.Event()
        self.threads = [threading.Thread(target=self._go_on) for _each in range(READERS)]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *raised):
        self.stop.set()
        for thread in self.threads:
            thread.join()

    def _go_on(self):
        while not self.stop.is_set():
            for path in self.paths:
                for language in LANGUAGES:
                    address = f"/{language}{path}"
                    try:
                        self.read[address].append(get(self.port, address))
                    except (OSError, AssertionError, http.client.HTTPException) as error:
                        self.failed.append(f"{address}: {error!r}")


def get(port, address) -> Reading:
    # A connection of its own each time: either process may answer it.
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    asked = time.monotonic()
    connection.request("GET", address)
    response = connection.getresponse()
    text = response.read().decode()
    came = time.monotonic()
    connection.close()
    assert response.status == 200, response.status
    return Reading(asked, came, text)


def edit_in_the_admin(port, session, place, name):
    number, slug, country, latitude, longitude, version, loaded = place
    names = {f"name_{language}": name for language in LANGUAGES}
    typed = {"csrfmiddlewaretoken": TOKEN, "slug": slug, "aliases": "", "country": country}
    typed |= {"_guarded": "1", "_version": version, "_loaded": loaded}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(
        "POST",
        f"/admin/timeline/place/{number}/change/",
        urlencode(typed | names | {"latitude": latitude, "longitude": longitude}),
        {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
            "Origin": f"http://127.0.0.1:{port}",
        },
    )
    response = connection.getresponse()
    response.read()
    connection.close()
    assert response.status == 302, response.status


def load_again(site):
    """The data files with the first title changed, as somebody edits them."""
    folder = site.folder / "seeds"
    shutil.copytree(settings.SEEDS_DIR, folder)
    file = folder / "events-1920s.yaml"
    head, title, text = file.read_text().partition("  title:\n")
    title += "".join(f"    {language}: As the files say now\n" for language in LANGUAGES)
    file.write_text(head + title + text[text.index("  summary:\n") :])
    site.manage("load_seeds", str(folder))


def test_what_changed_is_on_the_very_next_page_of_both_processes_in_all_languages(
    databases, loaded
):
    site = databases.new(like=loaded).having(PAGE_CACHE="1")
    session, *place = json.loads(site.ask(SIGN_IN))
    changes = {
        f"/?place={place[1]}": (
            "Edited in the admin",
            lambda: edit_in_the_admin(served.port, session, place, "Edited in the admin"),
        ),
        f"/sources/?q={quote('freshly imported')}": (
            "A freshly imported report",
            lambda: site.ask(IMPORT.format(content=csv(row(title="A freshly imported report")))),
        ),
        "/?year=1924": ("As the files say now", lambda: load_again(site)),
    }

    with site.serving("--workers", "2") as served, Readers(served.port, list(changes)) as readers:
        changed = {}
        for path, (words, change) in changes.items():
            begun = time.monotonic()
            change()
            ended = time.monotonic()
            changed[path] = (words, begun, ended)
            at_once = [get(served.port, f"/{code}{path}") for code in LANGUAGES for _each in "1234"]
            assert [words in one.text for one in at_once] == [True] * len(at_once), path

    assert readers.failed == []
    for path, (words, begun, ended) in changed.items():
        for language in LANGUAGES:
            read = readers.read[f"/{language}{path}"]
            before = [one for one in read if one.came < begun]
            after = [one for one in read if one.asked > ended]
            assert [one for one in before if words in one.text] == []
            assert [one for one in after if words not in one.text] == []
            assert after, path
