"""What may be entered about a victim; the pseudonym is kept sealed."""

from datetime import date

from sqlmodel import Field, SQLModel

from tracker.domain.codes.shared import Observed
from tracker.domain.codes.victim import Citizenship, Exploitation, Gender, LegalRepresentation, TraffickingStatus
from tracker.schemas.columns import SHORT, TEXT, code, code_list


class VictimFields(SQLModel):
    """One victim in one proceeding, as little as the work needs."""

    gender: Gender | None = code(Gender, "gender", default=None)
    same_person: str | None = Field(default=None, max_length=TEXT)
    minor_at_offence: Observed | None = code(Observed, "minor_at_offence", default=None)
    minor_now: Observed | None = code(Observed, "minor_now", default=None)
    adult_from: date | None = None
    exploitation: list[Exploitation] | None = code_list()
    trafficking_status: TraffickingStatus | None = code(TraffickingStatus, "trafficking_status", default=None)
    citizenship: Citizenship | None = code(Citizenship, "citizenship", default=None)
    legal_representation: LegalRepresentation | None = code(LegalRepresentation, "legal_representation", default=None)
    interpreter_language: str | None = Field(default=None, max_length=SHORT)
    consent_given_on: date | None = None
    consent_expires_on: date | None = None
    consent_withdrawn_on: date | None = None
    consent_statistics: bool = True


class AssessmentFields(SQLModel):
    """That an individual assessment took place: dates only, never its content."""

    assessed_on: date
    next_review_on: date | None = None
