"""Codes about the people who work with the cases, and the courts.

Source: the exchange format "Court caseload, version 1", whose values these are.
"""

from enum import StrEnum


class CourtLevel(StrEnum):
    """Level of a court."""

    BASIC = "BASIC"
    HIGHER = "HIGHER"
    APPELLATE = "APPELLATE"
    SUPREME = "SUPREME"
    CONSTITUTIONAL = "CONSTITUTIONAL"
    OTHER = "OTHER"


class Role(StrEnum):
    """What a person of the office does."""

    ADVOCATE = "ADVOCATE"
    LAWYER = "LAWYER"
    SUPERVISOR = "SUPERVISOR"
    ANALYST = "ANALYST"
    STEWARD = "STEWARD"
    ADMIN = "ADMIN"


class Language(StrEnum):
    """Language and script of pages and messages."""

    EN = "en"
    SR_LATN = "sr-Latn"
    SR_CYRL = "sr-Cyrl"


class SmsDetail(StrEnum):
    """How much a text message may say."""

    CODE = "CODE"
    TIME = "TIME"
    PLACE = "PLACE"


class AssignedAs(StrEnum):
    """In which capacity a person is put on a proceeding."""

    ADVOCATE = "ADVOCATE"
    LAWYER = "LAWYER"
    SUPERVISOR = "SUPERVISOR"
