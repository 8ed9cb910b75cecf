"""The published data as rows: from the entries of the data files to the tables of a release."""

from collections.abc import Iterator

from pydantic import ValidationError

from timeline.choices import Attestation, Side, Stance
from timeline.dates import DateRange
from timeline.releases.columns import LANGUAGES
from timeline.seeding.dumping import MODELS, entries
from timeline.seeding.schema import SeedEntry

RECORDS = ["events", "actors", "agreements", "sources", "stories"]
OTHERS = ["sectors", "places", "coverage"]
CHUNK = 2000

Rows = dict[str, list[dict]]


class Unfinished(Exception):
    """A published record is not in a state to be frozen; says which, and why."""


def rows() -> Rows:
    """Every row of every table. What refers to a record that is not public is left out."""
    return _Writer().rows


def _published(kind: str) -> dict[str, SeedEntry]:
    records = MODELS[kind].objects.published()
    records = records.in_order() if kind == "events" else records.order_by("slug")
    slugs = list(records.values_list("slug", flat=True))
    found = {}
    for start in range(0, len(slugs), CHUNK):
        try:
            found |= entries(kind, slugs[start : start + CHUNK])
        except ValidationError as refused:
            said = refused.errors()[0]
            name = refused.title.removesuffix("Entry")
            raise Unfinished(f"{kind}: {name} {said['loc']}: {said['msg']}") from refused
    return found


