"""Linked data in the vocabulary of schema.org. An approximate date is left out, for it has no
way to say one; every other is given as exactly as it is known.
"""

from timeline.dates import DateRange
from timeline.exports.json import dumps

LABEL = "JSON-LD"
CONTENT_TYPE = "application/ld+json"
KINDS = SINGLE = {"events", "actors", "agreements", "sources", "stories"}
NEEDS_DAYS = False
LANGUAGES_TOGETHER = True

# Said in the file itself, so that nobody has to fetch it.
CONTEXT = {"@vocab": "https://schema.org/"}
LICENCE = "https://creativecommons.org/licenses/by/4.0/"

_ROLES = {
    "host": "organizer",
    "organiser": "organizer",
    "speaker": "performer",
    "financier": "funder",
    "donor": "funder",
    "builder": "contributor",
    "founder": "contributor",
    "beneficiary": "about",
    "subject": "about",
}
_ACTORS = {
    "person": "Person",
    "state": "Country",
    "ministry": "GovernmentOrganization",
    "agency": "GovernmentOrganization",
    "company": "Corporation",
    "university": "CollegeOrUniversity",
}
_FORCE = {
    "in-force": "https://schema.org/InForce",
    "superseded": "https://schema.org/NotInForce",
    "terminated": "https://schema.org/NotInForce",
}


def render(records, about):
    say = NODES[about.kind]
    if about.is_one:
        yield from (dumps({"@context": CONTEXT} | say(record, about.site)) for record in records)
        return
    yield f'{{"@context": {dumps(CONTEXT)}, "@graph": ['
    for number, record in enumerate(records):
        yield (",\n" if number else "\n") + dumps(say(record, about.site))
    yield "\n]}\n"


def event(record: dict, site: str) -> dict:
    node = _head(record, "Event", "title", _page(site, "events", record["slug"]))
    dates, place = _dates(record), record["place"]
    node |= {
        "description": _texts(record["summary"]),
        "startDate": dates and str(dates.start),
        "endDate": dates and dates.end and str(dates.end),
        "location": place and _place(place),
        "keywords": [record["kind"], *record["sectors"]],
        "subjectOf": [_document(citation, site) for citation in record["citations"]],
    }
    for one in record["participants"]:
        role = _ROLES.get(one["role"], "attendee")
        node.setdefault(role, []).append(_named_actor(one, site))
    for one in record["agreements"]:
        node.setdefault("about", []).append({"@id": _page(site, "agreements", one["agreement"])})
    return _said(node)


def agreement(record: dict, site: str) -> dict:
    signed = next((one["date"] for one in record["dates"] if one["kind"] == "signed"), None)
    applies = next((one["date"] for one in record["dates"] if one["kind"] == "in-force"), None)
    return _said(
        _head(record, "Legislation", "title", _page(site, "agreements", record["slug"]))
        | {
            "description": _texts(record["summary"]),
            "legislationType": record["kind"],
            "legislationDate": _exact(signed),
            "legislationDateOfApplicability": _exact(applies),
            "legislationLegalForce": {"@id": _FORCE[record["standing"]]}
            if record["standing"] in _FORCE
            else None,
            "legislationPassedBy": [_named_actor(party, site) for party in record["parties"]],
            "keywords": record["sectors"],
            "citation": [_document(citation, site) for citation in record["citations"]],
        }
    )


def actor(record: dict, site: str) -> dict:
    kind, wikidata = _ACTORS.get(record["kind"], "Organization"), record["wikidata"]
    return _said(
        _head(record, kind, "name", _page(site, "actors", record["slug"]))
        | {
            "alternateName": record["aliases"],
            "sameAs": wikidata and f"http://www.wikidata.org/entity/{wikidata}",
        }
    )


def source(record: dict, site: str) -> dict:
    dates = _dates(record)
    return _said(
        {
            "@id": _page(site, "sources", record["slug"]),
            "@type": "CreativeWork",
            "identifier": record["slug"],
            "name": {"@value": record["title"], "@language": record["language"]},
            "author": record["author"],
            "publisher": record["publisher"],
            "inLanguage": record["language"],
            "datePublished": dates and str(dates.start),
            "url": record["document_url"],
            "mainEntityOfPage": record["url"],
            "archivedAt": record["archived_url"],
        }
    )


def story(record: dict, site: str) -> dict:
    steps = record["steps"]
    events = {one["event"]: one for step in steps for one in step["events"]}
    documents = {one["source"]: one for step in steps for one in step["citations"]}
    return _said(
        _head(record, "Article", "title", _page(site, "stories", record["slug"]))
        | {
            "headline": _texts(record["title"]),
            "description": _texts(record["standfirst"]),
            # Told by the editors of the record, who stand for it together.
            "author": {"@type": "Organization", "url": f"{site}/"},
            "publisher": {"@type": "Organization", "url": f"{site}/"},
            "datePublished": record["published"],
            "dateModified": record["updated"],
            "license": LICENCE,
            "keywords": record["sectors"],
            "hasPart": [
                {"@type": "CreativeWork", "name": _texts(step["heading"])} for step in steps
            ],
            "about": [
                {"@id": _page(site, "events", one["event"]), "name": _texts(one["title"])}
                for one in events.values()
            ],
            "citation": [_document(citation, site) for citation in documents.values()],
        }
    )


NODES = {
    "events": event,
    "actors": actor,
    "agreements": agreement,
    "sources": source,
    "stories": story,
}


def _head(record: dict, kind: str, heading: str, name: str) -> dict:
    return {
        "@id": name,
        "@type": kind,
        "identifier": record["slug"],
        "url": record["url"],
        "name": _texts(record[heading]),
    }


def _texts(texts: dict) -> list[dict]:
    return [{"@value": text, "@language": code} for code, text in texts.items() if text]


def _dates(record: dict) -> DateRange | None:
    """The date of a record, unless it is approximate or not known."""
    date = record["date"]
    return DateRange.parse(date["edtf"]) if date and not date["approximate"] else None


def _exact(date: dict | None) -> str | None:
    return date["edtf"] if date and not date["approximate"] else None


def _place(place: dict) -> dict:
    where = {
        "@type": "Place",
        "name": _texts(place["name"]),
        "address": {"@type": "PostalAddress", "addressCountry": place["country"]},
    }
    if place["latitude"] is not None:
        where["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": place["latitude"],
            "longitude": place["longitude"],
        }
    return where


def _page(site: str, kind: str, slug: str) -> str:
    """By what linked data names a record: the address of its own file."""
    return f"{site}/{kind}/{slug}.jsonld"


def _named_actor(one: dict, site: str) -> dict:
    return {"@id": _page(site, "actors", one["actor"]), "name": _texts(one["name"])}


def _document(citation: dict, site: str) -> dict:
    return _said(
        {
            "@id": _page(site, "sources", citation["source"]),
            "@type": "CreativeWork",
            "name": citation["title"],
            "publisher": citation["publisher"],
            "url": citation["url"],
        }
    )


def _said(node: dict) -> dict:
    """The node without what it says nothing about."""
    return {name: value for name, value in node.items() if value not in (None, "", [])}
