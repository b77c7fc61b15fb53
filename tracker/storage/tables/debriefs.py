"""What each person who was at a hearing wrote of it, in their own words of codes and numbers."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.schemas.columns import JSON


class Debrief(SQLModel, table=True):
    """One person's account of one hearing; ``content`` is what they entered so far, ``finished_at`` when they stood by it."""

    __table_args__ = (sa.UniqueConstraint("hearing_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    hearing_id: int = Field(foreign_key="hearing.id", ondelete="CASCADE")
    person_id: int = Field(foreign_key="person.id", index=True, ondelete="CASCADE")
    content: dict[str, Any] = Field(sa_type=JSON, repr=False)
    saved_at: datetime
    finished_at: datetime | None = Field(default=None)
