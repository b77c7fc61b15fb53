"""What may be entered about a victim; what identifies her is kept sealed, apart from the rest."""

from datetime import date

from sqlmodel import SQLModel

from tracker.domain.codes.shared import Observed
from tracker.domain.codes.victim import Citizenship, Exploitation, Gender, LegalRepresentation, TraffickingStatus
from tracker.schemas.columns import code, code_list


class VictimFields(SQLModel):
    """One victim in one proceeding, as little as the work needs."""

    gender: Gender | None = code(Gender, "gender", default=None)
    minor_at_offence: Observed | None = code(Observed, "minor_at_offence", default=None)
    minor_now: Observed | None = code(Observed, "minor_now", default=None)
    exploitation: list[Exploitation] | None = code_list()
    trafficking_status: TraffickingStatus | None = code(TraffickingStatus, "trafficking_status", default=None)
    citizenship: Citizenship | None = code(Citizenship, "citizenship", default=None)
    legal_representation: LegalRepresentation | None = code(LegalRepresentation, "legal_representation", default=None)
    consent_given_on: date | None = None
    consent_expires_on: date | None = None
    consent_withdrawn_on: date | None = None
    consent_statistics: bool = True


class AssessmentFields(SQLModel):
    """That an individual assessment took place: dates only, never its content."""

    assessed_on: date
    next_review_on: date | None = None
