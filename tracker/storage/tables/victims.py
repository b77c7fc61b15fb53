"""Victims and their individual assessments."""

import sqlalchemy as sa
from sqlmodel import Field

from tracker.schemas.columns import SHORT
from tracker.schemas.victim import AssessmentFields, VictimFields


class Victim(VictimFields, table=True):
    """One victim in one proceeding; the pseudonym is sealed under the external id."""

    id: int | None = Field(default=None, primary_key=True)
    external_id: str = Field(max_length=SHORT, unique=True)
    proceeding_id: int = Field(foreign_key="proceeding.id", index=True, ondelete="CASCADE")
    pseudonym_sealed: bytes | None = Field(default=None, sa_type=sa.LargeBinary, repr=False)


class Assessment(AssessmentFields, table=True):
    """That an individual assessment took place."""

    id: int | None = Field(default=None, primary_key=True)
    proceeding_id: int = Field(foreign_key="proceeding.id", index=True, ondelete="CASCADE")
    victim_id: int = Field(foreign_key="victim.id", index=True, ondelete="CASCADE")
