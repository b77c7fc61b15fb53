"""The rows that are left of reduced cases: written, laid in another order, read for the figures."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.domain.remainder import Remainder, told
from tracker.storage.queries.durations import UNKNOWN
from tracker.storage.tables.courts import Court
from tracker.storage.tables.retention import StatisticsRemainder

CHUNK = 1_000


def remainders(db: Session) -> Iterator[Remainder]:
    """Yield every reduced case as the figures see it."""
    query = sa.select(
        col(StatisticsRemainder.key),
        col(StatisticsRemainder.lead_offence),
        col(Court.external_id),
        sa.type_coerce(Court.level, sa.String),
        col(StatisticsRemainder.disposition_mode),
        col(StatisticsRemainder.people),
        col(StatisticsRemainder.clocks),
    ).join(Court, col(Court.id) == col(StatisticsRemainder.court_id))
    for key, offence, court, level, mode, people, clocks in db.connection().execute(query):
        somebody = tuple(f"of remainder {key} {number}" for number in range(people))
        yield Remainder(offence, court, level or UNKNOWN, mode or UNKNOWN, somebody, told(clocks))


def insert(db: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write remainders."""
    for start in range(0, len(rows), CHUNK):
        db.connection().execute(sa.insert(StatisticsRemainder), rows[start : start + CHUNK])


def shuffle(db: Session, draw: Callable[[], str]) -> None:
    """Give every remainder a new key from ``draw`` and lay the rows in the order of these keys: neither tells when one came."""
    rows = [{**row, "key": draw()} for row in db.connection().execute(sa.select(_TABLE)).mappings()]
    db.connection().execute(sa.delete(StatisticsRemainder))
    insert(db, sorted(rows, key=lambda row: str(row["key"])))


_TABLE = StatisticsRemainder.metadata.tables["statistics_remainder"]
