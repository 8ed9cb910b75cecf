"""What stands inside the entries of the data files: texts, citations, claims, links."""

from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, model_validator

from timeline import choices
from timeline.dates import DateRange, PartialDate
from timeline.seeding.values import (
    Day,
    Edtf,
    Mark,
    Partial,
    Slug,
    TranslationState,
    Truth,
    at_most,
    one_of,
    perhaps_to,
    several,
    to,
)

UNFINISHED = "unfinished"
"""The context in which an entry is a draft that someone is still at work on."""


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
    claims: list[ClaimEntry] = []

    @model_validator(mode="after")
    def one_preferred(self, info: ValidationInfo):
        if info.context == UNFINISHED:
            return self
        if len(self.claims) < 2:
            raise ValueError(f"A question has at least two claims; here {len(self.claims)} stand.")
        preferred = sum(claim.preferred for claim in self.claims)
        if preferred != 1:
            raise ValueError(f"Exactly one claim is preferred; here {preferred} are.")
        self.claims.sort(key=lambda claim: not claim.preferred)
        return self


class TranslationsEntry(Entry):
    """Of which English text each translation was made, and whether it was reviewed."""

    tr: TranslationState | None = None
    ja: TranslationState | None = None


class CheckEntry(Entry):
    """That the record was compared with some of its sources, and which facts it then stated."""

    on: Day
    sources: several("sources", min_length=1)
    facts: Mark | None = None

    @model_validator(mode="after")
    def in_order(self):
        self.sources.sort()
        return self


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


class AgreementDateEntry(Entry):
    kind: one_of(choices.AgreementDateKind)
    date: Edtf
    place: perhaps_to("places") = None
    citations: list[CitationEntry] = []

    @model_validator(mode="after")
    def no_interval(self):
        if "/" in self.date:
            raise ValueError(_("A typed date is one date, not an interval."))
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


class StoryStepEntry(Entry):
    anchor: Annotated[Slug, Field(max_length=60)]
    heading: Names
    text: Texts | None = None
    events: several("events") = []
    citations: list[CitationEntry] = []

    @model_validator(mode="after")
    def in_order(self):
        # They are shown in the order of time, which this file does not know.
        self.events.sort()
        return self
