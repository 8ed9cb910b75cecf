"""The form of the data files: what one entry may say. `seeds/README.md` tells it in words.

An entry read from a file and the same record read from the database are equal objects, so
"did anything change?" is a comparison. Fields stand in the order in which they are written.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from timeline import choices
from timeline.dates import DateRange, PartialDate
from timeline.seeding.values import (
    Address,
    Coordinate,
    Country,
    Edtf,
    Partial,
    Slug,
    Truth,
    at_most,
    first_day,
    one_of,
    perhaps_to,
    several,
    to,
)


class Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Texts(Entry):
    """A text of any length in three languages."""

    en: at_most(5000)
    tr: at_most(5000) | None = None
    ja: at_most(5000) | None = None


class Names(Texts):
    """A title, a name, a question: a line in three languages."""

    en: at_most(200)
    tr: at_most(200) | None = None
    ja: at_most(200) | None = None


class CitationEntry(Entry):
    source: to("sources")
    part: one_of(choices.Part) = "summary"
    stance: one_of(choices.Stance) = "supports"
    locator: at_most(100) | None = None
    note: at_most(400) | None = None


class ClaimEntry(Entry):
    date: Edtf | None = None
    value: Names | None = None
    preferred: Truth = False
    citations: list[CitationEntry] = []

    @model_validator(mode="after")
    def date_or_value(self):
        if (self.date is None) == (self.value is None):
            raise ValueError("A claim has either a date or a value.")
        return self


class DisputeEntry(Entry):
    about: one_of(choices.About)
    question: Names
    reason: Texts
    claims: Annotated[list[ClaimEntry], Field(min_length=2)]

    @model_validator(mode="after")
    def one_preferred(self):
        preferred = sum(claim.preferred for claim in self.claims)
        if preferred != 1:
            raise ValueError(f"Exactly one claim is preferred; here {preferred} are.")
        self.claims.sort(key=lambda claim: not claim.preferred)
        return self


class SeedEntry(Entry):
    """What every entry has."""

    slug: Slug


class RecordEntry(SeedEntry):
    id: Annotated[int, Field(gt=0, lt=2**31)] | None = None
    status: one_of(choices.Status) = "published"
    reason: at_most(300) | None = None
    merged_into: Slug | None = None

    @model_validator(mode="after")
    def status_explained(self):
        if (self.status == "merged") != (self.merged_into is not None):
            raise ValueError("A merged record, and no other, says `merged_into`.")
        if self.status == "withdrawn" and not self.reason:
            raise ValueError("A withdrawn record gives the `reason`.")
        return self


class SectorEntry(SeedEntry):
    position: Annotated[int, Field(gt=0, lt=1000)]
    name: Names


class PlaceEntry(SeedEntry):
    name: Names
    aliases: list[at_most(200)] = []
    country: Country
    latitude: Coordinate | None = None
    longitude: Coordinate | None = None

    @model_validator(mode="after")
    def both_or_neither(self):
        if (self.latitude is None) != (self.longitude is None):
            raise ValueError("A place has both coordinates or neither.")
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


class OfficeEntry(Entry):
    model_config = ConfigDict(populate_by_name=True)

    title: Names
    institution: perhaps_to("actors") = None
    start: Partial | None = Field(None, alias="from")
    end: Partial | None = Field(None, alias="to")
    citations: list[CitationEntry] = []

    @model_validator(mode="after")
    def start_before_end(self):
        if self.start and self.end:
            DateRange(PartialDate.parse(self.start), PartialDate.parse(self.end))
        return self


class ActorEntry(RecordEntry):
    kind: one_of(choices.ActorKind)
    name: Names
    aliases: list[at_most(200)] = []
    country: Country | None = None
    wikidata: Annotated[str, StringConstraints(pattern=r"^Q[1-9][0-9]*$")] | None = None
    offices: list[OfficeEntry] = []
    note: at_most(5000) | None = None

    @model_validator(mode="after")
    def in_order(self):
        self.offices.sort(key=lambda office: first_day(office.start))
        return self


class AgreementDateEntry(Entry):
    kind: one_of(choices.AgreementDateKind)
    date: Edtf
    place: perhaps_to("places") = None
    citations: list[CitationEntry] = []

    @model_validator(mode="after")
    def no_interval(self):
        if "/" in self.date:
            raise ValueError("A typed date is one date, not an interval.")
        return self


class AgreementEntry(RecordEntry):
    kind: one_of(choices.AgreementKind)
    title: Names
    summary: Texts | None = None
    standing: one_of(choices.Standing) = "unknown"
    sectors: several("sectors") = []
    parties: several("actors") = []
    dates: list[AgreementDateEntry] = []
    citations: list[CitationEntry] = []
    disputes: list[DisputeEntry] = []
    note: at_most(5000) | None = None

    @model_validator(mode="after")
    def in_order(self):
        self.sectors.sort()
        self.parties.sort()
        self.dates.sort(key=lambda dated: first_day(dated.date.removesuffix("~")))
        return self


class ParticipantEntry(Entry):
    actor: to("actors")
    role: one_of(choices.Role) = "participant"


class AgreementLinkEntry(Entry):
    agreement: to("agreements")
    relation: one_of(choices.AgreementRelation)


class EventLinkEntry(Entry):
    event: to("events")
    relation: one_of(choices.EventRelation)


class EventEntry(RecordEntry):
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
    note: at_most(5000) | None = None


KINDS: dict[str, type[SeedEntry]] = {
    "sectors": SectorEntry,
    "places": PlaceEntry,
    "sources": SourceEntry,
    "actors": ActorEntry,
    "agreements": AgreementEntry,
    "events": EventEntry,
}
"""Each kind of record and the form of its entries, in an order in which they can be written."""
