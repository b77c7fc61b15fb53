"""Whole tables in few statements: what import and export of a caseload read and write."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

CHUNK = 5_000
"""Values in one ``IN`` list, rows in one statement: below every database's limit on parameters."""
Row = dict[str, Any]


def rows_where(db: Session, table: sa.Table, column: str, values: Collection[object]) -> list[Row]:
    """Return the rows of ``table`` whose ``column`` is one of ``values``, ordered by their first primary key."""
    found = []
    for part in _chunks(values):
        statement = sa.select(table).where(table.c[column].in_(part)).order_by(*table.primary_key.columns)
        found += [dict(row) for row in db.connection().execute(statement).mappings()]
    return found


def all_rows(db: Session, table: sa.Table, *, of_proceedings: bool = False) -> list[Row]:
    """Return every row of ``table`` in the order in which they came; with ``of_proceedings`` only those that have a proceeding."""
    statement = sa.select(table).order_by(*table.primary_key.columns)
    if of_proceedings:
        statement = statement.where(table.c.proceeding_id.is_not(None))
    return [dict(row) for row in db.connection().execute(statement).mappings()]


def external_ids(db: Session, table: sa.Table, ids: Collection[int]) -> dict[int, str]:
    """Return the external id of each row of ``table`` in ``ids``."""
    found: dict[int, str] = {}
    for part in _chunks(ids):
        statement = sa.select(table.c.id, table.c.external_id).where(table.c.id.in_(part))
        found.update((row.id, row.external_id) for row in db.connection().execute(statement))
    return found


def ids_of(db: Session, table: sa.Table, names: Collection[str]) -> dict[str, int]:
    """Return the id of each row of ``table`` whose external id is one of ``names``."""
    found: dict[str, int] = {}
    for part in _chunks(names):
        statement = sa.select(table.c.external_id, table.c.id).where(table.c.external_id.in_(part))
        found.update((row.external_id, row.id) for row in db.connection().execute(statement))
    return found


def insert(db: Session, table: sa.Table, rows: Sequence[Row]) -> list[int]:
    """Insert ``rows``, all with the same keys, and return their new ids in the same order."""
    statement = sa.insert(table).returning(table.c.id, sort_by_parameter_order=True)
    found: list[int] = []
    for part in _chunks(rows):
        found += db.connection().execute(statement, part).scalars()
    return found


def insert_plain(db: Session, table: sa.Table, rows: Sequence[Row]) -> None:
    """Insert ``rows``, all with the same keys, without asking for their ids: many times faster on SQLite."""
    for part in _chunks(rows):
        db.connection().execute(sa.insert(table), part)


def update(db: Session, table: sa.Table, rows: Sequence[Row], key: str = "id") -> None:
    """Write ``rows``, all with the same keys, over the stored ones that ``key`` names."""
    if not rows:
        return
    statement = sa.update(table).where(table.c[key] == sa.bindparam("the_key"))
    for part in _chunks(rows):
        db.connection().execute(statement, [{("the_key" if name == key else name): value for name, value in row.items()} for row in part])


def delete_plain(db: Session, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Delete the rows of ``table`` that agree with ``rows`` (all with the same keys)."""
    if not rows:
        return
    conditions = [table.c[name] == sa.bindparam(f"the_{name}") for name in rows[0]]
    statement = sa.delete(table).where(*conditions)
    for part in _chunks(rows):
        db.connection().execute(statement, [{f"the_{name}": value for name, value in row.items()} for row in part])


def proceedings_of_courts(db: Session, court_ids: Collection[int]) -> list[int]:
    """Return the proceedings that are kept at one of these courts."""
    proceeding = sa.table("proceeding", sa.column("id", sa.Integer), sa.column("court_id", sa.Integer))
    found: list[int] = []
    for part in _chunks(court_ids):
        found += db.connection().execute(sa.select(proceeding.c.id).where(proceeding.c.court_id.in_(part))).scalars()
    return found


def is_empty(db: Session, table: sa.Table) -> bool:
    """Tell whether ``table`` has no row."""
    return db.connection().execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first() is None


def gather_statistics(db: Session) -> None:
    """Let the database count its rows anew, so that it plans well after a bulk load."""
    db.connection().exec_driver_sql("ANALYZE")


def _chunks(values: Collection[Any]) -> Iterator[list[Any]]:
    rest = iter(values)
    while part := list(islice(rest, CHUNK)):
        yield part
