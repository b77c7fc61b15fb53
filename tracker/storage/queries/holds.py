"""Cases that are kept back from retention."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.storage.tables.proceedings import Proceeding
from tracker.storage.tables.retention import LegalHold


def key_of(db: Session, proceeding: str) -> int | None:
    """Return the key of a proceeding by its external id."""
    return db.connection().execute(sa.select(col(Proceeding.id)).where(col(Proceeding.external_id) == proceeding)).scalar_one_or_none()


def place(db: Session, proceeding_id: int, reason: bytes, now: datetime) -> None:
    """Keep a proceeding back."""
    db.connection().execute(sa.insert(LegalHold), {"proceeding_id": proceeding_id, "reason_sealed": reason, "placed_at": now})


def release(db: Session, proceeding_id: int) -> bool:
    """Keep a proceeding back no longer, and tell whether it was."""
    return bool(db.connection().execute(sa.delete(LegalHold).where(col(LegalHold.proceeding_id) == proceeding_id)).rowcount)


def listed(db: Session) -> list[Any]:
    """Return external id, instant and sealed reason of every hold, the oldest first."""
    query = (
        sa.select(col(Proceeding.external_id), col(LegalHold.placed_at), col(LegalHold.reason_sealed))
        .join(Proceeding, col(Proceeding.id) == col(LegalHold.proceeding_id))
        .order_by(col(LegalHold.placed_at), col(LegalHold.proceeding_id))
    )
    return list(db.connection().execute(query).all())
