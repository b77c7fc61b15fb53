"""Watched case numbers and their hearings, on the way to a proceeding."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, aliased
from sqlmodel import Session, col

from tracker.domain.codes.hearing import HearingOutcome
from tracker.storage.tables.hearings import Hearing
from tracker.storage.tables.proceedings import CaseNumber, Proceeding


class LinkedHearing(NamedTuple):
    """A hearing with its court (its proceeding's where it names none) and what a calendar told of its outcome."""

    id: int
    external_id: str
    court_id: int | None
    starts_at: datetime
    time_known: bool
    room: str | None
    superseded_by_id: int | None
    outcome: HearingOutcome | None
    outcome_reported_on: date | None
    outcome_text_sealed: bytes | None


_HEARING: tuple[sa.ColumnElement[Any] | Mapped[Any], ...] = (
    col(Hearing.id), col(Hearing.external_id), sa.func.coalesce(col(Hearing.court_id), col(Proceeding.court_id)), col(Hearing.starts_at),
    col(Hearing.time_known), col(Hearing.room), col(Hearing.superseded_by_id), col(Hearing.outcome), col(Hearing.outcome_reported_on),
    col(Hearing.outcome_text_sealed),
)  # fmt: skip


def number_by_ref(db: Session, ref: str) -> tuple[int, int | None] | None:
    """Return the id of a case number and of the proceeding that has it."""
    row = db.connection().execute(sa.select(col(CaseNumber.id), col(CaseNumber.proceeding_id)).where(col(CaseNumber.ref) == ref)).first()
    return None if row is None or row[0] is None else (row[0], row[1])


def proceeding_by_ref(db: Session, ref: str) -> int | None:
    """Return the id of a proceeding."""
    return db.connection().execute(sa.select(col(Proceeding.id)).where(col(Proceeding.ref) == ref)).scalar()


def watched_twins(db: Session, proceeding_ids: Collection[int]) -> list[tuple[int, int, int]]:
    """Return (watched number, its twin with a proceeding, that proceeding) where court and number are the same."""
    watched = aliased(CaseNumber)
    query = (
        sa.select(col(watched.id), sa.func.min(col(CaseNumber.id)), sa.func.min(col(CaseNumber.proceeding_id)))
        .join(
            CaseNumber,
            sa.and_(col(CaseNumber.number_index) == col(watched.number_index), col(CaseNumber.court_id) == col(watched.court_id)),
        )
        .where(col(watched.proceeding_id).is_(None), col(CaseNumber.proceeding_id).in_(proceeding_ids))
        .group_by(col(watched.id))
        .order_by(col(watched.id))
    )
    return [(row[0] or 0, row[1] or 0, row[2] or 0) for row in db.connection().execute(query)]


def hearings_of(db: Session, *, proceeding_id: int | None = None, number_id: int | None = None) -> list[LinkedHearing]:
    """Return the hearings of a proceeding, or those of a number that hang on no proceeding."""
    query: sa.Select[*tuple[Any, ...]] = sa.select(*_HEARING).outerjoin(Proceeding, col(Proceeding.id) == col(Hearing.proceeding_id))
    if proceeding_id is not None:
        query = query.where(col(Hearing.proceeding_id) == proceeding_id)
    else:
        query = query.where(col(Hearing.case_number_id) == number_id, col(Hearing.proceeding_id).is_(None))
    return [LinkedHearing(*row) for row in db.connection().execute(query.order_by(col(Hearing.starts_at), col(Hearing.id)))]


def give_number(db: Session, number_id: int, proceeding_id: int) -> None:
    """Make a number one of a proceeding's."""
    db.connection().execute(sa.update(CaseNumber).where(col(CaseNumber.id) == number_id).values(proceeding_id=proceeding_id))


def remove_number(db: Session, number_id: int) -> None:
    """Remove a watched number that has no hearing any more."""
    db.connection().execute(sa.delete(CaseNumber).where(col(CaseNumber.id) == number_id))


def write_hearings(db: Session, hearing_ids: Collection[int], values: Mapping[str, Any]) -> None:
    """Write the same values to some hearings."""
    if hearing_ids:
        db.connection().execute(sa.update(Hearing).where(col(Hearing.id).in_(hearing_ids)).values(values))


def replace_hearing(db: Session, gone_id: int, kept_id: int) -> None:
    """Remove a hearing; what was moved to it was moved to the one that is kept."""
    connection = db.connection()
    connection.execute(sa.update(Hearing).where(col(Hearing.superseded_by_id) == gone_id).values(superseded_by_id=kept_id))
    connection.execute(sa.delete(Hearing).where(col(Hearing.id) == gone_id))
