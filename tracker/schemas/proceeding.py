"""What may be entered about a proceeding, its numbers, its stages and its accused."""

from datetime import date

from sqlmodel import Field, SQLModel

from tracker.domain.codes.people import AssignedAs
from tracker.domain.codes.proceeding import (
    DispositionMode,
    EndCause,
    LeadOffence,
    NumberReason,
    Outcome,
    StageKind,
    StageSource,
)
from tracker.domain.codes.shared import Observed, Precision
from tracker.schemas.columns import code

LABEL = 5
"""A capital A and at most four digits: too short for a name, a phone number or a personal number."""


class ProceedingFields(SQLModel):
    """One indictment against one set of accused; every clock is computed, none is typed."""

    lead_offence: LeadOffence = code(LeadOffence, "lead_offence")
    requalified_on: date | None = None
    organised_crime_department: Observed | None = code(Observed, "organised_crime_department", default=None)
    offence_on: date | None = None
    limitation_years: int | None = Field(default=None, ge=1, le=200)
    disposition_mode: DispositionMode | None = code(DispositionMode, "disposition_mode", default=None)
    end_cause: EndCause | None = code(EndCause, "end_cause", default=None)
    ended_on: date | None = None
    outcome: Outcome | None = code(Outcome, "outcome", default=None)
    followed_since: date | None = None


class CaseNumberFields(SQLModel):
    """One number under which a court keeps a proceeding; its text is kept sealed."""

    from_on: date | None = None
    to_on: date | None = None
    reason: NumberReason | None = code(NumberReason, "reason", default=None)


class StageEventFields(SQLModel):
    """One milestone of a proceeding."""

    kind: StageKind = code(StageKind, "kind")
    happened_on: date
    precision: Precision = code(Precision, "precision", default=Precision.DAY)
    instance_round: int = Field(default=1, ge=1)
    source: StageSource | None = code(StageSource, "source", default=None)


class AccusedFields(SQLModel):
    """One accused person: a label, never a name (GDPR art. 10)."""

    label: str = Field(max_length=LABEL, schema_extra={"pattern": r"^A[0-9]+$"})
    detained_from: date | None = None
    released_on: date | None = None


class AssignmentFields(SQLModel):
    """A person put on a proceeding; both ends included, absent ends open."""

    assigned_as: AssignedAs = code(AssignedAs, "assigned_as")
    from_on: date | None = None
    to_on: date | None = None
