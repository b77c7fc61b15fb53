"""Passkeys of sign-ins."""

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.storage.tables.passkeys import Passkey


def remove_all(db: Session, account_id: int) -> None:
    """Remove every passkey of a sign-in."""
    db.connection().execute(sa.delete(Passkey).where(col(Passkey.account_id) == account_id))
