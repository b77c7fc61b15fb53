"""What an entry of the record said before it was changed: corrections are seen, nothing is overwritten silently."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.schemas.columns import SHORT, TEXT


class Revision(SQLModel, table=True):
    """One change of one entry; ``before_sealed`` is the entry as it was (JSON, sealed under ``ref``), absent where it was new.

    ``kind`` and ``entry`` are the list of the exchange format and the entry's key in it.
    """

    __table_args__ = (sa.Index("ix_revision_of_entry", "proceeding_id", "kind", "entry", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    ref: str = Field(max_length=SHORT, unique=True)
    proceeding_id: int = Field(foreign_key="proceeding.id", ondelete="CASCADE")
    kind: str = Field(max_length=SHORT)
    entry: str = Field(max_length=TEXT)
    before_sealed: bytes | None = Field(default=None, sa_type=sa.LargeBinary, repr=False)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True, ondelete="SET NULL")
    written_at: datetime
