"""What a single value must be to be kept."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tracker.formats.caseload import values


@pytest.mark.parametrize("text", ["1900-01-01", "2024-02-29", "2200-12-31"])
def test_existing_dates_are_read(text: str) -> None:
    """Leap days and both ends of the believed years."""
    assert values.day(text) == date.fromisoformat(text)


@pytest.mark.parametrize(
    "text",
    [
        "2023-02-29", "2024-13-01", "20240101", "2024-W01-1", "2024-1-1", "01.02.2024", "", "1899-12-31", "2201-01-01", "0000-01-01",
        "\u0662\u0660\u0662\u0664-01-01", "2024-01-01\n", "2024-01-01T00:00:00Z",
    ],
)  # fmt: skip
def test_other_dates_are_refused(text: str) -> None:
    """Only YYYY-MM-DD in figures of ours, of days that exist and years that are believed."""
    with pytest.raises(values.UnfitError):
        values.day(text)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-03-01T09:30:00+01:00", datetime(2026, 3, 1, 8, 30, tzinfo=UTC)),
        ("2026-03-01t09:30:00z", datetime(2026, 3, 1, 9, 30, tzinfo=UTC)),
        ("2026-03-01T09:30:00.125-00:30", datetime(2026, 3, 1, 10, 0, 0, 125_000, tzinfo=UTC)),
        ("2200-12-31T23:59:59-12:00", datetime(2201, 1, 1, 11, 59, 59, tzinfo=UTC)),
    ],
)
def test_instants_become_utc(text: str, instant: datetime) -> None:
    """Every spelling of RFC 3339."""
    assert values.instant(text) == instant


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2026-03-01T09:30:00", "with its UTC offset"),
        ("2026-03-01 09:30", "with its UTC offset"),
        ("2026-03-01T99:99:00+01:00", "existing instant"),
        ("2026-03-01T24:00:00+01:00", "existing instant"),
        ("2026-03-01T09:30:60+01:00", "existing instant"),
        ("2026-03-01T09:30:00+05:99", "existing instant"),
        ("2026-03-01T09:30:00+24:00", "existing instant"),
        ("2026-02-30T09:30:00+01:00", "existing instant"),
        ("2026-03-01T09:30:00.1234567+01:00", "existing instant"),
        ("1899-12-31T23:00:00+00:00", "a year from 1900 to 2200"),
        ("tomorrow", "existing instant"),
    ],
)
def test_other_instants_are_refused(text: str, says: str) -> None:
    """An instant without an offset is told apart from one that does not exist."""
    with pytest.raises(values.UnfitError, match=says):
        values.instant(text)


@pytest.mark.parametrize(
    ("check", "value"),
    [
        (values.time_of_day, "24:00"), (values.time_of_day, "99:99"), (values.time_of_day, "9:30"), (values.time_of_day, "\u0660\u0669:30"),
        (values.zone, "Mars/Olympus"), (values.zone, "Europe"), (values.zone, ""), (values.zone, "../etc/passwd"),
        (lambda value: values.text(value, 4), "five!"), (lambda value: values.text(value, 9), "nul\0"),
        (lambda value: values.text(value, 9), "\ud800"), (lambda value: values.whole(value, 1), 0),
        (lambda value: values.whole(value, 0), 2**31), (lambda value: values.whole(value, None), -(2**31)),
        (lambda value: values.whole(value, 0), 1.5), (lambda value: values.whole(value, 0), float("nan")),
        (lambda value: values.number(value, 0), -0.5), (lambda value: values.number(value, None), float("inf")),
        (lambda value: values.number(value, None), 2**53 + 1),
    ],
)  # fmt: skip
def test_what_no_database_keeps_is_refused(check: Callable[[Any], object], value: object) -> None:
    """Times and zones that do not exist, texts too long or unstorable, numbers out of range."""
    with pytest.raises(values.UnfitError):
        check(value)


def test_limits_are_included() -> None:
    """The last value that fits is kept as it is."""
    assert values.text("four", 4) == "four"
    assert values.whole(2**31 - 1, 0) == 2**31 - 1
    assert values.whole(3.0, 1) == 3
    assert values.number(2**53, None) == 2.0**53
    assert values.time_of_day("23:59") == "23:59"
    assert values.zone("Europe/Belgrade") == "Europe/Belgrade"
