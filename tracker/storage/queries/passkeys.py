"""Passkeys: found by what the device calls them; what it counted is changed only if nobody else did meanwhile."""

from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.storage.tables.passkeys import Passkey


class PasskeyRow(NamedTuple):
    """One passkey."""

    id: int
    account_id: int
    credential_id: bytes
    public_key: bytes
    sign_count: int
    created_at: datetime
    last_used_at: datetime | None


_COLUMNS = tuple(col(getattr(Passkey, name)) for name in PasskeyRow._fields)


def of_account(db: Session, account_id: int) -> list[PasskeyRow]:
    """Return the passkeys of a sign-in, the oldest first."""
    query = sa.select(*_COLUMNS).where(col(Passkey.account_id) == account_id).order_by(col(Passkey.id))
    return [PasskeyRow._make(row) for row in db.connection().execute(query)]


def find(db: Session, credential_id: bytes) -> PasskeyRow | None:
    """Return the passkey that a device calls so."""
    found = db.connection().execute(sa.select(*_COLUMNS).where(col(Passkey.credential_id) == credential_id)).one_or_none()
    return None if found is None else PasskeyRow._make(found)


def used(db: Session, row: PasskeyRow, sign_count: int, at: datetime) -> bool:
    """Note a use; false where the passkey is gone, or was used otherwise since it was read."""
    statement = sa.update(Passkey).where(col(Passkey.id) == row.id, col(Passkey.sign_count) == row.sign_count)
    return bool(db.connection().execute(statement.values(sign_count=sign_count, last_used_at=at)).rowcount)


def remove(db: Session, account_id: int, passkey_id: int) -> bool:
    """Remove one passkey of a sign-in."""
    statement = sa.delete(Passkey).where(col(Passkey.id) == passkey_id, col(Passkey.account_id) == account_id)
    return bool(db.connection().execute(statement).rowcount)


def remove_all(db: Session, account_id: int) -> None:
    """Remove every passkey of a sign-in."""
    db.connection().execute(sa.delete(Passkey).where(col(Passkey.account_id) == account_id))
