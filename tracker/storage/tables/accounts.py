"""Who can sign in."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.domain.codes.people import Language
from tracker.schemas.columns import SHORT, TEXT, code


class Account(SQLModel, table=True):
    """A sign-in of one person; ``login`` is a name made for signing in, not an e-mail address.

    The secrets of the second factor are sealed under the login. ``totp_counter`` is the time step of the newest code that
    was taken: no code of it or before is taken again.
    """

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", unique=True, ondelete="CASCADE")
    login: str = Field(max_length=SHORT, unique=True)
    password: str = Field(max_length=TEXT, repr=False)
    active: bool = True
    fs_uniquifier: str = Field(max_length=SHORT, unique=True, repr=False)
    language: Language | None = code(Language, "language", default=None)
    created_at: datetime
    second_factor_at: datetime | None = None
    totp_sealed: bytes | None = Field(default=None, sa_type=sa.LargeBinary, repr=False)
    totp_counter: int | None = Field(default=None, sa_type=sa.BigInteger)
    recovery_sealed: bytes | None = Field(default=None, sa_type=sa.LargeBinary, repr=False)
    is_demo: bool = False
    last_seen_at: datetime | None = None


class Throttle(SQLModel, table=True):
    """How often something was tried within one window of time; ``bucket`` is a keyed hash of who tried, and what."""

    bucket: bytes = Field(primary_key=True, sa_type=sa.LargeBinary, repr=False)
    window: int = Field(primary_key=True, sa_type=sa.BigInteger, sa_column_kwargs={"autoincrement": False})
    tries: int
