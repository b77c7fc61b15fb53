"""People of the office; what identifies them lies in a table apart, sealed."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.schemas.columns import SHORT
from tracker.schemas.person import PersonFields


class Person(PersonFields, table=True):
    """A person of the office, without a name; ``supervisor_id`` names who answers for their cases."""

    id: int | None = Field(default=None, primary_key=True)
    external_id: str = Field(max_length=SHORT, unique=True)
    backup_id: int | None = Field(default=None, foreign_key="person.id")
    supervisor_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    number_refused_at: datetime | None = Field(default=None)


class PersonIdentity(SQLModel, table=True):
    """Name, phone and e-mail of a person, sealed under the person's external id."""

    __tablename__ = "person_identity"

    person_id: int = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE")
    name_sealed: bytes = Field(sa_type=sa.LargeBinary, repr=False)
    phone_sealed: bytes | None = Field(default=None, sa_type=sa.LargeBinary, repr=False)
    email_sealed: bytes | None = Field(default=None, sa_type=sa.LargeBinary, repr=False)
