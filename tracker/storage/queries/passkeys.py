"""Passkeys of sign-ins, and the challenges that they answered."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from tracker.storage.tables.passkeys import Passkey, SpentChallenge


def of_account(db: Session, account_id: int) -> Sequence[Passkey]:
    """Return the passkeys of a sign-in, the oldest first."""
    return db.exec(select(Passkey).where(col(Passkey.account_id) == account_id).order_by(col(Passkey.id))).all()


def remove(db: Session, account_id: int, ref: str) -> bool:
    """Remove one passkey of a sign-in; false where it has none of this ref."""
    statement = sa.delete(Passkey).where(col(Passkey.account_id) == account_id, col(Passkey.ref) == ref)
    return bool(db.connection().execute(statement).rowcount)


def remove_all(db: Session, account_id: int) -> None:
    """Remove every passkey of a sign-in."""
    db.connection().execute(sa.delete(Passkey).where(col(Passkey.account_id) == account_id))


def note_use(db: Session, ref: str, before: int, after: int, now: datetime) -> bool:
    """Note what a passkey counted; false where it was removed, or something else was counted, since it was looked at."""
    statement = sa.update(Passkey).where(col(Passkey.ref) == ref, col(Passkey.sign_count) == before)
    return bool(db.connection().execute(statement.values(sign_count=after, last_used_at=now)).rowcount)


def spend(db: Session, challenge_hash: bytes, expires_at: datetime, now: datetime) -> bool:
    """Note that a challenge was answered, and forget those too old to matter; false where it was answered already."""
    connection = db.connection()
    connection.execute(sa.delete(SpentChallenge).where(col(SpentChallenge.expires_at) < now))
    insert = (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(SpentChallenge)
    statement = insert.values(challenge_hash=challenge_hash, expires_at=expires_at).on_conflict_do_nothing()
    return connection.execute(statement.returning(col(SpentChallenge.challenge_hash))).one_or_none() is not None
