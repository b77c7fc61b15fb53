"""Courts."""

from sqlmodel import Field

from tracker.schemas.columns import SHORT, TEXT
from tracker.schemas.court import CourtFields


class Court(CourtFields, table=True):
    """A court; one that only a calendar named has a generated external id until a document claims it."""

    id: int | None = Field(default=None, primary_key=True)
    external_id: str = Field(max_length=SHORT, unique=True)
    is_external_id_generated: bool = False
    name_folded: str = Field(max_length=TEXT, index=True)
