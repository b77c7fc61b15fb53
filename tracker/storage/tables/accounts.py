"""Who can sign in."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from tracker.domain.codes.people import Language
from tracker.schemas.columns import SHORT, TEXT, code


class Account(SQLModel, table=True):
    """A sign-in of one person; ``login`` is a name made for signing in, not an e-mail address."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", unique=True, ondelete="CASCADE")
    login: str = Field(max_length=SHORT, unique=True)
    password: str = Field(max_length=TEXT, repr=False)
    active: bool = True
    fs_uniquifier: str = Field(max_length=SHORT, unique=True, repr=False)
    language: Language | None = code(Language, "language", default=None)
    created_at: datetime
    last_seen_at: datetime | None = None
