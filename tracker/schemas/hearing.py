"""What may be entered about a hearing."""

from datetime import date, datetime
from typing import Annotated

from sqlmodel import Field, SQLModel

from tracker.domain.codes.hearing import ClosedToPublic, HearingOutcome, HearingType, OutcomeReason
from tracker.schemas.columns import TEXT, Aware, code


class HearingFields(SQLModel):
    """One hearing date; ``time_known`` false means that only the day (in the court's zone) is known."""

    type: HearingType = code(HearingType, "type", default=HearingType.MAIN)
    starts_at: Annotated[datetime, Aware]
    minutes_expected: int | None = Field(default=None, ge=1)
    room: str | None = Field(default=None, max_length=TEXT)
    time_known: bool = True
    notified_on: date | None = None
    closed_to_public: ClosedToPublic | None = code(ClosedToPublic, "closed_to_public", default=None)
    outcome: HearingOutcome | None = code(HearingOutcome, "outcome", default=None)
    outcome_reason: OutcomeReason | None = code(OutcomeReason, "outcome_reason", default=None)
    outcome_reported_on: date | None = None
