"""A victim's consent: what it covers, until when, and what follows from it.

Source: Regulation (EU) 2016/679, art. 7 and 9(2)(a); domain.md section 7: informed, written, reasonably time-limited.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.court_dates import days_after

ENDING_DAYS = 30
"""A consent that ends within so many days is shown as ending (rules.md, consent-ending)."""


class ConsentScope(StrEnum):
    """What somebody agrees to: that her case is recorded at all, or also that she is counted in figures."""

    RECORD = "RECORD"
    STATISTICS = "STATISTICS"


class ConsentState(StrEnum):
    """Where a consent stands on a day; the order here is that of urgency."""

    WITHDRAWN = "WITHDRAWN"
    EXPIRED = "EXPIRED"
    ENDING = "ENDING"
    UNDATED = "UNDATED"
    VALID = "VALID"


@dataclass(frozen=True, slots=True)
class Consent:
    """What is written down of one consent; it still holds on the day ``expires_on``, and no longer on ``withdrawn_on``."""

    given_on: date | None = None
    expires_on: date | None = None
    withdrawn_on: date | None = None
    statistics: bool = True


def state(consent: Consent, today: date) -> ConsentState:
    """Return where a consent stands today."""
    if consent.withdrawn_on is not None and consent.withdrawn_on <= today:
        return ConsentState.WITHDRAWN
    if consent.expires_on is None:
        return ConsentState.UNDATED
    if consent.expires_on < today:
        return ConsentState.EXPIRED
    return ConsentState.ENDING if (consent.expires_on - today).days <= ENDING_DAYS else ConsentState.VALID


def counts(consent: Consent, today: date) -> bool:
    """Tell whether the person may be counted in figures today.

    Stricter than statistics.md, which speaks of withdrawal alone: an expired consent does not count either, and a withdrawal counts
    from when it is known, whatever its date.
    """
    is_current = consent.expires_on is None or consent.expires_on >= today
    return consent.statistics and consent.withdrawn_on is None and is_current


def erase_by(consent: Consent, withdrawn_days: int) -> date | None:
    """Return the last day on which the entry may still be there; none where consent was not withdrawn."""
    return None if consent.withdrawn_on is None else days_after(consent.withdrawn_on, withdrawn_days)
