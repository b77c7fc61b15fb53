"""Messages on their way: claimed by one worker, held back, settled, looked up."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col

from tracker.domain.messages import MessageState, states_before
from tracker.storage.tables.flags import Flag
from tracker.storage.tables.outbox import Message
from tracker.storage.tables.people import Person, PersonIdentity


class Claimed(NamedTuple):
    """What a worker needs to send one message, still sealed."""

    id: int
    ref: str
    code: str
    channel: str
    body_sealed: bytes
    severity: int
    attempts: int
    claimed_at: datetime
    expires_at: datetime | None
    requeued: bool
    rule: str | None
    person_id: int
    person: str
    quiet_from: str | None
    quiet_to: str | None
    phone_sealed: bytes | None
    number_refused_at: datetime | None


_CLAIMED = (
    col(Message.id), col(Message.ref), col(Message.code), col(Message.channel), col(Message.body_sealed), col(Message.severity),
    col(Message.attempts), col(Message.claimed_at), col(Message.expires_at), col(Message.requeued), col(Flag.rule), col(Person.id),
    col(Person.external_id), col(Person.quiet_from), col(Person.quiet_to), col(PersonIdentity.phone_sealed), col(Person.number_refused_at),
)  # fmt: skip


def _claimed_where(*conditions: sa.ColumnElement[bool]) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(*_CLAIMED)
        .join(Person, col(Person.id) == col(Message.person_id))
        .outerjoin(PersonIdentity, col(PersonIdentity.person_id) == col(Person.id))
        .outerjoin(Flag, col(Flag.id) == col(Message.flag_id))
        .where(*conditions)
        .order_by(col(Message.due_at), col(Message.id))
    )


def expire(db: Session, now: datetime) -> int:
    """Let the waiting messages whose subject has passed expire, and return how many."""
    over = (
        sa.select(col(Message.id))
        .where(col(Message.state) == MessageState.QUEUED, col(Message.expires_at) <= now)
        .with_for_update(skip_locked=True)
    )
    statement = sa.update(Message).where(col(Message.id).in_(over)).values(state=MessageState.EXPIRED, settled_at=now)
    return db.connection().execute(statement).rowcount


def claim(db: Session, *, now: datetime, worker: str, limit: int) -> list[Claimed]:
    """Take up to ``limit`` messages that are due for one worker, and return them; no other worker gets them."""
    waiting = (
        sa.select(col(Message.id))
        .where(
            col(Message.state) == MessageState.QUEUED,
            col(Message.due_at) <= now,
            sa.or_(col(Message.expires_at).is_(None), col(Message.expires_at) > now),
        )
        .order_by(col(Message.due_at), col(Message.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    statement = (
        sa.update(Message)
        .where(col(Message.id).in_(waiting))
        .values(state=MessageState.SENDING, claimed_by=worker, claimed_at=now, attempts=col(Message.attempts) + 1)
        .returning(col(Message.id))
    )
    ids = db.connection().execute(statement).scalars().all()
    return [Claimed(*row) for row in db.connection().execute(_claimed_where(col(Message.id).in_(ids)))] if ids else []


def hold_back(db: Session, message_id: int, until: datetime) -> None:
    """Put a message just claimed back, untried, until the recipient's quiet hours are over."""
    statement = (
        sa.update(Message)
        .where(col(Message.id) == message_id, col(Message.state) == MessageState.SENDING)
        .values(state=MessageState.QUEUED, due_at=until, attempts=col(Message.attempts) - 1, claimed_by=None, claimed_at=None)
    )
    db.connection().execute(statement)


def settle(
    db: Session, message_id: int, state: MessageState, values: Mapping[str, object], *,
    worker: str | None = None, was: MessageState | None = None,
) -> bool:  # fmt: skip
    """Bring a message to ``state``, with other columns' ``values``, and tell whether it could be.

    Only forwards; while ``sending`` only by its own ``worker``; and only if it still is what it ``was``, where that is said.
    """
    statement = sa.update(Message).where(col(Message.id) == message_id, col(Message.state).in_(states_before(state)))
    if worker is not None:
        statement = statement.where(sa.or_(col(Message.state) != MessageState.SENDING, col(Message.claimed_by) == worker))
    if was is not None:
        statement = statement.where(col(Message.state) == was)
    return bool(db.connection().execute(statement.values(state=state, **values)).rowcount)


def mark_number_refused(db: Session, person_id: int, now: datetime) -> None:
    """Note that the provider refuses this person's number: a person of the office has to correct it."""
    statement = sa.update(Person).where(col(Person.id) == person_id, col(Person.number_refused_at).is_(None))
    db.connection().execute(statement.values(number_refused_at=now))


def lose_claims(db: Session, claimed_before: datetime) -> int:
    """Turn claims that nobody settled into ``unknown``, and return how many."""
    lost = (
        sa.select(col(Message.id))
        .where(col(Message.state) == MessageState.SENDING, col(Message.claimed_at) <= claimed_before)
        .with_for_update(skip_locked=True)
    )
    statement = sa.update(Message).where(col(Message.id).in_(lost)).values(state=MessageState.UNKNOWN, error_code="crashed")
    return db.connection().execute(statement).rowcount


def unknown(db: Session, limit: int) -> list[Claimed]:
    """Return messages of which nobody knows whether they left, oldest first."""
    return [Claimed(*row) for row in db.connection().execute(_claimed_where(col(Message.state) == MessageState.UNKNOWN).limit(limit))]


def taken_sids(db: Session, person_id: int) -> frozenset[str]:
    """Return the provider's names of the messages to one person that we know."""
    query = sa.select(col(Message.provider_sid)).where(col(Message.person_id) == person_id, col(Message.provider_sid).is_not(None))
    return frozenset(sid for sid in db.connection().execute(query).scalars() if sid is not None)


class InFlight(NamedTuple):
    """A message the provider took and has not given the last word on."""

    id: int
    ref: str
    channel: str
    person_id: int
    provider_sid: str | None
    sent_at: datetime


_IN_FLIGHT: tuple[Mapped[Any], ...] = (
    col(Message.id), col(Message.ref), col(Message.channel), col(Message.person_id), col(Message.provider_sid), col(Message.sent_at),
)  # fmt: skip


def in_flight(db: Session, limit: int) -> list[InFlight]:
    """Return messages in state ``sent``, oldest first."""
    query = (
        sa.select(*_IN_FLIGHT).where(col(Message.state) == MessageState.SENT).order_by(col(Message.sent_at), col(Message.id)).limit(limit)
    )
    return [InFlight(*row) for row in db.connection().execute(query.limit(limit))]
