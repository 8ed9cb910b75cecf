from timeline.models.actors import Actor, Tenure
from timeline.models.agreements import Agreement, AgreementDate
from timeline.models.checks import Check
from timeline.models.coverage import CoverageStatement
from timeline.models.disputes import Claim, Dispute
from timeline.models.events import AgreementLink, Event, EventLink, EventSector, Participation
from timeline.models.links import LinkCheck
from timeline.models.renderings import Rendering
from timeline.models.reports import Report, ReportTally
from timeline.models.sources import Citation, Source
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
    "Event",
    "EventLink",
    "EventSector",
    "LinkCheck",
    "Participation",
    "Place",
    "Rendering",
    "Report",
    "ReportTally",
    "Sector",
    "Source",
    "Tenure",
]
