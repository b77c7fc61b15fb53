"""Hearings and who is summoned to them."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.schemas.columns import BLIND_KEY, SHORT
from tracker.schemas.hearing import HearingFields


class Hearing(HearingFields, table=True):
    """One hearing date of a proceeding, or of a watched case that no proceeding has yet.

    ``version`` grows by one when date, time, court or room change; ``calendar_uid`` names the whole chain of
    moves to calendar programs, ``calendar_sequence`` its revision. ``outcome_text_sealed`` is what a court's
    calendar said of the result, ``panel_sealed`` who judges, both sealed under the external id; ``panel_key`` is a
    blind index that tells whether two hearings had the same panel.
    """

    __table_args__ = (
        sa.CheckConstraint("proceeding_id IS NOT NULL OR case_number_id IS NOT NULL", name="hangs_on_something"),
        sa.CheckConstraint("superseded_by_id <> id", name="not_moved_to_itself"),
        sa.CheckConstraint("minutes_expected > 0", name="minutes_expected_positive"),
        sa.Index(
            "ix_hearing_of_proceeding", "proceeding_id", "starts_at", "id",
            sqlite_where=sa.text("proceeding_id IS NOT NULL"), postgresql_where=sa.text("proceeding_id IS NOT NULL"),
        ),
        sa.Index(
            "ix_hearing_moved_to", "superseded_by_id",
            sqlite_where=sa.text("superseded_by_id IS NOT NULL"), postgresql_where=sa.text("superseded_by_id IS NOT NULL"),
        ),
        sa.Index(
            "ix_hearing_open", "starts_at", "id",
            sqlite_where=sa.text("outcome IS NULL AND superseded_by_id IS NULL"),
            postgresql_where=sa.text("outcome IS NULL AND superseded_by_id IS NULL"),
        ),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    external_id: str = Field(max_length=SHORT, unique=True)
    proceeding_id: int | None = Field(default=None, foreign_key="proceeding.id", ondelete="CASCADE")
    case_number_id: int | None = Field(default=None, foreign_key="case_number.id", index=True, ondelete="SET NULL")
    court_id: int | None = Field(default=None, foreign_key="court.id", index=True)
    superseded_by_id: int | None = Field(default=None, foreign_key="hearing.id")
    outcome_text_sealed: bytes | None = Field(default=None, sa_type=sa.LargeBinary, repr=False)
    panel_sealed: bytes | None = Field(default=None, sa_type=sa.LargeBinary, repr=False)
    panel_key: str | None = Field(default=None, max_length=BLIND_KEY, repr=False)
    version: int = Field(default=1)
    calendar_uid: str = Field(max_length=SHORT, index=True)
    calendar_sequence: int = Field(default=0)
    changed_at: datetime


class HearingSummons(SQLModel, table=True):
    """A victim summoned to a hearing."""

    __tablename__ = "hearing_summons"

    hearing_id: int = Field(primary_key=True, foreign_key="hearing.id", ondelete="CASCADE")
    victim_id: int = Field(primary_key=True, foreign_key="victim.id", index=True, ondelete="CASCADE")


class CalendarCapture(SQLModel, table=True):
    """One imported calendar of a court: where its hearings were learnt from."""

    __tablename__ = "calendar_capture"

    id: int | None = Field(default=None, primary_key=True)
    court_id: int = Field(foreign_key="court.id", index=True)
    captured_at: datetime
    imported_at: datetime
    sha256: str = Field(max_length=64)
    rows: int
    added: int
    moved: int
    cancelled: int
    unchanged: int
    outcomes: int
    ignored: int
