"""Column types that mean the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from pydantic import AfterValidator
from sqlalchemy.dialects import postgresql
from sqlmodel import Field, SQLModel

CODE_LENGTH = 40
SHORT = 64
TEXT = 500
BLIND_KEY = 32
"""Hexadecimal digits of a blind index that SQL compares with other text."""

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
"""A JSON document; an absent one is NULL."""


def text_enum(enum: type[StrEnum], name: str) -> sa.Enum:
    """Return a VARCHAR with a CHECK (called ``name``) that holds the values of ``enum``, not the names of its members."""
    return sa.Enum(
        enum, native_enum=False, create_constraint=True, length=CODE_LENGTH, validate_strings=True,
        values_callable=lambda members: [member.value for member in members], name=name,
    )  # fmt: skip


def code(enum: type[StrEnum], name: str, **field: Any) -> Any:  # noqa: ANN401 - what SQLModel's Field returns
    """Return the field of one code: ``name`` is the column's name, ``field`` what `Field` takes (default, index...)."""
    return Field(sa_type=text_enum(enum, name), **field)


def code_list(**field: Any) -> Any:  # noqa: ANN401 - what SQLModel's Field returns
    """Return the field of a list of codes, where an empty list and none at all differ."""
    return Field(default=None, sa_type=JSON, **field)


def aware(value: datetime) -> datetime:
    """Return the instant in UTC; refuse one without an offset."""
    if value.tzinfo is None:
        raise ValueError("an instant needs a UTC offset")
    return value.astimezone(UTC)


Aware = AfterValidator(aware)
