"""Victims and their individual assessments; who a victim is lies in a table apart, sealed."""

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.schemas.columns import BLIND_KEY, SHORT
from tracker.schemas.victim import AssessmentFields, VictimFields


class Victim(VictimFields, table=True):
    """One victim in one proceeding; ``person_key`` is a blind index that two entries of one person share."""

    id: int | None = Field(default=None, primary_key=True)
    external_id: str = Field(max_length=SHORT, unique=True)
    proceeding_id: int = Field(foreign_key="proceeding.id", index=True, ondelete="CASCADE")
    person_key: str | None = Field(default=None, max_length=BLIND_KEY, repr=False)


class VictimIdentity(SQLModel, table=True):
    """Who a victim is, sealed under her external id; an absent row and absent values mean that nobody wrote it down.

    The two blind indexes find an exact name or pseudonym in any spelling, and nothing else.
    """

    __tablename__ = "victim_identity"

    victim_id: int = Field(primary_key=True, foreign_key="victim.id", ondelete="CASCADE")
    pseudonym_sealed: bytes | None = Field(default=None, sa_type=sa.LargeBinary, repr=False)
    pseudonym_index: bytes | None = Field(default=None, sa_type=sa.LargeBinary, index=True, repr=False)
    name_sealed: bytes | None = Field(default=None, sa_type=sa.LargeBinary, repr=False)
    name_index: bytes | None = Field(default=None, sa_type=sa.LargeBinary, index=True, repr=False)
    phone_sealed: bytes | None = Field(default=None, sa_type=sa.LargeBinary, repr=False)
    address_sealed: bytes | None = Field(default=None, sa_type=sa.LargeBinary, repr=False)
    note_sealed: bytes | None = Field(default=None, sa_type=sa.LargeBinary, repr=False)
    adult_from_sealed: bytes | None = Field(default=None, sa_type=sa.LargeBinary, repr=False)
    interpreter_language_sealed: bytes | None = Field(default=None, sa_type=sa.LargeBinary, repr=False)
    same_person_sealed: bytes | None = Field(default=None, sa_type=sa.LargeBinary, repr=False)


class Assessment(AssessmentFields, table=True):
    """That an individual assessment took place."""

    id: int | None = Field(default=None, primary_key=True)
    proceeding_id: int = Field(foreign_key="proceeding.id", index=True, ondelete="CASCADE")
    victim_id: int = Field(foreign_key="victim.id", index=True, ondelete="CASCADE")
