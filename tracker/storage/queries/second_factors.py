"""Second factors: read, and changed only if nobody else did meanwhile."""

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
