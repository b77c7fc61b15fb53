"""What hearings did to victims, and statements elsewhere."""

import sqlalchemy as sa
from sqlmodel import Field

from tracker.schemas.appearance import AppearanceFields, StatementFields
from tracker.schemas.protection import AppliedMeasureFields


class Appearance(AppearanceFields, table=True):
    """What one hearing did to one victim; the proceeding is copied here so that batches load without a join."""

    __table_args__ = (
        sa.UniqueConstraint("hearing_id", "victim_id"),
        sa.CheckConstraint("minutes_waiting >= 0", name="minutes_waiting_not_negative"),
        sa.CheckConstraint("minutes_testifying >= 0", name="minutes_testifying_not_negative"),
        sa.CheckConstraint("travel_km >= 0", name="travel_km_not_negative"),
        sa.CheckConstraint("cost >= 0", name="cost_not_negative"),
    )

    id: int | None = Field(default=None, primary_key=True)
    proceeding_id: int = Field(foreign_key="proceeding.id", index=True, ondelete="CASCADE")
    hearing_id: int = Field(foreign_key="hearing.id", ondelete="CASCADE")
    victim_id: int = Field(foreign_key="victim.id", index=True, ondelete="CASCADE")


class AppliedMeasure(AppliedMeasureFields, table=True):
    """Whether one measure was applied at one appearance."""

    __tablename__ = "applied_measure"

    appearance_id: int = Field(primary_key=True, foreign_key="appearance.id", ondelete="CASCADE")
    measure_id: int = Field(primary_key=True, foreign_key="measure.id", index=True, ondelete="CASCADE")


class Statement(StatementFields, table=True):
    """One time that a victim told the facts."""

    id: int | None = Field(default=None, primary_key=True)
    proceeding_id: int = Field(foreign_key="proceeding.id", index=True, ondelete="CASCADE")
    victim_id: int = Field(foreign_key="victim.id", index=True, ondelete="CASCADE")
    hearing_id: int | None = Field(default=None, foreign_key="hearing.id", index=True, ondelete="SET NULL")
