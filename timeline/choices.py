"""The closed vocabularies. A value is written in addresses and data files: add, never rename."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Status(TextChoices):
    """Where a record stands on its way to the reader. Only `published` is ever public."""

    DRAFT = "draft", _("draft")
    IN_REVIEW = "in-review", _("in review")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")
    MERGED = "merged", _("merged")


class Kind(TextChoices):
    """What sort of thing happened."""

    VISIT = "visit", _("Visit")
    MEETING = "meeting", _("Meeting")
    AGREEMENT = "agreement", _("Agreement")
    STATEMENT = "statement", _("Statement")
    CONFERENCE = "conference", _("Conference")
    INSTITUTION = "institution", _("Institution")
    PROJECT = "project", _("Project")
    DISASTER_RELIEF = "disaster-relief", _("Disaster relief")
    COMMEMORATION = "commemoration", _("Commemoration")
    CONFLICT = "conflict", _("Conflict")
    BUSINESS = "business", _("Business")
    CULTURE = "culture", pgettext_lazy("kind of event", "Culture")
    TRANSPORT = "transport", _("Transport")
    OTHER = "other", pgettext_lazy("kind of event", "Other")


class Importance(TextChoices):
    """By the criteria in docs/curating.md."""

    LANDMARK = "landmark", _("Landmark")
    MAJOR = "major", _("Major")
    STANDARD = "standard", _("Standard")


class Role(TextChoices):
    """What an actor did at an event."""

    HOST = "host", _("Host")
    GUEST = "guest", _("Guest")
    PARTICIPANT = "participant", _("Took part")
    SIGNATORY = "signatory", _("Signatory")
    ORGANISER = "organiser", _("Organiser")
    SPEAKER = "speaker", _("Speaker")
    BUILDER = "builder", _("Builder")
    FINANCIER = "financier", _("Financier")
    DONOR = "donor", _("Donor")
    BENEFICIARY = "beneficiary", _("Beneficiary")
    FOUNDER = "founder", _("Founder")
    APPOINTEE = "appointee", _("Appointed")
    SUBJECT = "subject", pgettext_lazy("role", "Subject")


class AgreementRelation(TextChoices):
    """What an event did to an agreement."""

    NEGOTIATED = "negotiated", _("Negotiated")
    SIGNED = "signed", _("Signed")
    RATIFIED = "ratified", _("Ratified")
    ENTERED_INTO_FORCE = "entered-into-force", _("Entered into force")
    AMENDED = "amended", _("Amended")
    TERMINATED = "terminated", _("Terminated")
    INVOKED = "invoked", _("Invoked")


class EventRelation(TextChoices):
    """How one event stands to another: this record … the other."""

    LEADS_TO = "leads-to", _("leads to")
    FOLLOWS = "follows", _("follows")
    COMMEMORATES = "commemorates", _("commemorates")
    PART_OF = "part-of", _("is part of")


class ActorKind(TextChoices):
    PERSON = "person", _("Person")
    ROYAL_HOUSE = "royal-house", _("Royal house")
    STATE = "state", _("State")
    MINISTRY = "ministry", _("Ministry")
    AGENCY = "agency", _("Agency")
    COMPANY = "company", _("Company")
    UNIVERSITY = "university", _("University")
    ORGANISATION = "organisation", _("Organisation")


class AgreementKind(TextChoices):
    TREATY = "treaty", _("Treaty")
    CONVENTION = "convention", _("Convention")
    AGREEMENT = "agreement", pgettext_lazy("kind of agreement", "Agreement")
    EXCHANGE_OF_NOTES = "exchange-of-notes", _("Exchange of notes")
    MEMORANDUM = "memorandum", _("Memorandum")
    JOINT_DECLARATION = "joint-declaration", _("Joint declaration")
    JOINT_STATEMENT = "joint-statement", _("Joint statement")
    LOAN_AGREEMENT = "loan-agreement", _("Loan agreement")


class Standing(TextChoices):
    """Whether an agreement binds today, as far as a source says."""

    IN_FORCE = "in-force", _("In force")
    SIGNED = "signed", _("Signed; entry into force not found")
    UNDER_NEGOTIATION = "under-negotiation", _("Under negotiation")
    SUPERSEDED = "superseded", _("Superseded")
    TERMINATED = "terminated", _("Terminated")
    UNKNOWN = "unknown", _("Standing not established")


class AgreementDateKind(TextChoices):
    """What happened to an agreement on a date, in the order of a treaty's life."""

    SIGNED = "signed", _("Signed")
    RATIFIED = "ratified", _("Ratified")
    RATIFICATIONS_EXCHANGED = "ratifications-exchanged", _("Ratifications exchanged")
    PROVISIONALLY_APPLIED = "provisionally-applied", _("Provisionally applied")
    IN_FORCE = "in-force", _("Entered into force")
    AMENDED = "amended", _("Amended")
    TERMINATED = "terminated", _("Ended")


