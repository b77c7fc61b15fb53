"""Passkeys."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.schemas.columns import SHORT


class Passkey(SQLModel, table=True):
    """The public half of one passkey of a sign-in; ``sign_count`` is what the device counted last, 0 where it does not count.

    What somebody calls it is sealed under ``ref``.
    """

    id: int | None = Field(default=None, primary_key=True)
    ref: str = Field(max_length=SHORT, unique=True)
    account_id: int = Field(foreign_key="account.id", index=True, ondelete="CASCADE")
    credential_id: bytes = Field(sa_type=sa.LargeBinary, unique=True, repr=False)
    public_key: bytes = Field(sa_type=sa.LargeBinary, repr=False)
    name_sealed: bytes = Field(sa_type=sa.LargeBinary, repr=False)
    sign_count: int = Field(sa_type=sa.BigInteger)
    created_at: datetime
    last_used_at: datetime | None = None


class SpentChallenge(SQLModel, table=True):
    """A challenge that a passkey answered: not taken again; kept by its hash until it would be too old anyway."""

    __tablename__ = "spent_challenge"

    challenge_hash: bytes = Field(primary_key=True, sa_type=sa.LargeBinary, repr=False)
    expires_at: datetime
