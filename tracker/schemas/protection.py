"""What may be entered about protective measures and incidents."""

from datetime import date

from sqlmodel import SQLModel

from tracker.domain.codes.proceeding import IncidentAgainst, IncidentKind, IncidentReportedTo
from tracker.domain.codes.protection import MeasureDecision, MeasureKind, RequestedBy
from tracker.domain.codes.shared import Observed
from tracker.schemas.columns import code


class MeasureFields(SQLModel):
    """One protective measure and its life; ``valid_until`` is its last day in force."""

    kind: MeasureKind = code(MeasureKind, "kind")
    requested_on: date | None = None
    requested_by: RequestedBy | None = code(RequestedBy, "requested_by", default=None)
    decision: MeasureDecision = code(MeasureDecision, "decision", default=MeasureDecision.PENDING)
    decided_on: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None


class AppliedMeasureFields(SQLModel):
    """Whether a measure was really applied at an appearance."""

    applied: Observed = code(Observed, "applied")


class IncidentFields(SQLModel):
    """One act against a victim or those around."""

    happened_on: date
    against: IncidentAgainst = code(IncidentAgainst, "against", default=IncidentAgainst.VICTIM)
    kind: IncidentKind = code(IncidentKind, "kind")
    reported_to: IncidentReportedTo | None = code(IncidentReportedTo, "reported_to", default=None)
