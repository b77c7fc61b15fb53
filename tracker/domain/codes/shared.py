"""Codes used by several kinds of fact.

Source: the exchange format "Court caseload, version 1", whose values these are.
"""

from enum import StrEnum


class Precision(StrEnum):
    """How exactly a date is known."""

    DAY = "DAY"
    MONTH = "MONTH"
    YEAR = "YEAR"


class Observed(StrEnum):
    """Three states of what somebody saw: not observed is never 'no'."""

    YES = "YES"
    NO = "NO"
    NOT_OBSERVED = "NOT_OBSERVED"
