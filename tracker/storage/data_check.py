"""What a check of the data is: one question to the whole record, answered by one statement. One file a check."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session

from tracker.discovery import discover
from tracker.storage.tables.proceedings import Proceeding

CHECKS = "tracker.storage.data_checks"


@dataclass(frozen=True, slots=True)
class Moment:
    """The present instant, and its day in the office."""

    now: datetime
    today: date


@dataclass(frozen=True, slots=True)
class DataCheck:
    """One question; ``ask`` returns a statement of two columns, a proceeding's ``ref`` and how often it is found there."""

    title: str
    remedy: str
    ask: Callable[[Moment], sa.Select[str, int]]


class Place(NamedTuple):
    """One proceeding in which something was found, and how often."""

    ref: str
    found: int


class Found(NamedTuple):
    """In how many proceedings something was found, and the worst of them."""

    proceedings: int
    worst: tuple[Place, ...]


def all_checks() -> tuple[DataCheck, ...]:
    """Return every check, in order of file name."""
    return discover(CHECKS, "DATA_CHECK", DataCheck)


def look(db: Session, check: DataCheck, moment: Moment, most: int) -> Found:
    """Return how many proceedings a check finds, and at most ``most`` of them, the worst first."""
    rows = check.ask(moment).subquery()
    ref, times = rows.columns
    query = sa.select(ref, times, sa.func.count().over()).order_by(times.desc(), ref).limit(most)
    answer = db.connection().execute(query).all()
    return Found(answer[0][2] if answer else 0, tuple(Place(name, number) for name, number, _total in answer))


def count_proceedings(db: Session) -> int:
    """Count every proceeding of the record."""
    return int(db.connection().execute(sa.select(sa.func.count()).select_from(Proceeding)).scalar_one())
