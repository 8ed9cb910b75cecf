"""The shape of each kind of record, as OpenAPI and the codebook say it.

`forms.py` fills these shapes; a test compares what it writes with them. Names are an
interface: add to them, never rename them.
"""

import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from timeline import choices
from timeline.dates import Precision

_DATE = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"

Slug = Annotated[str, Field(pattern=r"^[-a-zA-Z0-9_]{1,80}$")]
Url = Annotated[str, Field(json_schema_extra={"format": "uri"})]
Country = Annotated[
    str | None, Field(pattern=r"^[A-Z]{2}$", description="ISO 3166 code of the country")
]
PartialDate = Annotated[
    str, Field(pattern=f"^{_DATE}$", description="1924, 1924-08 or 1924-08-06: what is known")
]
Edtf = Annotated[
    str,
    Field(
        pattern=f"^{_DATE}~?(/{_DATE}~?)?$",
        description="What is known and no more, in the Extended Date/Time Format: 1924, 1924-08, "
        "1924-08-06, 1927~ (about), 1931-01-13/1931-01-18",
    ),
]
PublishedOn = Annotated[
    datetime.date, Field(description="the day on which the record became public")
]
UpdatedOn = Annotated[
    datetime.date, Field(description="the day on which the record was last corrected, or added")
]
PlainText = Annotated[str | None, Field(description="null: not known")]


def words(vocabulary):
    """A value of a closed vocabulary."""
    return Literal[tuple(vocabulary.values)]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Texts(Shape):
    """A text by language; null where it is not translated. With `lang`, only that language."""

    en: str | None = None
    tr: str | None = None
    ja: str | None = None


class When(Shape):
    """A date that says no more than its evidence."""

    edtf: Edtf
    earliest: Annotated[datetime.date, Field(description="the first day that is not ruled out")]
    latest: Annotated[datetime.date, Field(description="the last day that is not ruled out")]
    precision: Literal[tuple(one.value for one in Precision)]
    approximate: Annotated[bool, Field(description="the sources give the date as circa")]


class Place(Shape):
    slug: Slug
    name: Texts
    country: Country
    latitude: float | None
    longitude: float | None


class Cited(Shape):
    """What one source says of one part of a record."""

    source: Slug
    title: str
    publisher: PlainText
    url: Annotated[str | None, Field(description="where the document can be read")]
    locator: Annotated[str | None, Field(description="paragraph, page or article")]
    stance: words(choices.Stance)
    supports: Annotated[
        words(choices.Part), Field(description="the part of the record it is about")
    ]
    note: PlainText


class ClaimMade(Shape):
    """One answer to a question on which sources disagree."""

    about: words(choices.About)
    question: Texts
    value: Annotated[str, Field(description="a date in EDTF, or words in English")]
    date: Annotated[When | None, Field(description="the value, when it is a date")]
    words: Annotated[Texts | None, Field(description="the value, when it is not a date")]
    preferred: Annotated[bool, Field(description="true of exactly one claim of a question")]
    reason: Annotated[Texts, Field(description="why the preferred claim is preferred")]
    citations: list[Cited]


class Translations(Shape):
    """How far the texts are translated."""

    tr: words(choices.Translation)
    ja: words(choices.Translation)


class Participant(Shape):
    actor: Slug
    name: Texts
    role: words(choices.Role)
    office: Annotated[Texts | None, Field(description="the office held on the day of the event")]


class AgreementTouched(Shape):
    agreement: Slug
    relation: words(choices.AgreementRelation)


class EventRelated(Shape):
    event: Slug
    relation: words(choices.EventRelation)


def _may_be_chosen(schema: dict) -> None:
    # Whoever asks for some fields only is given no others.
    schema.pop("required", None)


class Whole(Shape):
    """A record, not a part of one."""

    model_config = ConfigDict(json_schema_extra=_may_be_chosen)


