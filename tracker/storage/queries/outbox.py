"""The outbox's rows: put in once, withdrawn while they wait."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from tracker.domain.messages import ABOUT_HEARINGS, AlertKind, MessageState
from tracker.storage.tables.outbox import Message

CHUNK = 500
ROWS_AT_ONCE = 50
LEFT_THE_QUEUE = (MessageState.SENDING, MessageState.UNKNOWN)


def existing_keys(db: Session, keys: Sequence[str]) -> set[str]:
    """Return those of ``keys`` that are in the outbox already."""
    found: set[str] = set()
    for start in range(0, len(keys), CHUNK):
        query = sa.select(col(Message.dedupe_key)).where(col(Message.dedupe_key).in_(keys[start : start + CHUNK]))
        found.update(db.connection().execute(query).scalars())
    return found


def insert(db: Session, rows: Sequence[Mapping[str, Any]]) -> int:
    """Put messages in, each key once, and return how many were new."""
    if not rows:
        return 0
    connection = db.connection()
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    added = 0
    for start in range(0, len(rows), ROWS_AT_ONCE):
        chunk = [dict(row) for row in rows[start : start + ROWS_AT_ONCE]]
        statement = dialect.insert(Message).values(chunk).on_conflict_do_nothing(index_elements=["dedupe_key"]).returning(col(Message.id))
        added += len(connection.execute(statement).all())
    return added


def withdraw(db: Session, condition: sa.ColumnElement[bool], *, now: datetime, state: MessageState = MessageState.CANCELLED) -> int:
    """Withdraw the unsent messages that ``condition`` names, and return how many.

    Their keys are freed, so that the same alert can be put in again should its subject come back. One that may be on its way stays
    what it is, but will not be queued again: its time is over.
    """
    connection = db.connection()
    gone = (
        sa.update(Message)
        .where(condition, col(Message.state) == MessageState.QUEUED)
        .values(state=state, settled_at=now, dedupe_key=col(Message.dedupe_key) + "~" + col(Message.ref))
    )
    moving = sa.update(Message).where(condition, col(Message.state).in_(LEFT_THE_QUEUE)).values(expires_at=now)
    count = connection.execute(gone).rowcount
    connection.execute(moving)
    return count


def of_hearing(hearing_id: int, kinds: Sequence[AlertKind]) -> sa.ColumnElement[bool]:
    """Name the messages of some kinds about one hearing."""
    return sa.and_(col(Message.hearing_id) == hearing_id, col(Message.kind).in_(kinds))


def of_older_version(hearing_id: int, version: int) -> sa.ColumnElement[bool]:
    """Name the messages about one hearing that tell of it as it was before ``version``."""
    return sa.and_(of_hearing(hearing_id, ABOUT_HEARINGS), col(Message.subject_version) < version)


def of_leads(hearing_ids: Collection[int], leads: Collection[str]) -> sa.ColumnElement[bool]:
    """Name the reminders of some leads about some hearings."""
    reminders = col(Message.kind) == AlertKind.HEARING_AHEAD
    return sa.and_(col(Message.hearing_id).in_(hearing_ids), reminders, col(Message.lead).in_(leads))


def of_flags(flag_ids: Collection[int]) -> sa.ColumnElement[bool]:
    """Name the messages about some flags."""
    return col(Message.flag_id).in_(flag_ids)
