"""Sealed values as they lie in the database: counted by the key that they name, read in batches, replaced if nobody was faster."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session

from tracker.storage.sealed_columns import SealedColumn

_KEY_BYTE = 2
"""The second byte of a sealed value is the number of its key."""


class SealedValue(NamedTuple):
    """One sealed value: the primary key of its row, the row key that its seal is bound to, and the value itself."""

    id: int
    row: str
    blob: bytes


def _key_of(column: sa.ColumnElement[bytes]) -> sa.ColumnElement[bytes]:
    return sa.func.substr(column, _KEY_BYTE, 1, type_=sa.LargeBinary)


def by_key(db: Session, column: SealedColumn) -> dict[int | None, int]:
    """Return how many values of ``column`` name each key; ``None`` for those too short to name one."""
    key = _key_of(column.column)
    statement = sa.select(key, sa.func.count()).where(column.column.is_not(None)).group_by(key)
    return {(bytes(byte)[0] if byte else None): count for byte, count in db.connection().execute(statement)}


def count(db: Session, column: SealedColumn, key_ids: Collection[int]) -> int:
    """Return how many values of ``column`` name one of these keys."""
    statement = sa.select(sa.func.count()).select_from(column.table).where(_named(column, key_ids))
    return int(db.connection().execute(statement).scalar_one())


def batch(db: Session, column: SealedColumn, key_ids: Collection[int] | None, after: int, limit: int) -> list[SealedValue]:
    """Return up to ``limit`` values of ``column`` in rows after ``after``, in order; with ``key_ids`` only those that name one of these."""
    statement = (
        sa.select(column.id_column, column.key_column, column.column)
        .select_from(column.source)
        .where(column.id_column > after, column.column.is_not(None))
        .order_by(column.id_column)
        .limit(limit)
    )
    if key_ids is not None:
        statement = statement.where(_named(column, key_ids))
    return [SealedValue(key, str(row), bytes(blob)) for key, row, blob in db.connection().execute(statement)]


def _named(column: SealedColumn, key_ids: Collection[int]) -> sa.ColumnElement[bool]:
    return _key_of(column.column).in_([bytes((key_id,)) for key_id in sorted(key_ids)])


def replace(db: Session, column: SealedColumn, pairs: Sequence[tuple[SealedValue, bytes]]) -> int:
    """Put a new value in the place of each old one, unless the old one is no longer there; return how many were replaced."""
    if not pairs:
        return 0
    statement = (
        sa.update(column.table)
        .where(column.id_column == sa.bindparam("the_row"), column.column == sa.bindparam("the_old", type_=sa.LargeBinary))
        .values({column.column: sa.bindparam("the_new", type_=sa.LargeBinary)})
    )
    rows = [{"the_row": old.id, "the_old": old.blob, "the_new": new} for old, new in pairs]
    return db.connection().execute(statement, rows).rowcount
