"""How often something was tried: counted in the database, which all hosts share."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from tracker.storage.tables.accounts import Throttle


def count(db: Session, bucket: bytes, window: int) -> int:
    """Count one more try and return how many there are now in this window."""
    connection = db.connection()
    insert = (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(Throttle)
    statement = insert.values(bucket=bucket, window=window, tries=1).on_conflict_do_update(
        index_elements=["bucket", "window"], set_={"tries": col(Throttle.tries) + 1}
    )
    return int(connection.execute(statement.returning(col(Throttle.tries))).scalar_one())


def take_back(db: Session, buckets: list[bytes], window: int) -> None:
    """Count one try less in this window: it was no guess."""
    found = (col(Throttle.bucket).in_(buckets), col(Throttle.window) == window, col(Throttle.tries) > 0)
    db.connection().execute(sa.update(Throttle).where(*found).values(tries=col(Throttle.tries) - 1))


def forget(db: Session, buckets: list[bytes]) -> None:
    """Forget the tries of somebody who got in."""
    db.connection().execute(sa.delete(Throttle).where(col(Throttle.bucket).in_(buckets)))


def forget_before(db: Session, window: int) -> None:
    """Forget what was tried in earlier windows."""
    db.connection().execute(sa.delete(Throttle).where(col(Throttle.window) < window))
