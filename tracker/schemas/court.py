"""What may be entered about a court."""

from sqlmodel import Field, SQLModel

from tracker.domain.codes.people import CourtLevel
from tracker.schemas.columns import SHORT, TEXT, code


class CourtFields(SQLModel):
    """A court; its name is public, ``timezone`` an IANA name."""

    name: str = Field(max_length=TEXT)
    level: CourtLevel | None = code(CourtLevel, "level", default=None)
    seat: str | None = Field(default=None, max_length=TEXT)
    timezone: str = Field(max_length=SHORT)
