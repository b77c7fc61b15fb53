"""Protective measures and incidents."""

from sqlmodel import Field

from tracker.schemas.columns import SHORT
from tracker.schemas.protection import IncidentFields, MeasureFields


class Measure(MeasureFields, table=True):
    """One protective measure of one victim."""

    id: int | None = Field(default=None, primary_key=True)
    external_id: str = Field(max_length=SHORT, unique=True)
    proceeding_id: int = Field(foreign_key="proceeding.id", index=True, ondelete="CASCADE")
    victim_id: int = Field(foreign_key="victim.id", index=True, ondelete="CASCADE")


class Incident(IncidentFields, table=True):
    """One act against a victim or those around."""

    id: int | None = Field(default=None, primary_key=True)
    external_id: str = Field(max_length=SHORT, unique=True)
    proceeding_id: int = Field(foreign_key="proceeding.id", index=True, ondelete="CASCADE")
    victim_id: int | None = Field(default=None, foreign_key="victim.id", index=True, ondelete="CASCADE")
