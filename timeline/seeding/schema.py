"""The form of the data files: what one entry may say. `seeds/README.md` tells it in words.

An entry read from a file and the same record read from the database are equal objects, so
"did anything change?" is a comparison. Fields stand in the order in which they are written.
"""

import json
import re
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field, StringConstraints, ValidationInfo, model_validator

from timeline import choices
from timeline.models.base import TARGET_LANGUAGES, mark_of
from timeline.seeding.parts import (
    UNFINISHED,
    AgreementDateEntry,
    AgreementLinkEntry,
    CheckEntry,
    CitationEntry,
    DisputeEntry,
    Entry,
    EventLinkEntry,
    Names,
    OfficeEntry,
    ParticipantEntry,
    StoryStepEntry,
    Texts,
    TranslationsEntry,
)
from timeline.seeding.values import (
    Address,
    Coordinate,
    Country,
    Day,
    Edtf,
    Partial,
    Slug,
    Truth,
    at_most,
    first_day,
    one_of,
    perhaps_to,
    several,
)


class SeedEntry(Entry):
    """What every entry has."""

    slug: Slug


class RecordEntry(SeedEntry):
    id: Annotated[int, Field(gt=0, lt=2**31)] | None = None
    status: one_of(choices.Status) = "published"
    reason: at_most(300) | None = None
    merged_into: Slug | None = None
    added: Day | None = None
    changed: Day | None = None

    @model_validator(mode="after")
    def status_explained(self):
        if (self.status == "merged") != (self.merged_into is not None):
            raise ValueError("A merged record, and no other, says `merged_into`.")
        if self.status == "withdrawn" and not self.reason:
            raise ValueError("A withdrawn record gives the `reason`.")
        return self

    @model_validator(mode="after")
    def corrected_after_it_was_added(self):
        if self.changed and not (self.added and self.added <= self.changed):
            raise ValueError("A record is `changed` after it was `added`, and says when that was.")
        return self


class TranslatedEntry(RecordEntry):
    """A record with translations; where nothing is said of one, it renders the English here."""

    translations: TranslationsEntry | None = None

    @property
    def translated(self) -> list[Texts | None]:
        raise NotImplementedError

    @model_validator(mode="after")
    def say_what_was_translated(self, info: ValidationInfo):
        if info.context == UNFINISHED:
            return self
        mark = mark_of(text.en if text else "" for text in self.translated)
        said = self.translations or TranslationsEntry()
        for language in TARGET_LANGUAGES:
            if not any(getattr(text, language) for text in self.translated if text):
                setattr(said, language, None)
            elif getattr(said, language) is None:
                setattr(said, language, f"unreviewed {mark}")
        self.translations = said if said.tr or said.ja else None
        return self


# Curation, judgement and translation: nothing that is compared with a source.
_NO_FACTS = {
    *("id", "slug", "status", "reason", "merged_into", "added", "changed"),
    *("translations", "importance", "checks", "note"),
}


class CheckedEntry(TranslatedEntry):
    """A record that is compared with its sources; a check that does not say of which facts
    it was made was made of those here."""

    @property
    def facts(self) -> str:
        """The mark of what the entry states, in English; what it leaves unsaid does not count."""
        stated = _stated(self.model_dump(mode="json", exclude=_NO_FACTS))
        return mark_of([json.dumps(stated, sort_keys=True)])

    @model_validator(mode="after")
    def say_what_was_checked(self):
        self.checks.sort(key=lambda check: (check.on, check.sources))
        for check in self.checks:
            check.facts = check.facts or self.facts
        return self


def _stated(value):
    """A value without what is empty, and without the translations of its texts."""
    if isinstance(value, dict):
        stated = {k: _stated(v) for k, v in value.items() if k not in TARGET_LANGUAGES}
        return {k: v for k, v in stated.items() if v not in (None, "", [], {}, False)}
    return [_stated(one) for one in value] if isinstance(value, list) else value


class SectorEntry(SeedEntry):
    position: Annotated[int, Field(gt=0, lt=1000)]
    name: Names


