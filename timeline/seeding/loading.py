"""From entries to the database."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Model

from timeline.choices import Status
from timeline.dates import DateRange
from timeline.models import (
    AgreementDate,
    AgreementLink,
    Citation,
    Claim,
    Dispute,
    EventLink,
    EventSector,
    Participation,
    StoryStep,
    Tenure,
)
from timeline.seeding.columns import (
    added_of,
    columns_of,
    day_of,
    partial_of,
    question_of,
    texts_of,
    when_of,
)
from timeline.seeding.dumping import MODELS
from timeline.seeding.parts import Entry
from timeline.seeding.schema import PlaceEntry, RecordEntry, SeedEntry

# What hangs on a record, in the order in which it can be created: a claim needs its dispute.
StepEvent = StoryStep.events.through
PARTS = [
    Tenure,
    AgreementDate,
    Dispute,
    Claim,
    EventSector,
    Participation,
    AgreementLink,
    EventLink,
    StoryStep,
    StepEvent,
    Citation,
]
OWNERS = {
    "actors": [(Tenure, "actor")],
    "agreements": [(AgreementDate, "agreement"), (Dispute, "agreement"), (Citation, "agreement")],
    "events": [
        (EventSector, "event"),
        (Participation, "event"),
        (AgreementLink, "event"),
        (EventLink, "event"),
        (Dispute, "event"),
        (Citation, "event"),
    ],
    "stories": [(StoryStep, "story")],
}


# Their sectors stand in no order, and have no table of their own here.
WITH_SECTORS = ("agreements", "stories", "coverage")


# What rests on a source that is not published cannot be published either, nor can a story that
# tells of an event that is not: in these steps records get their status.
STAGES = [
    ["sources"],
    [kind for kind in MODELS if kind not in ("sources", "stories")],
    ["stories"],
]


def reset_sequence(model: type[Model]) -> None:
    """Let the database number the next record after the last.

    A number that is given, and not drawn, does not move the counters of PostgreSQL.
    """
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [model]):
            cursor.execute(statement)


def digest(entry: SeedEntry) -> str:
    """A mark that changes when what the entry says does."""
    unsaid = {"added", "changed"}
    if isinstance(entry, PlaceEntry) and not entry.merged_into:
        unsaid.add("merged_into")  # Places were loaded before they could be merged.
    if not getattr(entry, "checks", None):
        unsaid.add("checks")  # There were records before there were checks.
    said = entry.model_dump_json(exclude=unsaid)
    return hashlib.sha256(said.encode()).hexdigest()


class Writer:
    """Writes entries to the database: first the records, then what hangs on them.

    In that order every reference finds its target, forwards and in circles too. A record gets
    its status last, when it is complete.
    """

    def __init__(self) -> None:
        self.numbers = {
            kind: dict(model.objects.values_list("slug", "pk")) for kind, model in MODELS.items()
        }

    def write_records(self, kind: str, entries: list[SeedEntry]) -> None:
        """Create the records or change their columns; what leads elsewhere comes later."""
        model = MODELS[kind]
        present = model.objects.in_bulk([entry.slug for entry in entries], field_name="slug")
        records = [self._fill(kind, entry, present.get(entry.slug)) for entry in entries]
        # Those with a number of their own first: none of the others may be given it.
        new = [record for record in records if record.slug not in present]
        numbered = [record for record in new if record.pk]
        model.objects.bulk_create(numbered, batch_size=200)
        if numbered:
            reset_sequence(model)
        model.objects.bulk_create([one for one in new if not one.pk], batch_size=200)
        for record in present.values():
            record.save()
        for entry, record in zip(entries, records, strict=True):
            self.numbers[kind][entry.slug] = record.pk
            if isinstance(entry, RecordEntry):
                entry.id = record.pk

    def _fill(self, kind: str, entry: SeedEntry, record: Model | None) -> Model:
        record = record or MODELS[kind](slug=entry.slug, pk=getattr(entry, "id", None))
        for name, value in columns_of(kind, entry).items():
            setattr(record, name, value)
        if isinstance(entry, RecordEntry):
            # Incomplete until its parts are written: complete() gives it its status.
            record.status, record.merged_into = Status.DRAFT, None
        if kind == "events":
            record.place_id = self._number("places", entry.place)
        return record

    def write_parts(self, kind: str, entries: list[SeedEntry]) -> None:
        """Replace all that hangs on the records, but for what is noted of them: their checks."""
        owners = [self.numbers[kind][entry.slug] for entry in entries]
        for model, owner in OWNERS.get(kind, []):
            model.objects.filter(**{f"{owner}__in": owners}).delete()
        parts = [part for entry in entries for part in self._parts(kind, entry)]
        for model in PARTS:
            of_model = [part for part in parts if isinstance(part, model)]
            model.objects.bulk_create(of_model, batch_size=500)
        for entry in entries if kind in WITH_SECTORS else []:
            record = MODELS[kind].objects.get(slug=entry.slug)
            record.sectors.set(self.numbers["sectors"][slug] for slug in entry.sectors)
            if kind == "agreements":
                record.parties.set(self.numbers["actors"][slug] for slug in entry.parties)

    def complete(self, kind: str, entries: list[SeedEntry]) -> None:
        """Give the records their status, and note what was loaded.

        Most say the same of their status, so that few statements give it to all of them.
        """
        model, alike = MODELS[kind], defaultdict(list)
        for entry in entries:
            alike[tuple(self._standing(kind, entry).items())].append(self.numbers[kind][entry.slug])
        for standing, numbers in alike.items():
            if standing:
                model.objects.filter(pk__in=numbers).update(**dict(standing))
        records = model.objects.in_bulk([entry.slug for entry in entries], field_name="slug")
        for entry in entries:
            records[entry.slug].loaded = digest(entry)
        model.objects.bulk_update(records.values(), ["loaded"], batch_size=200)

    def _standing(self, kind: str, entry: SeedEntry) -> dict:
        columns = {}
        if isinstance(entry, RecordEntry):
            columns = {
                "status": entry.status,
                "reason": entry.reason or "",
                "added": added_of(entry),
                "changed": day_of(entry.changed),
            }
        if isinstance(entry, RecordEntry | PlaceEntry):
            columns["merged_into_id"] = self._number(kind, entry.merged_into)
        return columns

    def _number(self, kind: str, slug: str | None) -> int | None:
        return self.numbers[kind][slug] if slug else None

    def _parts(self, kind: str, entry: SeedEntry) -> Iterator[Model]:
        number = self.numbers[kind][entry.slug]
        if kind == "actors":
            for office in entry.offices:
                tenure = Tenure(
                    actor_id=number,
                    institution_id=self._number("actors", office.institution),
                    start=partial_of(office.start),
                    end=partial_of(office.end),
                    **texts_of("title", office.title),
                )
                yield tenure
                yield from self._citations(office, tenure=tenure)
        if kind == "agreements":
            for dated in entry.dates:
                when = DateRange.parse(dated.date)
                agreement_date = AgreementDate(
                    agreement_id=number,
                    kind=dated.kind,
                    date=when.start,
                    approximate=when.approximate,
                    place_id=self._number("places", dated.place),
                )
                yield agreement_date
                yield from self._citations(dated, agreement_date=agreement_date)
            yield from self._evidence(entry, agreement_id=number)
        if kind == "events":
            yield from self._links(entry, number)
            yield from self._evidence(entry, event_id=number)
        if kind == "stories":
            yield from self._steps(entry, number)

    def _links(self, entry: Entry, number: int) -> Iterator[Model]:
        for rank, slug in enumerate(entry.sectors, 1):
            yield EventSector(event_id=number, sector_id=self.numbers["sectors"][slug], rank=rank)
        for one in entry.participants:
            actor = self.numbers["actors"][one.actor]
            yield Participation(event_id=number, actor_id=actor, role=one.role)
        for link in entry.agreements:
            agreement = self.numbers["agreements"][link.agreement]
            yield AgreementLink(event_id=number, agreement_id=agreement, relation=link.relation)
        for link in entry.related:
            target = self.numbers["events"][link.event]
            yield EventLink(event_id=number, target_id=target, relation=link.relation)

    def _steps(self, entry: Entry, number: int) -> Iterator[Model]:
        for position, said in enumerate(entry.steps, 1):
            step = StoryStep(
                story_id=number,
                position=position,
                anchor=said.anchor,
                **texts_of("heading", said.heading),
                **texts_of("text", said.text),
            )
            yield step
            for slug in said.events:
                yield StepEvent(storystep=step, event_id=self.numbers["events"][slug])
            yield from self._citations(said, story_step=step)

    def _evidence(self, entry: Entry, **record: int) -> Iterator[Model]:
        yield from self._citations(entry, **record)
        for question in entry.disputes:
            dispute = Dispute(about=question.about, **record, **question_of(question))
            yield dispute
            for answer in question.claims:
                claim = Claim(
                    dispute=dispute,
                    preferred=answer.preferred,
                    **texts_of("value", answer.value),
                    **when_of(answer.date),
                )
                yield claim
                yield from self._citations(answer, claim=claim)

    def _citations(self, entry: Entry, **target) -> Iterator[Citation]:
        for citation in entry.citations:
            yield Citation(
                source_id=self.numbers["sources"][citation.source],
                part=citation.part,
                stance=citation.stance,
                locator=citation.locator or "",
                note=citation.note or "",
                **target,
            )
