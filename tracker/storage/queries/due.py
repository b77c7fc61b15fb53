"""Which proceedings are due for a sweep."""

from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.storage.tables.courts import Court
from tracker.storage.tables.proceedings import DUE_NOW, Proceeding

CHUNK = 5_000
FETCH = 10_000


def mark_due(db: Session, proceeding_ids: Collection[int]) -> None:
    """Let the next sweep look at these proceedings; called in the transaction of every write to their facts."""
    ids = sorted(proceeding_ids)
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        db.connection().execute(sa.update(Proceeding).where(col(Proceeding.id).in_(part)).values(review_on=DUE_NOW))


def mark_range_due(db: Session, first: int, last: int) -> int:
    """Let the next sweep look at the proceedings whose keys lie in a range, both ends included; return how many were not due yet."""
    here = col(Proceeding.id).between(first, last)
    statement = sa.update(Proceeding).where(here, col(Proceeding.review_on) != DUE_NOW).values(review_on=DUE_NOW)
    return db.connection().execute(statement).rowcount


def last_key(db: Session) -> int:
    """Return the greatest key of a proceeding, 0 where there is none."""
    return db.connection().execute(sa.select(sa.func.max(col(Proceeding.id)))).scalar_one() or 0


def zones(db: Session) -> list[str]:
    """Return the time zones of all courts."""
    return list(db.connection().execute(sa.select(col(Court.timezone)).distinct().order_by(col(Court.timezone))).scalars())


def due_keys(db: Session, zone: str, today: date) -> "array[int]":
    """Return the keys of the proceedings at courts of ``zone`` that are due on ``today``, ascending, 8 bytes each."""
    statement = sa.select(col(Proceeding.id)).where(_is_due(today), _is_in(zone)).execution_options(yield_per=FETCH)
    return array("q", sorted(_flat(db.connection().execute(statement).partitions())))


def claim(db: Session, keys: Sequence[int], today: date) -> list[int]:
    """Lock those of ``keys`` that are still due and that no other worker has, and return them in order.

    The lock leaves others free to add facts; whoever did so, and marks the proceeding due, waits for our end.
    """
    statement = (
        sa.select(col(Proceeding.id))
        .where(col(Proceeding.id).in_(keys), _is_due(today))
        .order_by(col(Proceeding.id))
        .with_for_update(skip_locked=True, key_share=True)
    )
    return [key for key in db.connection().execute(statement).scalars() if key is not None]


def settle(db: Session, reviews: Sequence[Mapping[str, Any]]) -> None:
    """Store ``review_on`` and ``evaluated_on`` of proceedings, given as ``key``, ``review`` and ``today``."""
    if reviews:
        db.connection().execute(_SETTLE, reviews)


_SETTLE = (
    sa.update(Proceeding)
    .where(col(Proceeding.id) == sa.bindparam("key"))
    .values(review_on=sa.bindparam("review"), evaluated_on=sa.bindparam("today"))
)


def _is_due(today: date) -> sa.ColumnElement[bool]:
    """The rules may say something else by now, or the clock went back behind what they said last."""
    return sa.or_(col(Proceeding.review_on) <= today, col(Proceeding.evaluated_on) > today)


def _is_in(zone: str) -> sa.ColumnElement[bool]:
    return col(Proceeding.court_id).in_(sa.select(col(Court.id)).where(col(Court.timezone) == zone))


def _flat(partitions: Iterator[Sequence[Any]]) -> Iterator[int]:
    for rows in partitions:
        for row in rows:
            yield row[0]
