from timeline.models.accounts import RecoveryCode
from timeline.models.actors import Actor, Tenure
from timeline.models.agreements import Agreement, AgreementDate
from timeline.models.coverage import CoverageStatement
from timeline.models.disputes import Claim, Dispute
from timeline.models.events import AgreementLink, Event, EventLink, EventSector, Participation
from timeline.models.sources import Citation, Source
from timeline.models.vocabulary import Place, Sector

__all__ = [
    "Actor",
    "Agreement",
    "AgreementDate",
    "AgreementLink",
    "Citation",
    "Claim",
    "CoverageStatement",
    "Dispute",
    "Event",
    "EventLink",
    "EventSector",
    "Participation",
    "Place",
    "RecoveryCode",
    "Sector",
    "Source",
    "Tenure",
]