class PlaceEntry(SeedEntry):
    name: Names
    aliases: list[at_most(200)] = []
    country: Country
    latitude: Coordinate | None = None
    longitude: Coordinate | None = None
    merged_into: Slug | None = None

    @model_validator(mode="after")
    def both_or_neither(self):
        if (self.latitude is None) != (self.longitude is None):
            raise ValueError(_("A place has both coordinates or neither."))
        return self


class SourceEntry(RecordEntry):
    title: at_most(400)
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
    author: at_most(200) | None = None
    publisher: at_most(200) | None = None
    date: Partial | None = None
    kind: one_of(choices.SourceKind)
    side: one_of(choices.Side)
    url: Address | None = None
    copy_url: Address | None = None
    archived_url: Address | None = None
    accessed: Partial | None = None
    archive_location: at_most(200) | None = None
    note: at_most(5000) | None = None


class ActorEntry(CheckedEntry):
    kind: one_of(choices.ActorKind)
    name: Names
    aliases: list[at_most(200)] = []
    country: Country | None = None
    wikidata: Annotated[str, StringConstraints(pattern=r"^Q[1-9][0-9]*$")] | None = None
    offices: list[OfficeEntry] = []
    checks: list[CheckEntry] = []
    note: at_most(5000) | None = None

    @property
    def translated(self):
        return [self.name]

    @model_validator(mode="after")
    def in_order(self):
        self.offices.sort(key=lambda office: first_day(office.start))
        return self


class AgreementEntry(CheckedEntry):
    kind: one_of(choices.AgreementKind)
    title: Names
    summary: Texts | None = None
    standing: one_of(choices.Standing) = "unknown"
    sectors: several("sectors") = []
    parties: several("actors") = []
    dates: list[AgreementDateEntry] = []
    citations: list[CitationEntry] = []
    disputes: list[DisputeEntry] = []
    checks: list[CheckEntry] = []
    note: at_most(5000) | None = None

    @property
    def translated(self):
        return [self.title, self.summary]

    @model_validator(mode="after")
    def in_order(self):
        self.sectors.sort()
        self.parties.sort()
        self.dates.sort(key=lambda dated: first_day(dated.date.removesuffix("~")))
        return self


class EventEntry(CheckedEntry):
    title: Names
    summary: Texts | None = None
    date: Edtf
    kind: one_of(choices.Kind)
    sectors: several("sectors", max_length=3) = []
    importance: one_of(choices.Importance) = "standard"
    background: Truth = False
    place: perhaps_to("places") = None
    participants: list[ParticipantEntry] = []
    agreements: list[AgreementLinkEntry] = []
    related: list[EventLinkEntry] = []
    citations: list[CitationEntry] = []
    disputes: list[DisputeEntry] = []
    checks: list[CheckEntry] = []
    note: at_most(5000) | None = None

    @property
    def translated(self):
        return [self.title, self.summary]


class StoryEntry(TranslatedEntry):
    title: Names
    standfirst: Texts | None = None
    sectors: several("sectors") = []
    steps: list[StoryStepEntry] = []
    note: at_most(5000) | None = None

    @property
    def translated(self):
        of_steps = [text for step in self.steps for text in (step.heading, step.text)]
        return [self.title, self.standfirst, *of_steps]

    @model_validator(mode="after")
    def in_order(self):
        self.sectors.sort()
        anchors = [step.anchor for step in self.steps]
        if len(set(anchors)) < len(anchors):
            raise ValueError("Two steps have the same anchor.")
        return self


class CoverageEntry(SeedEntry):
    """What was researched, by whom it was judged and when."""

    years: Edtf
    sectors: several("sectors") = []
    research: one_of(choices.Research)
    judged_by: at_most(200)
    judged_on: Day
    note: Texts

    @model_validator(mode="after")
    def whole_years(self):
        self.sectors.sort()
        if not re.fullmatch(r"[0-9]{4}(/[0-9]{4})?", self.years):
            raise ValueError("Coverage is stated for a year or for years: 1941 or 1941/1943.")
        return self


KINDS: dict[str, type[SeedEntry]] = {
    "sectors": SectorEntry,
    "places": PlaceEntry,
    "sources": SourceEntry,
    "actors": ActorEntry,
    "agreements": AgreementEntry,
    "events": EventEntry,
    "stories": StoryEntry,
    "coverage": CoverageEntry,
}
"""Each kind of record and the form of its entries, in an order in which they can be written."""
