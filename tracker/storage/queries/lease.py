"""The lease: one row that says who leads, changed in one statement."""

from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from tracker.storage.tables.worker import Lease

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def hold(db: Session, name: str, holder: str, *, now: datetime, lasts: timedelta) -> int | None:
    """Take the lease, or keep it, for ``lasts`` from now; return its fencing number, ``None`` where another holds it.

    On PostgreSQL now is the database's own, so that hosts whose clocks differ agree; on SQLite there is one host, and ``now`` is its.
    """
    connection = db.connection()
    is_sqlite = connection.dialect.name == "sqlite"
    insert = (sqlite if is_sqlite else postgresql).insert(Lease)
    connection.execute(insert.values(name=name, holder="", expires_at=LONG_AGO, fence=0).on_conflict_do_nothing())
    present: Any = now if is_sqlite else sa.func.now()
    until: Any = now + lasts if is_sqlite else sa.func.now() + lasts
    statement = (
        sa.update(Lease)
        .where(col(Lease.name) == name, sa.or_(col(Lease.holder) == holder, col(Lease.expires_at) <= present))
        .values(holder=holder, expires_at=until, fence=sa.case((col(Lease.holder) == holder, col(Lease.fence)), else_=col(Lease.fence) + 1))
        .returning(col(Lease.fence))
    )
    return connection.execute(statement).scalar_one_or_none()


def release(db: Session, name: str, holder: str) -> None:
    """Give the lease up, so that another may lead at once."""
    statement = sa.update(Lease).where(col(Lease.name) == name, col(Lease.holder) == holder)
    db.connection().execute(statement.values(expires_at=LONG_AGO))
