"""Codes about a criminal proceeding as a whole.

Source: the exchange format "Court caseload, version 1", whose values these are.
"""

from enum import StrEnum


class LeadOffence(StrEnum):
    """Gravest offence of the indictment (Serbian Criminal Code, articles 388, 184, 389)."""

    THB_ADULT = "THB_ADULT"
    THB_MINOR = "THB_MINOR"
    THB_GROUP = "THB_GROUP"
    THB_OCG = "THB_OCG"
    THB_INJURY = "THB_INJURY"
    THB_DEATH = "THB_DEATH"
    THB_USE_OF_VICTIM = "THB_USE_OF_VICTIM"
    PROSTITUTION_MEDIATION = "PROSTITUTION_MEDIATION"
    MINORS_FOR_ADOPTION = "MINORS_FOR_ADOPTION"
    OTHER = "OTHER"


class DispositionMode(StrEnum):
    """How the proceeding is disposed of."""

    TRIAL = "TRIAL"
    PLEA_AGREEMENT = "PLEA_AGREEMENT"
    DISMISSED = "DISMISSED"
    LIMITATION = "LIMITATION"
    ACCUSED_DIED = "ACCUSED_DIED"
    OTHER = "OTHER"


class EndCause(StrEnum):
    """Why the proceeding ended; the last two end only our observation of it."""

    FINAL_JUDGMENT = "FINAL_JUDGMENT"
    FINAL_DISMISSAL = "FINAL_DISMISSAL"
    LIMITATION_EXPIRED = "LIMITATION_EXPIRED"
    TRANSFERRED_ABROAD = "TRANSFERRED_ABROAD"
    LOST_TO_FOLLOW_UP = "LOST_TO_FOLLOW_UP"


class Outcome(StrEnum):
    """Result for the accused."""

    CONVICTED = "CONVICTED"
    CONVICTED_LESSER = "CONVICTED_LESSER"
    ACQUITTED = "ACQUITTED"
    REJECTED = "REJECTED"
    MIXED = "MIXED"


class NumberReason(StrEnum):
    """Why a proceeding got a case number."""

    FILED = "FILED"
    TRANSFERRED = "TRANSFERRED"
    SEVERED = "SEVERED"
    JOINED = "JOINED"
    RETRIAL = "RETRIAL"
    APPEAL = "APPEAL"
    EXTRAORDINARY = "EXTRAORDINARY"
    REASONABLE_TIME = "REASONABLE_TIME"


class StageKind(StrEnum):
    """Milestone of a proceeding; the order here breaks ties of one day."""

    REPORTED = "REPORTED"
    FIRST_STATEMENT = "FIRST_STATEMENT"
    INVESTIGATION_OPENED = "INVESTIGATION_OPENED"
    ACCUSED_CHARGED_OR_ARRESTED = "ACCUSED_CHARGED_OR_ARRESTED"
    INVESTIGATION_CLOSED = "INVESTIGATION_CLOSED"
    INDICTMENT_FILED = "INDICTMENT_FILED"
    INDICTMENT_CONFIRMED = "INDICTMENT_CONFIRMED"
    MAIN_HEARING_SCHEDULED = "MAIN_HEARING_SCHEDULED"
    MAIN_HEARING_OPENED = "MAIN_HEARING_OPENED"
    MAIN_HEARING_RESTARTED = "MAIN_HEARING_RESTARTED"
    EVIDENCE_CLOSED = "EVIDENCE_CLOSED"
    FIRST_INSTANCE_JUDGMENT = "FIRST_INSTANCE_JUDGMENT"
    JUDGMENT_SERVED = "JUDGMENT_SERVED"
    APPEAL_FILED = "APPEAL_FILED"
    FILE_SENT_TO_APPEAL = "FILE_SENT_TO_APPEAL"
    APPEAL_UPHELD = "APPEAL_UPHELD"
    APPEAL_MODIFIED = "APPEAL_MODIFIED"
    APPEAL_QUASHED_REMITTED = "APPEAL_QUASHED_REMITTED"
    RETRIAL_OPENED = "RETRIAL_OPENED"
    FINAL = "FINAL"
    EXTRAORDINARY_REMEDY = "EXTRAORDINARY_REMEDY"
    CONSTITUTIONAL_COMPLAINT = "CONSTITUTIONAL_COMPLAINT"
    ECHR_APPLICATION = "ECHR_APPLICATION"
    ENFORCEMENT = "ENFORCEMENT"


class StageSource(StrEnum):
    """Where a milestone was learnt from."""

    FILE = "FILE"
    LAWYER = "LAWYER"
    MONITOR = "MONITOR"
    PRESS = "PRESS"
    VICTIM = "VICTIM"
    COURT_PORTAL = "COURT_PORTAL"


class IncidentKind(StrEnum):
    """What was done to the victim, or to those around."""

    THREAT = "THREAT"
    BRIBE = "BRIBE"
    FOLLOWED = "FOLLOWED"
    CONTACT_BY_ACCUSED = "CONTACT_BY_ACCUSED"
    ONLINE = "ONLINE"
    MEDIA_IDENTIFIED = "MEDIA_IDENTIFIED"
    COUNTER_CHARGE = "COUNTER_CHARGE"
    OTHER = "OTHER"


class IncidentAgainst(StrEnum):
    """Whom an incident was directed against."""

    VICTIM = "VICTIM"
    FAMILY = "FAMILY"
    ADVOCATE = "ADVOCATE"
    LAWYER = "LAWYER"
    OTHER = "OTHER"


class IncidentReportedTo(StrEnum):
    """Who was told of an incident."""

    NOBODY = "NOBODY"
    POLICE = "POLICE"
    PROSECUTOR = "PROSECUTOR"
    COURT = "COURT"
