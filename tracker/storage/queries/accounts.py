"""Sign-ins: found by login name or by the session's own key."""

from datetime import datetime
from typing import Any, Literal, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.domain.codes.people import Language, Role
from tracker.storage.tables.accounts import Account
from tracker.storage.tables.people import Person


class AccountRow(NamedTuple):
    """One sign-in with the role of its person."""

    id: int
    person_id: int
    person: str
    role: Role
    login: str
    password: str
    active: bool
    fs_uniquifier: str
    language: Language | None
    last_seen_at: datetime | None


_COLUMNS = (
    col(Account.id),
    col(Account.person_id),
    col(Person.external_id),
    col(Person.role),
    col(Account.login),
    col(Account.password),
    col(Account.active),
    col(Account.fs_uniquifier),
    sa.func.coalesce(col(Account.language), col(Person.language)),
    col(Account.last_seen_at),
)


def _selected() -> sa.Select[*tuple[Any, ...]]:
    return sa.select(*_COLUMNS).join(Person, col(Person.id) == col(Account.person_id))


def find(db: Session, by: Literal["login", "fs_uniquifier", "id"], value: str | int) -> AccountRow | None:
    """Return one sign-in, or ``None``."""
    found = db.connection().execute(_selected().where(getattr(Account, by) == value)).one_or_none()
    return None if found is None else AccountRow._make(found)


def listed(db: Session) -> list[AccountRow]:
    """Return every sign-in, by login name."""
    return [AccountRow._make(row) for row in db.connection().execute(_selected().order_by(col(Account.login)))]


def person_id(db: Session, external_id: str) -> int | None:
    """Return the key of a person."""
    return db.connection().scalar(sa.select(col(Person.id)).where(col(Person.external_id) == external_id))


def change(db: Session, account_id: int, **values: object) -> None:
    """Change columns of one sign-in."""
    db.connection().execute(sa.update(Account).where(col(Account.id) == account_id).values(**values))
