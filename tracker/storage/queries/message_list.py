"""The outbox to look at."""

from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col

from tracker.domain.messages import AlertKind, MessageState
from tracker.storage.tables.outbox import Message
from tracker.storage.tables.people import Person


class MessageRow(NamedTuple):
    """One message, its text still sealed; ``recipient`` is a person's external id."""

    ref: str
    kind: AlertKind
    recipient: str
    channel: str
    state: MessageState
    due_at: datetime
    sent_at: datetime | None
    attempts: int
    subject_kind: str
    subject: str
    severity: int
    needs_ack: bool
    acknowledged_at: datetime | None
    error_code: str | None
    body_sealed: bytes


_COLUMNS: tuple[Mapped[Any], ...] = (
    col(Message.ref), col(Message.kind), col(Person.external_id), col(Message.channel), col(Message.state), col(Message.due_at),
    col(Message.sent_at), col(Message.attempts), col(Message.subject_kind), col(Message.subject), col(Message.severity),
    col(Message.needs_ack), col(Message.acknowledged_at), col(Message.error_code), col(Message.body_sealed),
)  # fmt: skip


def in_state(state: MessageState) -> sa.ColumnElement[bool]:
    """Name the messages in one state."""
    return col(Message.state) == state


def to_person(person_id: int) -> sa.ColumnElement[bool]:
    """Name the messages to one person."""
    return col(Message.person_id) == person_id


def about(proceeding_id: int) -> sa.ColumnElement[bool]:
    """Name the messages about one proceeding."""
    return col(Message.proceeding_id) == proceeding_id


def listed(db: Session, *conditions: sa.ColumnElement[bool], newest: int | None = None) -> list[MessageRow]:
    """Return messages in the order in which they were put in; with ``newest``, only so many, the newest first."""
    query = sa.select(*_COLUMNS).join(Person, col(Person.id) == col(Message.person_id)).where(*conditions)
    query = query.order_by(col(Message.id)) if newest is None else query.order_by(col(Message.id).desc()).limit(newest)
    return [MessageRow(*row) for row in db.connection().execute(query)]
