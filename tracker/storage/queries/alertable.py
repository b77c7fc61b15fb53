"""Hearings as alerts see them: when, where, which version; nothing of what they are about."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col

from tracker.domain.codes.hearing import HearingOutcome
from tracker.storage.tables.courts import Court
from tracker.storage.tables.hearings import Hearing
from tracker.storage.tables.proceedings import Proceeding


class AlertableHearing(NamedTuple):
    """One hearing with its court's name and zone; both are its proceeding's where it names none."""

    id: int
    external_id: str
    proceeding_id: int | None
    starts_at: datetime
    time_known: bool
    version: int
    calendar_uid: str
    outcome: HearingOutcome | None
    superseded_by_id: int | None
    room: str | None
    court: str | None
    timezone: str | None


_COLUMNS: tuple[Mapped[Any], ...] = (
    col(Hearing.id), col(Hearing.external_id), col(Hearing.proceeding_id), col(Hearing.starts_at), col(Hearing.time_known),
    col(Hearing.version), col(Hearing.calendar_uid), col(Hearing.outcome), col(Hearing.superseded_by_id), col(Hearing.room),
    col(Court.name), col(Court.timezone),
)  # fmt: skip


def _hearings() -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(*_COLUMNS)
        .outerjoin(Proceeding, col(Proceeding.id) == col(Hearing.proceeding_id))
        .outerjoin(Court, col(Court.id) == sa.func.coalesce(col(Hearing.court_id), col(Proceeding.court_id)))
    )


def by_id(db: Session, ids: Collection[int]) -> dict[int, AlertableHearing]:
    """Return some hearings by id."""
    return {row[0]: AlertableHearing(*row) for row in db.connection().execute(_hearings().where(col(Hearing.id).in_(ids)))}


def open_between(db: Session, start: datetime, end: datetime, *, after: tuple[datetime, int], limit: int) -> list[AlertableHearing]:
    """Return open hearings of proceedings that start in a span, a page at a time, in order of (start, id) from ``after`` on.

    They stay as they are until the transaction ends; one that somebody is changing right now is left to the next run.
    """
    query = (
        _hearings()
        .where(
            col(Hearing.outcome).is_(None),
            col(Hearing.superseded_by_id).is_(None),
            col(Hearing.proceeding_id).is_not(None),
            col(Hearing.starts_at) >= start,
            col(Hearing.starts_at) <= end,
            sa.or_(col(Hearing.starts_at) > after[0], sa.and_(col(Hearing.starts_at) == after[0], col(Hearing.id) > after[1])),
        )
        .order_by(col(Hearing.starts_at), col(Hearing.id))
        .limit(limit)
        .with_for_update(read=True, skip_locked=True, of=Hearing)
    )
    return [AlertableHearing(*row) for row in db.connection().execute(query)]