class SourceKind(TextChoices):
    TREATY_TEXT = "treaty-text", _("Treaty text")
    OFFICIAL = "official", _("Official")
    STATISTICS = "statistics", _("Statistics")
    SCHOLARLY = "scholarly", _("Scholarly")
    PRESS = "press", _("Press")
    COMPANY = "company", _("Company")
    ANALYSIS = "analysis", _("Analysis")
    REFERENCE = "reference", _("Reference work")


class Side(TextChoices):
    """Whose account a source is."""

    JAPAN = "japan", _("Japanese side")
    TURKIYE = "turkiye", _("Turkish side")
    THIRD = "third", _("Third party")


class Attestation(TextChoices):
    """Whose sources support a record. Worked out from its citations, never typed."""

    BOTH = "both", _("Both sides")
    JAPAN = "japan", _("Japanese source only")
    TURKIYE = "turkiye", _("Turkish source only")
    THIRD = "third", _("Third parties only")


class Stance(TextChoices):
    SUPPORTS = "supports", _("supports")
    DISPUTES = "disputes", _("disputes")


class Part(TextChoices):
    """Which part of a record a citation speaks of; footnote marks stand after that part."""

    TITLE = "title", _("title")
    DATE = "date", _("date")
    PLACE = "place", _("place")
    PARTICIPANTS = "participants", _("participants")
    SUMMARY = "summary", _("summary")


class About(TextChoices):
    """What sources disagree on."""

    DATE = "date", _("the date")
    PLACE = "place", _("the place")
    FIGURE = "figure", _("a figure")
    NAME = "name", _("a name")
    PARTICIPANTS = "participants", _("who took part")
    OTHER = "other", pgettext_lazy("what sources disagree on", "a fact")


class Translation(TextChoices):
    """How far the texts of a record are translated into a language."""

    MISSING = "missing", _("not translated")
    UNREVIEWED = "unreviewed", _("translated, not yet reviewed")
    REVIEWED = "reviewed", _("translated and reviewed")
    STALE = "stale", _("translated from an earlier English text")


class Research(TextChoices):
    """How far the record has been researched for some years."""

    FULLY = "fully", _("researched")
    PARTLY = "partly", _("partly researched")
    NOT_YET = "not-yet", _("not yet researched")


class Action(TextChoices):
    """What was done to a record, as its history tells it."""

    FOUND = "found", _("as it stood")
    CREATED = "created", _("entered")
    CHANGED = "changed", pgettext_lazy("history", "changed")
    SUBMITTED = "submitted", _("submitted for review")
    RETURNED = "returned", _("returned")
    PUBLISHED = "published", pgettext_lazy("history", "published")
    WITHDRAWN = "withdrawn", pgettext_lazy("history", "withdrawn")
    RESTORED = "restored", _("published again")
    REVERTED = "reverted", _("earlier version brought back")
    MERGED = "merged", pgettext_lazy("history", "merged")
    UNMERGED = "unmerged", _("merging undone")
    REVIEWED = "reviewed", _("translation reviewed")
    LOADED = "loaded", _("brought in step with the data files")
    DELETED = "deleted", _("deleted")


class LinkStatus(TextChoices):
    """What came of asking for the address of a source."""

    ANSWERS = "answers", _("answers")
    MOVED = "moved", _("has moved for good")
    MISSING = "missing", _("is gone")
    REFUSED = "refused", _("refuses to answer a program")
    TIMEOUT = "timeout", _("did not answer in time")
    UNREACHABLE = "unreachable", _("cannot be reached")
    UNSAFE = "unsafe", _("was not asked: no public web address")


class ReportState(TextChoices):
    """What has become of an error that a reader reported."""

    RECEIVED = "received", _("received")
    LOOKED_AT = "looked-at", _("being looked at")
    CORRECTED = "corrected", _("corrected")
    DECLINED = "declined", _("not changed")
