from timeline.models.accounts import RecoveryCode
from timeline.models.actors import Actor, Tenure
from timeline.models.agreements import Agreement, AgreementDate
from timeline.models.checks import Check
from timeline.models.coverage import CoverageStatement
from timeline.models.disputes import Claim, Dispute
from timeline.models.edition import Edition
from timeline.models.events import AgreementLink, Event, EventLink, EventSector, Participation
from timeline.models.history import Revision
from timeline.models.links import LinkCheck
from timeline.models.releases import FrozenView, Release
from timeline.models.reports import Report, ReportTally
from timeline.models.sources import Citation, Source
from timeline.models.stories import Story, StoryStep
from timeline.models.uploads import Upload
from timeline.models.vocabulary import Place, Sector

__all__ = [
    "Actor",
    "Agreement",
    "AgreementDate",
    "AgreementLink",
    "Check",
    "Citation",
    "Claim",
    "CoverageStatement",
    "Dispute",
    "Edition",
    "Event",
    "EventLink",
    "EventSector",
    "FrozenView",
    "LinkCheck",
    "Participation",
    "Place",
    "RecoveryCode",
    "Release",
    "Report",
    "ReportTally",
    "Revision",
    "Sector",
    "Source",
    "Story",
    "StoryStep",
    "Tenure",
    "Upload",
]
