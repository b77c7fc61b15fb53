"""Codes about what a hearing did to a victim.

Source: the exchange format "Court caseload, version 1", whose values these are.
"""

from enum import StrEnum


class Attended(StrEnum):
    """Whether the victim came and was heard."""

    TESTIFIED = "TESTIFIED"
    PRESENT_NOT_HEARD = "PRESENT_NOT_HEARD"
    SUMMONED_NOT_ATTENDED = "SUMMONED_NOT_ATTENDED"
    NOT_SUMMONED = "NOT_SUMMONED"


class TestifiedBy(StrEnum):
    """By which means the victim testified."""

    IN_ROOM = "IN_ROOM"
    VIDEO_LINK_SAME_BUILDING = "VIDEO_LINK_SAME_BUILDING"
    VIDEO_LINK_REMOTE = "VIDEO_LINK_REMOTE"
    HOME_OR_INSTITUTION = "HOME_OR_INSTITUTION"
    RECORDING_PLAYED = "RECORDING_PLAYED"
    RECORD_READ = "RECORD_READ"


class AccusedPresent(StrEnum):
    """Where the accused was while the victim testified."""

    NOT_IN_BUILDING = "NOT_IN_BUILDING"
    REMOVED_DURING_TESTIMONY = "REMOVED_DURING_TESTIMONY"
    VIA_LINK = "VIA_LINK"
    IN_ROOM = "IN_ROOM"
    NOT_OBSERVED = "NOT_OBSERVED"


class VisualContact(StrEnum):
    """Whether victim and accused could see each other."""

    NONE = "NONE"
    SCREENED = "SCREENED"
    PARTIAL = "PARTIAL"
    DIRECT = "DIRECT"
    NOT_OBSERVED = "NOT_OBSERVED"


class ContactOutside(StrEnum):
    """Where victim and accused met outside the courtroom."""

    NONE = "NONE"
    CORRIDOR = "CORRIDOR"
    ENTRANCE = "ENTRANCE"
    WAITING_ROOM = "WAITING_ROOM"
    AFTERWARDS = "AFTERWARDS"
    NOT_OBSERVED = "NOT_OBSERVED"


class SeparateWaitingRoom(StrEnum):
    """Whether a waiting room apart was there."""

    YES = "YES"
    NO = "NO"
    NO_ROOM = "NO_ROOM"
    NOT_OBSERVED = "NOT_OBSERVED"


class Confrontation(StrEnum):
    """Formal confrontation of victim and accused."""

    NONE = "NONE"
    ORDERED = "ORDERED"
    HELD = "HELD"
    REFUSED = "REFUSED"
    NOT_OBSERVED = "NOT_OBSERVED"


class QuestionedBy(StrEnum):
    """Who put questions to the victim."""

    JUDGE = "JUDGE"
    PROSECUTOR = "PROSECUTOR"
    DEFENCE_COUNSEL = "DEFENCE_COUNSEL"
    ACCUSED_PERSONALLY = "ACCUSED_PERSONALLY"
    EXPERT = "EXPERT"
    VICTIM_REPRESENTATIVE = "VICTIM_REPRESENTATIVE"


class DegradingConduct(StrEnum):
    """Degrading conduct towards the victim."""

    NONE = "NONE"
    SOME = "SOME"
    REPEATED = "REPEATED"
    NOT_OBSERVED = "NOT_OBSERVED"


class DegradingBy(StrEnum):
    """Whose conduct was degrading."""

    JUDGE = "JUDGE"
    PROSECUTOR = "PROSECUTOR"
    DEFENCE_COUNSEL = "DEFENCE_COUNSEL"
    ACCUSED = "ACCUSED"
    OTHER = "OTHER"


class SupportPerson(StrEnum):
    """Whether a support person was with the victim."""

    YES = "YES"
    NO = "NO"
    REFUSED = "REFUSED"
    NOT_OBSERVED = "NOT_OBSERVED"


class Observer(StrEnum):
    """Who saw it."""

    ADVOCATE = "ADVOCATE"
    LAWYER = "LAWYER"
    MONITOR = "MONITOR"
    VICTIM_REPORT = "VICTIM_REPORT"


class StatementBody(StrEnum):
    """Before whom the victim told the facts."""

    POLICE = "POLICE"
    PROSECUTOR = "PROSECUTOR"
    COURT_MAIN = "COURT_MAIN"
    COURT_APPEAL = "COURT_APPEAL"
    COURT_RETRIAL = "COURT_RETRIAL"
    EXPERT = "EXPERT"
    CENTRE_FOR_VICTIMS = "CENTRE_FOR_VICTIMS"
    CIVIL_COURT = "CIVIL_COURT"
    OTHER = "OTHER"


class RepeatedReason(StrEnum):
    """Why the victim had to tell the facts again."""

    FIRST = "FIRST"
    PANEL_CHANGED = "PANEL_CHANGED"
    RETRIAL = "RETRIAL"
    SEVERED_CASE = "SEVERED_CASE"
    DEFENCE_MOTION = "DEFENCE_MOTION"
    NO_RECORDING = "NO_RECORDING"
    CIVIL_CLAIM = "CIVIL_CLAIM"
    CLARIFICATION = "CLARIFICATION"
    UNKNOWN = "UNKNOWN"
