"""Cases opened without being assigned: found, opened, given back, announced."""

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from tracker.domain.codes.people import Role
from tracker.domain.messages import AlertKind
from tracker.storage.queries.recipients import PERSON_COLUMNS, Recipient
from tracker.storage.queries.visibility import is_visible, opened
from tracker.storage.tables.accounts import Account
from tracker.storage.tables.opened_cases import OpenedCase
from tracker.storage.tables.outbox import Message
from tracker.storage.tables.people import Person
from tracker.storage.tables.proceedings import Assignment, CaseNumber, Proceeding

SUBJECT = "opened-case"


class CaseFound(NamedTuple):
    """A proceeding that bears the number or the name looked for."""

    id: int
    ref: str
    external_id: str
    is_visible: bool


class OpeningRow(NamedTuple):
    """One opening with who opened it; ``login`` is absent where that person cannot sign in any more."""

    id: int
    ref: str
    person_id: int
    login: str | None
    role: Role
    opened_at: datetime
    expires_at: datetime
    reason: bytes
    proceeding: str
    external_id: str
    is_visible: bool


def named(db: Session, number: bytes, name: str | None, *, person: int, today: date, now: datetime) -> list[CaseFound]:
    """Return the proceedings with this case number (its blind index) or this name, and whether the person may see each."""
    by_number = sa.select(col(CaseNumber.proceeding_id)).where(col(CaseNumber.number_index) == number)
    query = sa.select(col(Proceeding.id), col(Proceeding.ref), col(Proceeding.external_id), is_visible(person, today, now)).where(
        sa.or_(col(Proceeding.id).in_(by_number), col(Proceeding.ref) == name, col(Proceeding.external_id) == name)
    )
    return [CaseFound._make(row) for row in db.connection().execute(query.order_by(col(Proceeding.id)))]


def _openings(person: int, today: date, now: datetime) -> sa.Select[*tuple[object, ...]]:
    return (
        sa.select(
            col(OpenedCase.id), col(OpenedCase.ref), col(OpenedCase.person_id), col(Account.login), col(Person.role),
            col(OpenedCase.opened_at), col(OpenedCase.expires_at), col(OpenedCase.reason_sealed),
            col(Proceeding.ref), col(Proceeding.external_id), is_visible(person, today, now),
        )
        .join(Proceeding, col(Proceeding.id) == col(OpenedCase.proceeding_id))
        .join(Person, col(Person.id) == col(OpenedCase.person_id))
        .outerjoin(Account, col(Account.person_id) == col(Person.id))
        .order_by(col(OpenedCase.id).desc())
    )  # fmt: skip


def open_to(db: Session, person: int, *, today: date, now: datetime) -> list[OpeningRow]:
    """Return what is open to the person now, the newest first."""
    return [OpeningRow._make(row) for row in db.connection().execute(_openings(person, today, now).where(*opened(person, now)))]


def open_of_case(db: Session, proceeding_id: int, *, person: int, today: date, now: datetime) -> list[OpeningRow]:
    """Return by whom one proceeding is opened now."""
    still = (col(OpenedCase.expires_at) > now, col(OpenedCase.opened_at) <= now, col(OpenedCase.given_back_at).is_(None))
    query = _openings(person, today, now).where(col(OpenedCase.proceeding_id) == proceeding_id, *still)
    return [OpeningRow._make(row) for row in db.connection().execute(query)]


def announced_to(db: Session, person: int, *, today: date, now: datetime) -> list[OpeningRow]:
    """Return the openings of which the person was told and has not confirmed yet."""
    waiting = sa.select(col(Message.subject)).where(
        col(Message.person_id) == person, col(Message.kind) == AlertKind.ACCESS_OPENED, col(Message.acknowledged_at).is_(None)
    )
    return [OpeningRow._make(row) for row in db.connection().execute(_openings(person, today, now).where(col(OpenedCase.ref).in_(waiting)))]


def confirm(db: Session, ref: str, person: int, now: datetime) -> int:
    """Note that the person knows of an opening; returns how many messages that answers."""
    statement = sa.update(Message).where(
        col(Message.person_id) == person,
        col(Message.kind) == AlertKind.ACCESS_OPENED,
        col(Message.subject) == ref,
        col(Message.acknowledged_at).is_(None),
    )
    return int(db.connection().execute(statement.values(acknowledged_at=now)).rowcount)


def give_back(db: Session, ref: str, person: int, now: datetime) -> str | None:
    """End an opening of the person's; returns the case's external id, ``None`` where nothing of that name is open to them."""
    found = (
        db.connection()
        .execute(
            sa.select(col(OpenedCase.id), col(Proceeding.external_id))
            .join(Proceeding, col(Proceeding.id) == col(OpenedCase.proceeding_id))
            .where(col(OpenedCase.ref) == ref, *opened(person, now))
        )
        .one_or_none()
    )
    if found is None:
        return None
    db.connection().execute(sa.update(OpenedCase).where(col(OpenedCase.id) == found[0]).values(given_back_at=now))
    return str(found[1])


def supervisors_of(db: Session, people: Collection[int]) -> list[Recipient]:
    """Return who answers for these people, and those of them who are supervisors themselves."""
    below = aliased(Person)
    bosses = sa.select(col(below.supervisor_id)).where(col(below.id).in_(people), col(below.supervisor_id).is_not(None))
    return _people(db, sa.or_(col(Person.id).in_(bosses), col(Person.id).in_(people)), col(Person.role) == Role.SUPERVISOR)


def all_supervisors(db: Session) -> list[Recipient]:
    """Return every supervisor of the office."""
    return _people(db, col(Person.role) == Role.SUPERVISOR)


def assigned_people(db: Session, proceeding_id: int, today: date) -> list[Recipient]:
    """Return everybody who is assigned to a proceeding on ``today``."""
    put_on = sa.select(col(Assignment.person_id)).where(
        col(Assignment.proceeding_id) == proceeding_id,
        sa.or_(col(Assignment.from_on).is_(None), col(Assignment.from_on) <= today),
        sa.or_(col(Assignment.to_on).is_(None), col(Assignment.to_on) >= today),
    )
    return _people(db, col(Person.id).in_(put_on))


def _people(db: Session, *conditions: sa.ColumnElement[bool]) -> list[Recipient]:
    """Return people who can still sign in, in a fixed order."""
    shut = sa.select(col(Account.person_id)).where(col(Account.active).is_(False))
    query = sa.select(*PERSON_COLUMNS).where(*conditions, col(Person.id).not_in(shut)).order_by(col(Person.id))
    return [Recipient(*row) for row in db.connection().execute(query)]
