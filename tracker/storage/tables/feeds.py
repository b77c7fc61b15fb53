"""Private calendar feeds."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel


class FeedToken(SQLModel, table=True):
    """One address of one person's calendar; only a hash of its token is kept."""

    __tablename__ = "feed_token"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True, ondelete="CASCADE")
    token_hash: bytes = Field(sa_type=sa.LargeBinary, unique=True, repr=False)
    created_at: datetime
    revoked_at: datetime | None = None
    last_fetched_at: datetime | None = None
