"""People of the office as administrators see them: role, sign-in, links that are open; names stay sealed."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.domain.codes.people import Role
from tracker.domain.codes.sign_ins import LinkPurpose
from tracker.storage.tables.accounts import Account
from tracker.storage.tables.people import Person, PersonIdentity
from tracker.storage.tables.sign_in_links import SignInLink


class ColleagueRow(NamedTuple):
    """One person; what belongs to a sign-in is ``None`` where there is none."""

    id: int
    person: str
    role: Role
    supervisor_id: int | None
    name: bytes | None
    account_id: int | None
    login: str | None
    active: bool | None
    second_factor_at: datetime | None
    last_seen_at: datetime | None
    link: LinkPurpose | None
    link_until: datetime | None


def listed(db: Session, now: datetime) -> list[ColleagueRow]:
    """Return everybody, by role and login name, with the link that is open at ``now``."""
    is_open = sa.and_(col(SignInLink.person_id) == col(Person.id), col(SignInLink.closed_at).is_(None), col(SignInLink.expires_at) > now)
    columns = (
        Person.id, Person.external_id, Person.role, Person.supervisor_id, PersonIdentity.name_sealed, Account.id, Account.login,
        Account.active, Account.second_factor_at, Account.last_seen_at, SignInLink.purpose, SignInLink.expires_at,
    )  # fmt: skip
    query = (
        sa.select(*(col(column) for column in columns))
        .outerjoin(PersonIdentity, col(PersonIdentity.person_id) == col(Person.id))
        .outerjoin(Account, col(Account.person_id) == col(Person.id))
        .outerjoin(SignInLink, is_open)
        .order_by(col(Person.role), col(Account.login).is_(None), col(Account.login), col(Person.id))
    )
    return [ColleagueRow._make(row) for row in db.connection().execute(query)]


def lock(db: Session, roles: Collection[Role], person_id: int) -> None:
    """Let nobody else change these people until the end of the transaction: everybody in ``roles``, and the one person."""
    query = sa.select(col(Person.id)).where(sa.or_(col(Person.role).in_(roles), col(Person.id) == person_id)).order_by(col(Person.id))
    db.connection().execute(query.with_for_update()).all()


def change(db: Session, person_id: int, **values: object) -> None:
    """Change columns of one person."""
    db.connection().execute(sa.update(Person).where(col(Person.id) == person_id).values(**values))


def release(db: Session, supervisor_id: int) -> int:
    """Take everybody from under a supervisor; returns how many there were."""
    statement = sa.update(Person).where(col(Person.supervisor_id) == supervisor_id).values(supervisor_id=None)
    return int(db.connection().execute(statement).rowcount)
