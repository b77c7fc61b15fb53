"""Passkeys."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel


class Passkey(SQLModel, table=True):
    """The public half of one passkey of a sign-in; ``sign_count`` is what the device counted last, 0 where it does not count."""

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True, ondelete="CASCADE")
    credential_id: bytes = Field(sa_type=sa.LargeBinary, unique=True, repr=False)
    public_key: bytes = Field(sa_type=sa.LargeBinary, repr=False)
    sign_count: int = Field(sa_type=sa.BigInteger)
    created_at: datetime
    last_used_at: datetime | None = None
