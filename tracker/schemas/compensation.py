"""What may be entered about compensation and remedies for undue delay."""

from datetime import date

from sqlmodel import Field, SQLModel

from tracker.domain.codes.compensation import ClaimDecision, ClaimForum, RemedyKind, RemedyOutcome
from tracker.domain.codes.shared import Observed
from tracker.schemas.columns import SHORT, code

ISO_4217 = r"^[A-Z]{3}$"


class ClaimFields(SQLModel):
    """One claim to compensation; amounts in ``currency`` (ISO 4217)."""

    forum: ClaimForum = code(ClaimForum, "forum")
    filed_on: date | None = None
    amount: float | None = None
    currency: str | None = Field(default=None, max_length=3, schema_extra={"pattern": ISO_4217})
    decision: ClaimDecision = code(ClaimDecision, "decision", default=ClaimDecision.PENDING)
    decided_on: date | None = None
    awarded: float | None = None
    final_on: date | None = None
    paid: float | None = None
    paid_on: date | None = None


class AssetFields(SQLModel):
    """One asset of the accused; ``value`` in ``currency``."""

    frozen_on: date | None = None
    confiscated_on: date | None = None
    value: float | None = None
    currency: str | None = Field(default=None, max_length=3, schema_extra={"pattern": ISO_4217})
    used_for_compensation: Observed | None = code(Observed, "used_for_compensation", default=None)


class RemedyFields(SQLModel):
    """One remedy for undue delay (in Serbia: law on trial within reasonable time)."""

    kind: RemedyKind = code(RemedyKind, "kind")
    filed_on: date
    decided_on: date | None = None
    outcome: RemedyOutcome = code(RemedyOutcome, "outcome", default=RemedyOutcome.PENDING)
    acts_ordered_by: date | None = None
    acts_done_on: date | None = None
    amount: float | None = None
    currency: str | None = Field(default=None, max_length=SHORT)
