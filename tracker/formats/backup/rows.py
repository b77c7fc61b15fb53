"""One row, one line: values of a database as JSON that means the same to every database."""

import base64
import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from tracker.schemas.backup import BackupRefusedError, Column, ColumnKind

Row = tuple[Any, ...]

LARGEST = 2**63
_spelt = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False).encode


def _from_bytes(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _from_instant(value: datetime) -> str:
    return value.astimezone(UTC).isoformat()


_WRITTEN: dict[ColumnKind, Callable[[Any], Any]] = {
    ColumnKind.BYTES: _from_bytes,
    ColumnKind.INSTANT: _from_instant,
    ColumnKind.DATE: date.isoformat,
    ColumnKind.NUMBER: float,
}
"""The other kinds are JSON already."""


def line_of(columns: Sequence[Column]) -> Callable[[Sequence[Any]], bytes]:
    """Return what spells one row of these columns as a line, its end included."""
    conversions = [(place, _WRITTEN[column.kind]) for place, column in enumerate(columns) if column.kind in _WRITTEN]

    def spelt(row: Sequence[Any]) -> bytes:
        values = list(row)
        for place, convert in conversions:
            if values[place] is not None:
                values[place] = convert(values[place])
        return _spelt(values).encode() + b"\n"

    return spelt


def _integer(value: object) -> int:
    if type(value) is not int or not -LARGEST <= value < LARGEST:
        raise ValueError
    return value


def _number(value: object) -> float:
    if type(value) is not float and type(value) is not int:
        raise ValueError
    return float(value)


def _list(value: object) -> list[Any]:
    if type(value) is not list:
        raise ValueError
    return value


def _text(value: object) -> str:
    if type(value) is not str:
        raise ValueError
    value.encode()
    return value


def _boolean(value: object) -> bool:
    if type(value) is not bool:
        raise ValueError
    return value


def _instant(value: object) -> datetime:
    instant = datetime.fromisoformat(_text(value))
    if instant.tzinfo is None:
        raise ValueError
    return instant.astimezone(UTC)


def _date(value: object) -> date:
    return date.fromisoformat(_text(value))


def _bytes(value: object) -> bytes:
    return base64.b64decode(_text(value), validate=True)


def _json(value: object) -> object:
    return value


_READ: dict[ColumnKind, Callable[[object], Any]] = {
    ColumnKind.INTEGER: _integer,
    ColumnKind.NUMBER: _number,
    ColumnKind.TEXT: _text,
    ColumnKind.BOOLEAN: _boolean,
    ColumnKind.INSTANT: _instant,
    ColumnKind.DATE: _date,
    ColumnKind.BYTES: _bytes,
    ColumnKind.JSON: _json,
}


def row_of(table: str, columns: Sequence[Column]) -> Callable[[bytes], Row]:
    """Return what reads one line of a table back.

    Raises:
        BackupRefusedError: (by what is returned) the line is no row of these columns; its values are not repeated.
    """
    conversions = [_READ[column.kind] for column in columns]

    def read(line: bytes) -> Row:
        try:
            values = _list(plain_json(line))
            return tuple(None if value is None else convert(value) for convert, value in zip(conversions, values, strict=True))
        except (ValueError, OverflowError):
            raise BackupRefusedError(f"the backup holds a line that is no row of {table}") from None

    return read


def _refuse(_constant: str) -> None:
    raise ValueError


_decoded = json.JSONDecoder(parse_constant=_refuse).decode


def plain_json(line: bytes) -> Any:  # noqa: ANN401 - whatever the line holds
    """Return the value of a line; ``NaN`` and endless nesting are no JSON.

    Raises:
        ValueError: it is none.
    """
    try:
        return _decoded(line.decode())
    except RecursionError:
        raise ValueError from None