class _Writer:
    def __init__(self):
        self.data = {kind: _published(kind) for kind in RECORDS}
        self.rows: Rows = {}
        for kind in RECORDS:
            for entry in self.data[kind].values():
                _WRITE[kind](self, entry)
        for kind in OTHERS:
            for entry in entries(kind).values():
                _WRITE[kind](self, entry)
        for kind in RECORDS:
            self._tombstones(kind)

    def add(self, table: str, **row) -> None:
        self.rows.setdefault(table, []).append(row)

    def _tombstones(self, kind: str) -> None:
        for record in MODELS[kind].objects.tombstones().order_by("slug"):
            merged_into = record.merged_into
            self.add(
                "tombstones",
                kind=kind,
                id=record.pk,
                slug=record.slug,
                status=record.status,
                reason=record.reason,
                merged_into=merged_into and merged_into.slug,
            )

    def event(self, entry) -> None:
        self.add(
            "events",
            **_head(entry),
            **_texts(entry, "title"),
            **_texts(entry, "summary"),
            **_when(entry.date),
            kind=entry.kind,
            importance=entry.importance,
            background=entry.background,
            place=entry.place,
            attestation=self._attestation(entry),
            disputed=bool(entry.disputes),
        )
        for rank, sector in enumerate(entry.sectors, 1):
            self.add("event_sectors", event=entry.slug, sector=sector, rank=rank)
        for one in self._public("actors", entry.participants, "actor"):
            self.add("participants", event=entry.slug, actor=one.actor, role=one.role)
        for one in self._public("agreements", entry.agreements, "agreement"):
            self.add(
                "event_agreements",
                event=entry.slug,
                agreement=one.agreement,
                relation=one.relation,
            )
        for one in self._public("events", entry.related, "event"):
            self.add("event_links", event=entry.slug, target=one.event, relation=one.relation)
        self._evidence(entry, event=entry.slug)

    def actor(self, entry) -> None:
        self.add(
            "actors",
            **_head(entry),
            kind=entry.kind,
            **_texts(entry, "name"),
            aliases="; ".join(entry.aliases),
            country=entry.country,
            wikidata=entry.wikidata,
        )
        for number, office in enumerate(entry.offices, 1):
            is_shown = office.institution in self.data["actors"]
            self.add(
                "offices",
                actor=entry.slug,
                number=number,
                **_texts(office, "title"),
                institution=office.institution if is_shown else None,
                start=office.start,
                end=office.end,
            )
            self._citations(office.citations, actor=entry.slug, office=number)

    def agreement(self, entry) -> None:
        self.add(
            "agreements",
            **_head(entry),
            kind=entry.kind,
            **_texts(entry, "title"),
            **_texts(entry, "summary"),
            standing=entry.standing,
            disputed=bool(entry.disputes),
        )
        for number, dated in enumerate(entry.dates, 1):
            self.add(
                "agreement_dates",
                agreement=entry.slug,
                number=number,
                kind=dated.kind,
                **_when(dated.date),
                place=dated.place,
            )
            self._citations(dated.citations, agreement=entry.slug, agreement_date=number)
        for sector in entry.sectors:
            self.add("agreement_sectors", agreement=entry.slug, sector=sector)
        for party in entry.parties:
            if party in self.data["actors"]:
                self.add("parties", agreement=entry.slug, actor=party)
        self._evidence(entry, agreement=entry.slug)

    def source(self, entry) -> None:
        said = entry.model_dump(
            include={
                *("title", "language", "author", "publisher", "date", "kind", "side", "url"),
                *("copy_url", "archived_url", "accessed", "archive_location"),
            }
        )
        self.add("sources", **_head(entry), **said)

    def story(self, entry) -> None:
        self.add(
            "stories",
            **_head(entry),
            **_texts(entry, "title"),
            **_texts(entry, "standfirst"),
        )
        for sector in entry.sectors:
            self.add("story_sectors", story=entry.slug, sector=sector)
        for number, step in enumerate(entry.steps, 1):
            self.add(
                "story_steps",
                story=entry.slug,
                number=number,
                anchor=step.anchor,
                **_texts(step, "heading"),
                **_texts(step, "text"),
            )
            for event in step.events:
                if event in self.data["events"]:
                    self.add("step_events", story=entry.slug, step=number, event=event)
            self._citations(step.citations, story=entry.slug, step=number)

    def sector(self, entry) -> None:
        self.add("sectors", slug=entry.slug, position=entry.position, **_texts(entry, "name"))

    def place(self, entry) -> None:
        self.add(
            "places",
            slug=entry.slug,
            **_texts(entry, "name"),
            aliases="; ".join(entry.aliases),
            country=entry.country,
            latitude=entry.latitude,
            longitude=entry.longitude,
        )

    def coverage(self, entry) -> None:
        years = entry.years.split("/")
        self.add(
            "coverage",
            slug=entry.slug,
            first_year=int(years[0]),
            last_year=int(years[-1]),
            sectors="; ".join(entry.sectors),
            research=entry.research,
            judged_by=entry.judged_by,
            judged_on=entry.judged_on,
            **_texts(entry, "note"),
        )

    def _public(self, kind: str, links: list, name: str) -> Iterator:
        return (one for one in links if getattr(one, name) in self.data[kind])

    def _evidence(self, entry, **record: str) -> None:
        self._citations(entry.citations, **record)
        for number, dispute in enumerate(entry.disputes, 1):
            self.add(
                "disputes",
                **record,
                number=number,
                about=dispute.about,
                **_texts(dispute, "question"),
                **_texts(dispute, "reason"),
            )
            for which, claim in enumerate(dispute.claims, 1):
                self.add(
                    "claims",
                    **record,
                    dispute=number,
                    number=which,
                    **(_when(claim.date) if claim.date else {}),
                    **_texts(claim, "value"),
                    preferred=claim.preferred,
                )
                self._citations(claim.citations, **record, dispute=number, claim=which)

    def _citations(self, citations: list, **target) -> None:
        for one in self._public("sources", citations, "source"):
            self.add(
                "citations",
                number=len(self.rows.get("citations", [])) + 1,
                **target,
                **one.model_dump(include={"source", "part", "stance", "locator", "note"}),
            )

    def _attestation(self, entry) -> str | None:
        sides = {
            self.data["sources"][one.source].side
            for one in self._public("sources", entry.citations, "source")
            if one.stance == Stance.SUPPORTS
        }
        if {Side.JAPAN, Side.TURKIYE} <= sides:
            return Attestation.BOTH
        found = [side for side in (Side.JAPAN, Side.TURKIYE, Side.THIRD) if side in sides]
        return found[0].value if found else None


def _head(entry) -> dict:
    return {
        "id": entry.id,
        "slug": entry.slug,
        "added": entry.added,
        "changed": entry.changed,
    }


def _texts(entry, name: str) -> dict:
    text = getattr(entry, name)
    return {f"{name}_{code}": text and getattr(text, code) for code in LANGUAGES}


def _when(edtf: str) -> dict:
    date = DateRange.parse(edtf)
    return {
        "date": edtf,
        "earliest": date.earliest.isoformat(),
        "latest": date.latest.isoformat(),
        "precision": date.precision.value,
        "approximate": date.approximate,
    }


_WRITE = {
    "events": _Writer.event,
    "actors": _Writer.actor,
    "agreements": _Writer.agreement,
    "sources": _Writer.source,
    "stories": _Writer.story,
    "sectors": _Writer.sector,
    "places": _Writer.place,
    "coverage": _Writer.coverage,
}
