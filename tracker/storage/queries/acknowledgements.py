"""Messages by the hash of their link's token."""

from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col

from tracker.storage.tables.outbox import Message


class Asked(NamedTuple):
    """What a link needs to know of its message."""

    id: int
    ref: str
    created_at: datetime
    sent_at: datetime | None
    acknowledged_at: datetime | None


_COLUMNS: tuple[Mapped[Any], ...] = (
    col(Message.id), col(Message.ref), col(Message.created_at), col(Message.sent_at), col(Message.acknowledged_at),
)  # fmt: skip


def by_token(db: Session, token_hash: bytes) -> Asked | None:
    """Return the message of a link; ``None`` where there is none."""
    query = sa.select(*_COLUMNS).where(col(Message.token_hash) == token_hash)
    row = db.connection().execute(query).one_or_none()
    return None if row is None else Asked(*row)


def note(db: Session, message_id: int, now: datetime) -> None:
    """Note when a message was acknowledged, the first time only."""
    statement = sa.update(Message).where(col(Message.id) == message_id, col(Message.acknowledged_at).is_(None))
    db.connection().execute(statement.values(acknowledged_at=now))
