"""Every question asked of the data, by name."""

from timeline.querysets.editions import EditionQuerySet
from timeline.querysets.events import EventQuerySet
from timeline.querysets.evidence import CitationQuerySet, DisputeQuerySet
from timeline.querysets.history import RevisionQuerySet
from timeline.querysets.links import LinkQuerySet, ParticipationQuerySet
from timeline.querysets.records import (
    ActorQuerySet,
    AgreementQuerySet,
    PlaceQuerySet,
    ReleaseQuerySet,
    SectorQuerySet,
    SourceQuerySet,
)
from timeline.querysets.stories import StoryQuerySet, StoryStepQuerySet
from timeline.querysets.uploads import UploadQuerySet
from timeline.querysets.work import LinkCheckQuerySet, ReportQuerySet

__all__ = [
    "ActorQuerySet",
    "AgreementQuerySet",
    "CitationQuerySet",
    "DisputeQuerySet",
    "EditionQuerySet",
    "EventQuerySet",
    "LinkCheckQuerySet",
    "LinkQuerySet",
    "ParticipationQuerySet",
    "PlaceQuerySet",
    "ReleaseQuerySet",
    "ReportQuerySet",
    "RevisionQuerySet",
    "SectorQuerySet",
    "SourceQuerySet",
    "StoryQuerySet",
    "StoryStepQuerySet",
    "UploadQuerySet",
]
