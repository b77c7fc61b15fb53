"""What may be entered about a victim at a hearing, and about statements elsewhere."""

from datetime import date

from sqlmodel import Field, SQLModel

from tracker.domain.codes.appearance import (
    AccusedPresent,
    Attended,
    Confrontation,
    ContactOutside,
    DegradingBy,
    DegradingConduct,
    Observer,
    QuestionedBy,
    RepeatedReason,
    SeparateWaitingRoom,
    StatementBody,
    SupportPerson,
    TestifiedBy,
    VisualContact,
)
from tracker.domain.codes.shared import Observed
from tracker.schemas.columns import code, code_list


class AppearanceFields(SQLModel):
    """What one hearing did to one victim; an absent value is not known, never 'no'."""

    attended: Attended = code(Attended, "attended")
    testified_by: TestifiedBy | None = code(TestifiedBy, "testified_by", default=None)
    accused_present: AccusedPresent | None = code(AccusedPresent, "accused_present", default=None)
    visual_contact: VisualContact | None = code(VisualContact, "visual_contact", default=None)
    contact_outside: ContactOutside | None = code(ContactOutside, "contact_outside", default=None)
    separate_waiting_room: SeparateWaitingRoom | None = code(SeparateWaitingRoom, "separate_waiting_room", default=None)
    confrontation: Confrontation | None = code(Confrontation, "confrontation", default=None)
    questioned_by: list[QuestionedBy] | None = code_list()
    questions_through_court: Observed | None = code(Observed, "questions_through_court", default=None)
    minutes_waiting: int | None = Field(default=None, ge=0)
    minutes_testifying: int | None = Field(default=None, ge=0)
    breaks_given: Observed | None = code(Observed, "breaks_given", default=None)
    degrading_conduct: DegradingConduct | None = code(DegradingConduct, "degrading_conduct", default=None)
    degrading_by: list[DegradingBy] | None = code_list()
    court_intervened: Observed | None = code(Observed, "court_intervened", default=None)
    support_person: SupportPerson | None = code(SupportPerson, "support_person", default=None)
    representative_present: Observed | None = code(Observed, "representative_present", default=None)
    interpreter_adequate: Observed | None = code(Observed, "interpreter_adequate", default=None)
    informed_before: Observed | None = code(Observed, "informed_before", default=None)
    stopped_for_distress: Observed | None = code(Observed, "stopped_for_distress", default=None)
    travel_km: float | None = Field(default=None, ge=0)
    cost: float | None = Field(default=None, ge=0)
    cost_reimbursed: Observed | None = code(Observed, "cost_reimbursed", default=None)
    observer: Observer | None = code(Observer, "observer", default=None)


class StatementFields(SQLModel):
    """One time that a victim was asked to tell the facts; what was told is never stored."""

    given_on: date
    body: StatementBody = code(StatementBody, "body")
    recorded: Observed | None = code(Observed, "recorded", default=None)
    repeated_reason: RepeatedReason | None = code(RepeatedReason, "repeated_reason", default=None)
