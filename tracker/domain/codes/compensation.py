"""Codes about compensation and remedies for undue delay.

Source: the exchange format "Court caseload, version 1", whose values these are.
"""

from enum import StrEnum


class ClaimForum(StrEnum):
    """Where compensation is claimed."""

    CRIMINAL = "CRIMINAL"
    CIVIL = "CIVIL"
    STATE_SCHEME = "STATE_SCHEME"


class ClaimDecision(StrEnum):
    """What was decided on the claim."""

    PENDING = "PENDING"
    AWARDED_FULL = "AWARDED_FULL"
    AWARDED_PART = "AWARDED_PART"
    REFERRED_TO_CIVIL = "REFERRED_TO_CIVIL"
    REJECTED = "REJECTED"
    NOT_DECIDED = "NOT_DECIDED"


class RemedyKind(StrEnum):
    """Remedy for undue delay."""

    OBJECTION = "OBJECTION"
    APPEAL = "APPEAL"
    JUST_SATISFACTION = "JUST_SATISFACTION"
    SUIT = "SUIT"
    CONSTITUTIONAL_COMPLAINT = "CONSTITUTIONAL_COMPLAINT"
    ECHR = "ECHR"


class RemedyOutcome(StrEnum):
    """What became of the remedy."""

    PENDING = "PENDING"
    UPHELD = "UPHELD"
    REJECTED = "REJECTED"
    DISMISSED = "DISMISSED"
