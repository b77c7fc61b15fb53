"""Whole tables, as they are: read in batches in a fixed order, written in batches, counted."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel.sql.sqltypes import UTCDateTime

from tracker.schemas.backup import ColumnKind, TableShape
from tracker.schemas.columns import JSON

BATCH = 1000
_TYPES: Mapping[ColumnKind, Any] = {
    ColumnKind.INTEGER: sa.BigInteger(),
    ColumnKind.NUMBER: sa.Float(),
    ColumnKind.TEXT: sa.String(),
    ColumnKind.BOOLEAN: sa.Boolean(),
    ColumnKind.INSTANT: UTCDateTime(),
    ColumnKind.DATE: sa.Date(),
    ColumnKind.BYTES: sa.LargeBinary(),
    ColumnKind.JSON: JSON,
}


def batches(connection: sa.Connection, shape: TableShape) -> Iterator[Sequence[sa.Row[Any]]]:
    """Yield all rows of a table in batches, in the order of its key: the same order on every database."""
    table = _table(shape)
    order = [_ordered(connection, table.c[name], shape) for name in shape.key]
    rows = connection.execute(sa.select(*table.c).order_by(*order), execution_options={"yield_per": BATCH})
    yield from rows.partitions()


def add(connection: sa.Connection, shape: TableShape, rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows whose values are in the order of the shape's columns."""
    names = [column.name for column in shape.columns]
    connection.execute(sa.insert(_table(shape)), [dict(zip(names, row, strict=True)) for row in rows])


def counted(connection: sa.Connection, names: Iterable[str]) -> dict[str, int]:
    """Return how many rows each of these tables has; those that are not there are left out."""
    there = set(sa.inspect(connection).get_table_names())
    return {name: connection.scalar(sa.select(sa.func.count()).select_from(sa.table(name))) or 0 for name in names if name in there}


def _table(shape: TableShape) -> sa.TableClause:
    return sa.table(shape.name, *(sa.column(column.name, _TYPES[column.kind]) for column in shape.columns))


def _ordered(connection: sa.Connection, column: sa.ColumnClause[Any], shape: TableShape) -> sa.ColumnElement[Any]:
    """Order texts by their bytes, as SQLite does."""
    kinds = {each.name: each.kind for each in shape.columns}
    is_text = kinds[column.name] is ColumnKind.TEXT
    return sa.collate(column, "C") if is_text and connection.dialect.name == "postgresql" else column
