"""Which proceedings are due for a sweep."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.storage.tables.proceedings import DUE_NOW, Proceeding

CHUNK = 5_000


def mark_due(db: Session, proceeding_ids: Collection[int]) -> None:
    """Let the next sweep look at these proceedings; called in the transaction of every write to their facts."""
    ids = sorted(proceeding_ids)
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        db.connection().execute(sa.update(Proceeding).where(col(Proceeding.id).in_(part)).values(review_on=DUE_NOW))
