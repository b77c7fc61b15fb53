"""What was erased, by blind index: enough to know it again, not enough to say what it was."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.storage.tables.retention import Tombstone

CHUNK = 500


def bury(db: Session, indexes: Collection[bytes]) -> None:
    """Keep these indexes; those that are kept already stay."""
    new = sorted(set(indexes) - known(db, indexes))
    if new:
        db.connection().execute(sa.insert(Tombstone), [{"name_index": index} for index in new])


def known(db: Session, indexes: Collection[bytes]) -> set[bytes]:
    """Return those of ``indexes`` under which something was erased."""
    wanted, found = sorted(set(indexes)), set[bytes]()
    for start in range(0, len(wanted), CHUNK):
        query = sa.select(col(Tombstone.name_index)).where(col(Tombstone.name_index).in_(wanted[start : start + CHUNK]))
        found.update(db.connection().execute(query).scalars())
    return found


def is_any(db: Session) -> bool:
    """Tell whether anything was ever erased."""
    return db.connection().execute(sa.select(col(Tombstone.name_index)).limit(1)).first() is not None
