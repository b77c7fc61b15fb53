"""The ledger of runs: one row for each instant for which a job was scheduled."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from tracker.storage.tables.worker import JobRun

DONE = "done"


def begin(db: Session, job: str, scheduled_for: datetime, now: datetime) -> int | None:
    """Enter a run and return its id; ``None`` where that run was begun already, by whomever."""
    connection = db.connection()
    insert = (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(JobRun)
    row = insert.values(job=job, scheduled_for=scheduled_for, started_at=now)
    return connection.execute(row.on_conflict_do_nothing().returning(col(JobRun.id))).scalar_one_or_none()


def finish(db: Session, run_id: int, *, now: datetime, outcome: str, counts: Mapping[str, int] | None) -> None:
    """Note how a run ended."""
    statement = sa.update(JobRun).where(col(JobRun.id) == run_id)
    db.connection().execute(statement.values(finished_at=now, outcome=outcome, counts=None if counts is None else dict(counts)))


def forget(db: Session, job: str, before: datetime) -> None:
    """Remove the runs of a job that were scheduled before an instant."""
    db.connection().execute(sa.delete(JobRun).where(col(JobRun.job) == job, col(JobRun.scheduled_for) < before))


def last_success(db: Session, job: str) -> datetime | None:
    """Return when the last run that ended well was begun."""
    query = sa.select(sa.func.max(col(JobRun.started_at))).where(col(JobRun.job) == job, col(JobRun.outcome) == DONE)
    return db.connection().execute(query).scalar_one_or_none()
