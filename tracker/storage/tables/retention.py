"""What is left of what was erased or reduced, and what the retention job reported.

The rows of remainders and tombstones lie in the order of keys that say nothing, so that their place tells no time.
"""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.schemas.columns import CODE_LENGTH, JSON, SHORT


class StatisticsRemainder(SQLModel, table=True):
    """One reduced case, for the figures: no id of the record, no date; ``key`` is random and drawn anew with each reduction.

    ``people`` counts those who were in no other case of the record any more.
    """

    __tablename__ = "statistics_remainder"
    __table_args__ = (sa.CheckConstraint("people >= 0", name="people_not_negative"), {"sqlite_with_rowid": False})

    key: str = Field(primary_key=True, max_length=SHORT)
    lead_offence: str = Field(max_length=CODE_LENGTH)
    court_id: int = Field(foreign_key="court.id", index=True)
    disposition_mode: str | None = Field(default=None, max_length=CODE_LENGTH)
    people: int
    clocks: dict[str, Any] = Field(sa_type=JSON)


class Tombstone(SQLModel, table=True):
    """That something was erased: the blind index of its kind and external id, so that no old document brings it back."""

    __tablename__ = "tombstone"
    __table_args__ = ({"sqlite_with_rowid": False},)

    name_index: bytes = Field(sa_type=sa.LargeBinary, primary_key=True, repr=False)


class ErasedVictims(SQLModel, table=True):
    """How many victims of a proceeding were erased: it is about somebody whom no figure may count."""

    __tablename__ = "erased_victims"

    proceeding_id: int = Field(primary_key=True, foreign_key="proceeding.id", ondelete="CASCADE")
    victims: int


class LegalHold(SQLModel, table=True):
    """A proceeding of which nothing goes for now; the reason is sealed under the proceeding's external id."""

    __tablename__ = "legal_hold"

    proceeding_id: int = Field(primary_key=True, foreign_key="proceeding.id", ondelete="CASCADE")
    reason_sealed: bytes = Field(sa_type=sa.LargeBinary, repr=False)
    placed_at: datetime


class RetentionReport(SQLModel, table=True):
    """What the job found due on one day (``acted`` false: and left), or did; counts by rule."""

    __tablename__ = "retention_report"
    __table_args__ = (sa.UniqueConstraint("made_on", "acted"),)

    id: int | None = Field(default=None, primary_key=True)
    made_on: date
    acted: bool
    made_at: datetime
    counts: dict[str, Any] = Field(sa_type=JSON)
