"""Fills the shapes: a loaded record in, plain values out. Asks the database nothing."""

from collections.abc import Callable

from django.conf import settings
from django.urls import reverse

from timeline.dates import DateRange

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


def when(date: DateRange | None) -> dict | None:
    return date and {
        "edtf": str(date),
        "earliest": date.earliest.isoformat(),
        "latest": date.latest.isoformat(),
        "precision": date.precision.value,
        "approximate": date.approximate,
    }


class Form:
    """Records as the outside sees them.

    `site` is how the site is reached, https://example.org; `languages` are those in which texts
    are given. Records must be loaded with `for_records()` of their queryset.
    """

    def __init__(self, site: str, languages: tuple[str, ...] = LANGUAGES):
        self.site = site.rstrip("/")
        self.languages = languages

    def of(self, kind: str) -> Callable[..., dict]:
        """What fills the shape of that kind of record: "events", "actors" …"""
        return getattr(self, f"_{kind}")

    def _texts(self, record, field: str) -> dict:
        return {code: getattr(record, f"{field}_{code}") or None for code in self.languages}

    def _head(self, record, short_address: str) -> dict:
        return {
            "id": record.pk,
            "slug": record.slug,
            "url": f"{self.site}{reverse(short_address, args=[record.pk])}",
        }

    def _foot(self, record) -> dict:
        return {
            "published": record.added.isoformat(),
            "updated": (record.changed or record.added).isoformat(),
        }

    def _translations(self, record) -> dict:
        return {code: state.value for code, state in record.translations.items()}

    def _events(self, event) -> dict:
        disputes = event.disputes.all()
        return (
            self._head(event, "short-event")
            | {
                "title": self._texts(event, "title"),
                "summary": self._texts(event, "summary"),
                "date": when(event.when),
                "kind": event.kind,
                "sectors": [link.sector.slug for link in event.sector_links.all()],
                "importance": event.importance,
                "background": event.background,
                "place": self._place(event.place),
                "participants": [
                    self._participant(one, event.when) for one in event.participants.all()
                ],
                "agreements": [
                    {"agreement": link.agreement.slug, "relation": link.relation}
                    for link in event.agreement_links.all()
                ],
                "related": [
                    {"event": link.target.slug, "relation": link.relation}
                    for link in event.related.all()
                ],
                "citations": self._citations(event),
                "claims": self._claims(disputes),
                "attestation": event.attestation or None,
                "disputed": bool(disputes),
                "translations": self._translations(event),
            }
            | self._foot(event)
        )

    def _actors(self, actor) -> dict:
        return (
            self._head(actor, "short-actor")
            | {
                "name": self._texts(actor, "name"),
                "aliases": actor.aliases.splitlines(),
                "kind": actor.kind,
                "country": actor.country or None,
                "wikidata": actor.wikidata or None,
                "offices": [self._office(tenure) for tenure in actor.tenures.all()],
                "translations": self._translations(actor),
            }
            | self._foot(actor)
        )

    def _agreements(self, agreement) -> dict:
        disputes = agreement.disputes.all()
        return (
            self._head(agreement, "short-agreement")
            | {
                "title": self._texts(agreement, "title"),
                "summary": self._texts(agreement, "summary"),
                "kind": agreement.kind,
                "standing": agreement.standing,
                "sectors": [sector.slug for sector in agreement.sectors.all()],
                "parties": [
                    {"actor": party.slug, "name": self._texts(party, "name")}
                    for party in agreement.parties.all()
                ],
                "dates": [
                    {
                        "kind": dated.kind,
                        "date": when(dated.when),
                        "place": self._place(dated.place),
                        "citations": self._citations(dated),
                    }
                    for dated in agreement.dates.all()
                ],
                "events": [
                    {"event": link.event.slug, "relation": link.relation}
                    for link in agreement.event_links.all()
                ],
                "citations": self._citations(agreement),
                "claims": self._claims(disputes),
                "disputed": bool(disputes),
                "translations": self._translations(agreement),
            }
            | self._foot(agreement)
        )

    def _sources(self, source) -> dict:
        return (
            self._head(source, "short-source")
            | {
                "title": source.title,
                "language": source.language,
                "author": source.author or None,
                "publisher": source.publisher or None,
                "date": when(source.date and DateRange(source.date)),
                "kind": source.kind,
                "side": source.side,
                "document_url": source.url or None,
                "copy_url": source.copy_url or None,
                "archived_url": source.archived_url or None,
                "accessed": source.accessed and str(source.accessed),
                "archive_location": source.archive_location or None,
                "statements": source.statement_count,
            }
            | self._foot(source)
        )

    def _stories(self, story) -> dict:
        return (
            self._head(story, "short-story")
            | {
                "title": self._texts(story, "title"),
                "standfirst": self._texts(story, "standfirst"),
                "sectors": [sector.slug for sector in story.sectors.all()],
                "steps": [self._step(step) for step in story.steps.all()],
                "translations": self._translations(story),
            }
            | self._foot(story)
        )

    def _step(self, step) -> dict:
        return {
            "anchor": step.anchor,
            "heading": self._texts(step, "heading"),
            "text": self._texts(step, "text"),
            "events": [
                {
                    "event": event.slug,
                    "url": self._head(event, "short-event")["url"],
                    "title": self._texts(event, "title"),
                    "date": when(event.when),
                }
                for event in step.told
            ],
            "citations": self._citations(step),
        }

    def _sectors(self, sector) -> dict:
        return {
            "slug": sector.slug,
            "url": f"{self.site}{reverse('front-door')}?sector={sector.slug}",
            "name": self._texts(sector, "name"),
            "position": sector.position,
        }

    def _place(self, place) -> dict | None:
        return place and {
            "slug": place.slug,
            "name": self._texts(place, "name"),
            "country": place.country,
            "latitude": None if place.latitude is None else float(place.latitude),
            "longitude": None if place.longitude is None else float(place.longitude),
        }

    def _participant(self, participation, date: DateRange) -> dict:
        actor = participation.actor
        return {
            "actor": actor.slug,
            "name": self._texts(actor, "name"),
            "role": participation.role,
            "office": self._offices(actor.offices_on(date)),
        }

    def _offices(self, tenures) -> dict | None:
        """Several offices as one text; in a language in which one of them is not named, none."""
        texts = [self._texts(tenure, "title") for tenure in tenures]
        return (
            {
                code: ", ".join(text[code] for text in texts)
                if all(t[code] for t in texts)
                else None
                for code in self.languages
            }
            if texts
            else None
        )

    def _office(self, tenure) -> dict:
        institution = tenure.institution
        return {
            "title": self._texts(tenure, "title"),
            # Not everything that has a name here is public.
            "institution": institution.slug if institution and institution.is_published else None,
            "start": tenure.start and str(tenure.start),
            "end": tenure.end and str(tenure.end),
            "citations": self._citations(tenure),
        }

    def _citations(self, target) -> list[dict]:
        return [
            {
                "source": citation.source.slug,
                "title": citation.source.title,
                "publisher": citation.source.publisher or None,
                "url": citation.source.url or citation.source.copy_url or None,
                "locator": citation.locator or None,
                "stance": citation.stance,
                "supports": citation.part,
                "note": citation.note or None,
            }
            for citation in target.citations.all()
        ]

    def _claims(self, disputes) -> list[dict]:
        return [
            {
                "about": dispute.about,
                "question": self._texts(dispute, "question"),
                "value": claim.value_en or str(claim.when),
                "date": when(claim.when),
                "words": None if claim.when else self._texts(claim, "value"),
                "preferred": claim.preferred,
                "reason": self._texts(dispute, "reason"),
                "citations": self._citations(claim),
            }
            for dispute in disputes
            for claim in dispute.claims.all()
        ]
