"""One-use links of administrators."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.domain.codes.sign_ins import LinkPurpose
from tracker.schemas.columns import code


class SignInLink(SQLModel, table=True):
    """A link with which one person begins to sign in, or chooses a new password; only a hash of its token is kept."""

    __tablename__ = "sign_in_link"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True, ondelete="CASCADE")
    purpose: LinkPurpose = code(LinkPurpose, "purpose")
    token_hash: bytes = Field(sa_type=sa.LargeBinary, unique=True, repr=False)
    created_at: datetime
    expires_at: datetime
    closed_at: datetime | None = None
