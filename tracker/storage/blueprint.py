"""What the tables of any revision look like, known from the migrations alone."""

from functools import cache
from typing import Any

import sqlalchemy as sa
from alembic import command

from tracker.schemas.backup import Column, ColumnKind, TableShape
from tracker.storage.schema import VERSION_TABLE, configuration

_KINDS: tuple[tuple[type[sa.types.TypeEngine[Any]], ColumnKind], ...] = (
    (sa.Boolean, ColumnKind.BOOLEAN),
    (sa.DateTime, ColumnKind.INSTANT),
    (sa.Date, ColumnKind.DATE),
    (sa.JSON, ColumnKind.JSON),
    (sa.LargeBinary, ColumnKind.BYTES),
    (sa.Integer, ColumnKind.INTEGER),
    (sa.Float, ColumnKind.NUMBER),
    (sa.Numeric, ColumnKind.NUMBER),
    (sa.String, ColumnKind.TEXT),
)
"""The first that fits."""


@cache
def blueprint(revision: str) -> tuple[TableShape, ...]:
    """Return the tables of the schema ``revision``, in order of name, from a database in memory that is thrown away."""
    engine = sa.create_engine("sqlite://")
    try:
        with engine.begin() as connection:
            command.upgrade(configuration(connection), revision)
            inspector = sa.inspect(connection)
            return tuple(_shape(inspector, name) for name in sorted(inspector.get_table_names()) if name != VERSION_TABLE)
    finally:
        engine.dispose()


def _shape(inspector: sa.Inspector, name: str) -> TableShape:
    columns = tuple(Column(name=each["name"], kind=_kind(each["type"])) for each in inspector.get_columns(name))
    return TableShape(name=name, columns=columns, key=tuple(inspector.get_pk_constraint(name)["constrained_columns"]))


def _kind(kind: sa.types.TypeEngine[object]) -> ColumnKind:
    for known, told in _KINDS:
        if isinstance(kind, known):
            return told
    raise TypeError(type(kind).__name__)
