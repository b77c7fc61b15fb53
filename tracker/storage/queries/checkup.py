"""What `tracker check` asks the database: instants and counts, nothing of a case."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.domain.messages import MessageState
from tracker.storage.tables.outbox import Message
from tracker.storage.tables.worker import JobRun, Lease


def lease_until(db: Session, name: str) -> datetime | None:
    """Return until when the lease is held; ``None`` where nobody ever held it."""
    return db.connection().scalar(sa.select(col(Lease.expires_at)).where(col(Lease.name) == name))


def overdue(db: Session, now: datetime) -> tuple[int, datetime | None]:
    """Return how many waiting messages are due, and since when the first of them."""
    query = sa.select(sa.func.count(), sa.func.min(col(Message.due_at)))
    number, oldest = db.connection().execute(query.where(col(Message.state) == MessageState.QUEUED, col(Message.due_at) <= now)).one()
    return number, oldest


def known_instant(db: Session) -> datetime | None:
    """Return the server's present instant on PostgreSQL; on SQLite the newest instant at which a job was begun."""
    connection = db.connection()
    if connection.dialect.name == "postgresql":
        return connection.scalar(sa.select(sa.func.clock_timestamp(type_=sa.DateTime(timezone=True))))
    return connection.scalar(sa.select(sa.func.max(col(JobRun.started_at))))
