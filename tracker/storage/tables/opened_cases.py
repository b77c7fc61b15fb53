"""Cases that somebody opened without being assigned to them."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.schemas.columns import SHORT


class OpenedCase(SQLModel, table=True):
    """One proceeding opened to one person from ``opened_at`` until just before ``expires_at``, or given back earlier.

    The reason is sealed under ``ref``.
    """

    __tablename__ = "opened_case"
    __table_args__ = (sa.Index("ix_opened_case_of_person", "person_id", "expires_at"),)

    id: int | None = Field(default=None, primary_key=True)
    ref: str = Field(max_length=SHORT, unique=True)
    person_id: int = Field(foreign_key="person.id", ondelete="CASCADE")
    proceeding_id: int = Field(foreign_key="proceeding.id", index=True, ondelete="CASCADE")
    opened_at: datetime
    expires_at: datetime
    given_back_at: datetime | None = None
    reason_sealed: bytes = Field(sa_type=sa.LargeBinary, repr=False)
