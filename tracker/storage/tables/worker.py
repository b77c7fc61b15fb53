"""What the worker needs: who leads, what ran."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.schemas.columns import CODE_LENGTH, JSON, SHORT


class Lease(SQLModel, table=True):
    """Who leads; ``fence`` grows with each change of leader."""

    name: str = Field(primary_key=True, max_length=CODE_LENGTH)
    holder: str = Field(max_length=SHORT)
    expires_at: datetime
    fence: int = 0


class JobRun(SQLModel, table=True):
    """One run of one job, unique by the instant for which it was scheduled."""

    __tablename__ = "job_run"
    __table_args__ = (sa.UniqueConstraint("job", "scheduled_for"),)

    id: int | None = Field(default=None, primary_key=True)
    job: str = Field(max_length=CODE_LENGTH)
    scheduled_for: datetime
    started_at: datetime
    finished_at: datetime | None = None
    outcome: str | None = Field(default=None, max_length=CODE_LENGTH)
    counts: dict[str, Any] | None = Field(default=None, sa_type=JSON)
