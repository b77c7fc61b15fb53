"""Values keep what they are on their way through a line."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tracker.formats.backup.rows import line_of, row_of
from tracker.schemas.backup import BackupRefusedError, Column, ColumnKind

KINDS = tuple(ColumnKind)
COLUMNS = tuple(Column(name=kind.value, kind=kind) for kind in KINDS)
TEXT = some.text(some.characters(exclude_categories=["Cs"]))
LEAF = some.none() | some.booleans() | some.integers() | TEXT
VALUES = {
    ColumnKind.INTEGER: some.integers(-(2**63), 2**63 - 1),
    ColumnKind.NUMBER: some.floats(allow_nan=False, allow_infinity=False),
    ColumnKind.TEXT: TEXT,
    ColumnKind.BOOLEAN: some.booleans(),
    ColumnKind.INSTANT: some.datetimes(timezones=some.just(UTC)),
    ColumnKind.DATE: some.dates(),
    ColumnKind.BYTES: some.binary(),
    ColumnKind.JSON: some.recursive(LEAF, lambda each: some.lists(each) | some.dictionaries(TEXT, each)),
}  # fmt: skip


@given(some.tuples(*(some.none() | VALUES[kind] for kind in KINDS)))
def test_every_row_comes_back(row: tuple[object, ...]) -> None:
    """Of every kind, with what is absent, in one line."""
    line = line_of(COLUMNS)(row)

    assert line.count(b"\n") == 1
    assert row_of("table", COLUMNS)(line) == row


def test_an_instant_is_the_same_wherever_it_was_said() -> None:
    """In UTC, to the microsecond."""
    columns = (Column(name="at", kind=ColumnKind.INSTANT), Column(name="day", kind=ColumnKind.DATE))
    local = datetime(2026, 11, 23, 8, 0, 0, 7, tzinfo=timezone(timedelta(hours=1)))

    assert line_of(columns)((local, date(2026, 11, 23))) == b'["2026-11-23T07:00:00.000007+00:00","2026-11-23"]\n'


@pytest.mark.parametrize(
    ("kind", "spelt"),
    [
        (ColumnKind.INTEGER, "9223372036854775808"),
        (ColumnKind.INTEGER, "true"),
        (ColumnKind.INTEGER, '"7"'),
        (ColumnKind.INTEGER, "1e5"),
        (ColumnKind.INTEGER, "9" * 5000),
        (ColumnKind.NUMBER, "NaN"),
        (ColumnKind.NUMBER, "true"),
        (ColumnKind.TEXT, "7"),
        (ColumnKind.TEXT, '"\\ud800"'),
        (ColumnKind.BOOLEAN, "1"),
        (ColumnKind.INSTANT, '"2026-11-23T08:00:00"'),
        (ColumnKind.INSTANT, '"0001-01-01T00:00:00+14:00"'),
        (ColumnKind.INSTANT, '"CANARY"'),
        (ColumnKind.DATE, '"2026-02-30"'),
        (ColumnKind.BYTES, '"AAA"'),
        (ColumnKind.BYTES, '"\\u0444"'),
        (ColumnKind.JSON, "[" * 100_000),
        (ColumnKind.JSON, "Infinity"),
        (ColumnKind.JSON, "1,2"),
    ],
)
def test_what_is_no_value_of_its_column_is_refused(kind: ColumnKind, spelt: str) -> None:
    """By the table's name, without the value."""
    with pytest.raises(BackupRefusedError) as refused:
        row_of("person", (Column(name="x", kind=kind),))(f"[{spelt}]".encode())

    assert str(refused.value) == "the backup holds a line that is no row of person"
