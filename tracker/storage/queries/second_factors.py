"""Second factors: read, and changed only if nobody else did meanwhile."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.storage.tables.accounts import Account


class FactorRow(NamedTuple):
    """What one sign-in has for a second factor; the secrets are sealed under the login."""

    id: int
    login: str
    is_demo: bool
    second_factor_at: datetime | None
    totp: bytes | None
    counter: int | None
    recovery: bytes | None


_COLUMNS = (
    Account.id, Account.login, Account.is_demo, Account.second_factor_at, Account.totp_sealed,
    Account.totp_counter, Account.recovery_sealed,
)  # fmt: skip


def of_account(db: Session, account_id: int) -> FactorRow:
    """Return the second factor of a sign-in that exists."""
    query = sa.select(*(col(column) for column in _COLUMNS)).where(col(Account.id) == account_id)
    return FactorRow._make(db.connection().execute(query).one())


def change(db: Session, account_id: int, **values: object) -> None:
    """Change columns of one sign-in."""
    db.connection().execute(sa.update(Account).where(col(Account.id) == account_id).values(**values))


def set_factor(db: Session, account_id: int, session_key: str, *, may_replace: bool, values: Mapping[str, object]) -> bool:
    """Set a second factor; false where sessions of this key were ended meanwhile, or there is one that may not be replaced."""
    found = [col(Account.id) == account_id, col(Account.fs_uniquifier) == session_key, col(Account.active)]
    if not may_replace:
        found.append(col(Account.second_factor_at).is_(None))
    return bool(db.connection().execute(sa.update(Account).where(*found).values(**values)).rowcount)


def hold(db: Session, account_id: int, session_key: str) -> bool:
    """Keep others from changing a sign-in until this transaction ends; false where sessions of this key were ended meanwhile."""
    found = (col(Account.id) == account_id, col(Account.fs_uniquifier) == session_key, col(Account.active))
    return bool(db.connection().execute(sa.update(Account).where(*found).values(fs_uniquifier=session_key)).rowcount)


def take_step(db: Session, account_id: int, step: int) -> bool:
    """Note that the code of a time step was taken; false where it, or a later one, was taken already."""
    statement = sa.update(Account).where(
        col(Account.id) == account_id, sa.or_(col(Account.totp_counter).is_(None), col(Account.totp_counter) < step)
    )
    return bool(db.connection().execute(statement.values(totp_counter=step)).rowcount)


def replace_recovery(db: Session, account_id: int, old: bytes, new: bytes) -> bool:
    """Put other recovery codes in the place of these; false where they are not these any more."""
    statement = sa.update(Account).where(col(Account.id) == account_id, col(Account.recovery_sealed) == old)
    return bool(db.connection().execute(statement.values(recovery_sealed=new)).rowcount)
