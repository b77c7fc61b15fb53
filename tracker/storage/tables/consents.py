"""What became of consents: one row for each time that one was given or withdrawn; rows are added, never changed."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from tracker.domain.consent import ConsentScope
from tracker.schemas.columns import code


class ConsentEntry(SQLModel, table=True):
    """One act of consent, as it was entered here; it goes with the victim's entry."""

    __tablename__ = "consent_entry"

    id: int | None = Field(default=None, primary_key=True)
    victim_id: int = Field(foreign_key="victim.id", index=True, ondelete="CASCADE")
    scope: ConsentScope = code(ConsentScope, "scope")
    given_on: date | None = None
    expires_on: date | None = None
    withdrawn_on: date | None = None
    recorded_at: datetime
    recorded_by_id: int | None = Field(default=None, foreign_key="person.id")
