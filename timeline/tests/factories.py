"""Records for the tests: each complete enough to be published, and a draft unless asked."""

import datetime

import factory

from timeline import choices
from timeline.dates import PartialDate
from timeline.models import (
    Actor,
    Agreement,
    AgreementDate,
    Check,
    Citation,
    Claim,
    CoverageStatement,
    Dispute,
    Event,
    EventSector,
    LinkCheck,
    Participation,
    Place,
    Report,
    Sector,
    Source,
    Story,
    StoryStep,
    Tenure,
)


class SectorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Sector
        django_get_or_create = ["slug"]

    slug = "diplomacy"
    name_en = factory.LazyAttribute(lambda sector: sector.slug.title())
    position = 1


class PlaceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Place

    slug = factory.Sequence("place-{}".format)
    name_en = "Ankara"
    country = "TR"


class RecordFactory(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True

    class Params:
        published = factory.Trait(status=choices.Status.PUBLISHED)

    added = factory.LazyAttribute(
        lambda record: (
            datetime.date(2026, 11, 24) if record.status in ("published", "withdrawn") else None
        )
    )


class SourceFactory(RecordFactory):
    class Meta:
        model = Source

    slug = factory.Sequence("source-{}".format)
    title = "A report"
    publisher = "A ministry"
    language = "en"
    kind = choices.SourceKind.OFFICIAL
    side = choices.Side.JAPAN
    status = choices.Status.PUBLISHED


class ActorFactory(RecordFactory):
    class Meta:
        model = Actor

    slug = factory.Sequence("actor-{}".format)
    name_en = factory.Sequence("Actor {}".format)
    kind = choices.ActorKind.PERSON
    country = "JP"
    status = choices.Status.PUBLISHED


class TenureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Tenure

    actor = factory.SubFactory(ActorFactory)
    title_en = "Minister"


class AgreementFactory(RecordFactory):
    class Meta:
        model = Agreement

    slug = factory.Sequence("agreement-{}".format)
    title_en = factory.Sequence("Agreement {}".format)
    summary_en = "What it provides."
    kind = choices.AgreementKind.TREATY


class AgreementDateFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AgreementDate

    agreement = factory.SubFactory(AgreementFactory)
    kind = choices.AgreementDateKind.SIGNED
    date = PartialDate(1930, 10, 11)


class EventFactory(RecordFactory):
    class Meta:
        model = Event
        skip_postgeneration_save = True

    slug = factory.Sequence("event-{:03}".format)
    title_en = factory.Sequence("Event {}".format)
    summary_en = "What happened."
    start = PartialDate(1934, 6, 1)
    kind = choices.Kind.MEETING

    @factory.post_generation
    def sectors(event, create, slugs):
        """The slugs of its sectors, the main one first."""
        for rank, slug in enumerate(slugs or ["diplomacy"], 1):
            EventSector.objects.create(event=event, sector=SectorFactory(slug=slug), rank=rank)

    @factory.post_generation
    def sides(event, create, sides):
        """The sides of the sources that support it; none for an event without evidence."""
        for side in ["japan"] if sides is None else sides:
            CitationFactory(event=event, source__side=side)

    @factory.post_generation
    def actors(event, create, actors):
        for actor in actors or []:
            Participation.objects.create(event=event, actor=actor)


class CitationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Citation

    source = factory.SubFactory(SourceFactory)


class DisputeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Dispute

    about = choices.About.DATE
    question_en = "On which day did it happen?"
    reason_en = "The ministry’s own record is preferred."


class ClaimFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Claim

    dispute = factory.SubFactory(DisputeFactory)
    start = PartialDate(1934, 6, 1)


class CoverageStatementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CoverageStatement

    slug = factory.Sequence("statement-{}".format)
    first_year = 1924
    last_year = 2025
    research = choices.Research.PARTLY
    judged_by = "The editors"
    judged_on = datetime.date(2026, 11, 24)
    note_en = "What was searched."


class CheckFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Check

    on = datetime.date(2026, 11, 24)


class LinkCheckFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LinkCheck

    source = factory.SubFactory(SourceFactory)
    column = "url"
    address = factory.LazyAttribute(lambda link: getattr(link.source, link.column))
    status = choices.LinkStatus.ANSWERS
    checked = datetime.datetime(2026, 11, 24, 12, tzinfo=datetime.UTC)


class ReportFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Report

    event = factory.SubFactory(EventFactory, published=True)
    form = factory.Sequence("form-{}".format)
    text = "The day is wrong."
    language = "en"


class StoryFactory(RecordFactory):
    class Meta:
        model = Story
        skip_postgeneration_save = True

    slug = factory.Sequence("story-{}".format)
    title_en = factory.Sequence("Story {}".format)
    standfirst_en = "What it is about."

    @factory.post_generation
    def sectors(story, create, slugs):
        story.sectors.set(SectorFactory(slug=slug) for slug in slugs or ["diplomacy"])

    @factory.post_generation
    def steps(story, create, steps):
        """The events of each step; three steps of one published event unless said."""
        if steps is None:
            years = (1930, 1950, 1970)
            steps = [[EventFactory(published=True, start=PartialDate(year))] for year in years]
        for number, events in enumerate(steps, 1):
            step = StoryStep.objects.create(
                story=story,
                position=number,
                anchor=f"part-{number}",
                heading_en=f"Part {number}",
                text_en=f"What part {number} tells.",
            )
            step.events.set(events)
