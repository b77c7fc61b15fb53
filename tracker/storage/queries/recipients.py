"""Who is told: people by assignment, and people who were already told."""

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col

from tracker.domain.codes.people import AssignedAs, Language, SmsDetail
from tracker.domain.messages import ABOUT_HEARINGS, MAY_HAVE_TOLD, AlertKind
from tracker.storage.tables.hearings import Hearing
from tracker.storage.tables.outbox import Message
from tracker.storage.tables.people import Person
from tracker.storage.tables.proceedings import Assignment


class Recipient(NamedTuple):
    """A person who may be told, without a name; quiet hours are local times of day ("20:00")."""

    id: int
    external_id: str
    language: Language | None
    sms_detail: SmsDetail
    quiet_from: str | None
    quiet_to: str | None


class Assigned(NamedTuple):
    """A person put on a proceeding."""

    proceeding_id: int
    assigned_as: AssignedAs
    person: Recipient


PERSON_COLUMNS: tuple[Mapped[Any], ...] = (
    col(Person.id), col(Person.external_id), col(Person.language), col(Person.sms_detail), col(Person.quiet_from), col(Person.quiet_to),
)  # fmt: skip


def assigned_on(db: Session, proceeding_ids: Collection[int], day: date) -> list[Assigned]:
    """Return who is assigned to the proceedings on ``day``, both ends of an assignment included."""
    query = (
        sa.select(col(Assignment.proceeding_id), col(Assignment.assigned_as), *PERSON_COLUMNS)
        .join(Person, col(Person.id) == col(Assignment.person_id))
        .where(
            col(Assignment.proceeding_id).in_(proceeding_ids),
            sa.or_(col(Assignment.from_on).is_(None), col(Assignment.from_on) <= day),
            sa.or_(col(Assignment.to_on).is_(None), col(Assignment.to_on) >= day),
        )
        .order_by(col(Assignment.proceeding_id), col(Person.id), col(Assignment.id))
    )
    return [Assigned(row[0], row[1], Recipient(*row[2:])) for row in db.connection().execute(query)]


def told_of_chain(db: Session, calendar_uid: str) -> list[Recipient]:
    """Return who was, or may have been, told of any date in a chain of moved hearings."""
    about = sa.select(col(Hearing.id)).where(col(Hearing.calendar_uid) == calendar_uid)
    return _told(db, col(Message.hearing_id).in_(about), col(Message.kind).in_(ABOUT_HEARINGS))


def told_called_off(db: Session, hearing_id: int) -> list[Recipient]:
    """Return who was, or may have been, told that a hearing was called off."""
    return _told(db, col(Message.hearing_id) == hearing_id, col(Message.kind) == AlertKind.HEARING_CANCELLED)


def _told(db: Session, *conditions: sa.ColumnElement[bool]) -> list[Recipient]:
    may_know = sa.or_(col(Message.state).in_(MAY_HAVE_TOLD), col(Message.sent_at).is_not(None))
    told = sa.select(col(Message.person_id)).where(may_know, *conditions)
    query = sa.select(*PERSON_COLUMNS).where(col(Person.id).in_(told)).order_by(col(Person.id))
    return [Recipient(*row) for row in db.connection().execute(query)]
