"""How old what is known from courts' calendars is."""

from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.storage.tables.courts import Court
from tracker.storage.tables.hearings import CalendarCapture


class CalendarAge(NamedTuple):
    """A court whose calendar was imported, and as of when."""

    court: str
    captured_at: datetime
    imported_at: datetime


def calendar_ages(db: Session) -> tuple[CalendarAge, ...]:
    """Return the courts whose calendar was ever imported, the oldest capture first."""
    newest = sa.func.max(col(CalendarCapture.captured_at))
    query = (
        sa.select(col(Court.name), newest, sa.func.max(col(CalendarCapture.imported_at)))
        .join(CalendarCapture, col(CalendarCapture.court_id) == col(Court.id))
        .group_by(col(Court.id), col(Court.name))
        .order_by(newest, col(Court.name))
    )
    return tuple(CalendarAge(*row) for row in db.connection().execute(query))
