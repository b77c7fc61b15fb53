"""Dates as a court reads them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.factories.facts import at, day
from tracker.domain.codes.shared import Precision
from tracker.domain.court_dates import days_after, last_day, local_date

ZONE = ZoneInfo("Europe/Belgrade")


@pytest.mark.parametrize(
    ("instant", "expected"),
    [
        ("2026-03-28 23:59", "2026-03-28"),
        ("2026-03-29 00:00", "2026-03-29"),
        ("2026-03-29 23:59", "2026-03-29"),
        ("2026-10-25 00:00", "2026-10-25"),
        ("2026-10-25 23:59", "2026-10-25"),
        ("2026-10-26 00:00", "2026-10-26"),
    ],
)
def test_a_date_is_that_of_the_courts_clocks_also_in_the_nights_when_they_change(instant: str, expected: str) -> None:
    """The day of 23 hours and the day of 25 begin and end at midnight in Belgrade."""
    assert local_date(at(instant), ZONE) == day(expected)


def test_the_ends_of_time_have_a_date() -> None:
    """An absurd date does not stop a sweep."""
    assert local_date(datetime.max.replace(tzinfo=UTC), ZONE) == date.max


@pytest.mark.parametrize(
    ("on", "precision", "expected"),
    [
        ("2024-02-10", Precision.DAY, "2024-02-10"),
        ("2024-02-10", Precision.MONTH, "2024-02-29"),
        ("2025-02-10", Precision.MONTH, "2025-02-28"),
        ("2025-12-10", Precision.MONTH, "2025-12-31"),
        ("2025-04-10", Precision.YEAR, "2025-12-31"),
    ],
)
def test_a_vague_date_counts_by_its_last_day(on: str, precision: Precision, expected: str) -> None:
    """A month ends with its last day, a year on 31 December."""
    assert last_day(day(on), precision) == day(expected)


def test_days_are_counted_on_within_the_calendar() -> None:
    """A leap day counts; beyond the calendar there is nothing."""
    assert days_after(day("2024-02-28"), 2) == day("2024-03-01")
    assert days_after(date.max, 1) == date.max
    assert days_after(date.min, -1) == date.min