class Published(Whole):
    id: int
    slug: Slug
    url: Annotated[Url, Field(description="the permanent address of the record")]


class EventRecord(Published):
    """Something that happened between the two countries and can be cited."""

    title: Texts
    summary: Texts
    date: When
    kind: words(choices.Kind)
    sectors: Annotated[list[Slug], Field(description="the main one first")]
    importance: words(choices.Importance)
    background: Annotated[bool, Field(description="before 1924, and explains what came later")]
    place: Place | None
    participants: list[Participant]
    agreements: list[AgreementTouched]
    related: list[EventRelated]
    citations: list[Cited]
    claims: list[ClaimMade]
    attestation: Annotated[
        words(choices.Attestation) | None, Field(description="whose sources support it")
    ]
    disputed: bool
    translations: Translations
    published: PublishedOn
    updated: UpdatedOn


class Office(Shape):
    title: Texts
    institution: Slug | None
    start: PartialDate | None
    end: PartialDate | None
    citations: list[Cited]


class ActorRecord(Published):
    """Who takes part: a person, a state, a ministry, a company …"""

    name: Texts
    aliases: list[str]
    kind: words(choices.ActorKind)
    country: Country
    wikidata: PlainText
    offices: list[Office]
    translations: Translations
    published: PublishedOn
    updated: UpdatedOn


class NamedActor(Shape):
    actor: Slug
    name: Texts


class ActOfAgreement(Shape):
    """One typed date of an agreement."""

    kind: words(choices.AgreementDateKind)
    date: When
    place: Place | None
    citations: list[Cited]


class EventTouching(Shape):
    event: Slug
    relation: words(choices.AgreementRelation)


class AgreementRecord(Published):
    """A treaty or another instrument between the two sides, whatever it is called."""

    title: Texts
    summary: Texts
    kind: words(choices.AgreementKind)
    standing: words(choices.Standing)
    sectors: list[Slug]
    parties: list[NamedActor]
    dates: list[ActOfAgreement]
    events: list[EventTouching]
    citations: list[Cited]
    claims: list[ClaimMade]
    disputed: bool
    translations: Translations
    published: PublishedOn
    updated: UpdatedOn


class SourceRecord(Published):
    """A document on which statements of the record rest."""

    title: Annotated[str, Field(description="as printed, in the language of the document")]
    language: Annotated[str, Field(description="ISO 639 code")]
    author: PlainText
    publisher: PlainText
    date: When | None
    kind: words(choices.SourceKind)
    side: Annotated[words(choices.Side), Field(description="whose account it is")]
    document_url: PlainText
    copy_url: PlainText
    archived_url: PlainText
    accessed: PartialDate | None
    archive_location: PlainText
    statements: Annotated[int, Field(description="how many public statements rest on it")]
    published: PublishedOn
    updated: UpdatedOn


class EventTold(Shape):
    """An event that a step of a story tells of."""

    event: Slug
    url: Annotated[Url, Field(description="the permanent address of the event")]
    title: Texts
    date: When


class Step(Shape):
    anchor: Annotated[Slug, Field(description="the name of the step in the page of the story")]
    heading: Texts
    text: Texts
    events: Annotated[list[EventTold], Field(description="in the order of time")]
    citations: Annotated[list[Cited], Field(description="what goes beyond the events rests on")]


class StoryRecord(Published):
    """A short essay, told by the editors, that leads through the record step by step."""

    title: Texts
    standfirst: Texts
    sectors: list[Slug]
    steps: list[Step]
    translations: Translations
    published: PublishedOn
    updated: UpdatedOn


class SectorRecord(Whole):
    """A field of relations; the order is fixed."""

    slug: Slug
    url: Url
    name: Texts
    position: int


SHAPES = {
    "events": EventRecord,
    "actors": ActorRecord,
    "agreements": AgreementRecord,
    "sources": SourceRecord,
    "stories": StoryRecord,
    "sectors": SectorRecord,
}
