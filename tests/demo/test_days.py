"""Days told from today."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from tracker.demo.days import Days
from tracker.domain.court_days import is_weekday
from tracker.domain.pack import Recess

BELGRADE = ZoneInfo("Europe/Belgrade")
FRIDAY = Days(date(2026, 11, 27), BELGRADE, is_weekday, (Recess((7, 15), (8, 15)),))


@pytest.mark.parametrize(("days", "day"), [(0, 27), (1, 26), (5, 20), (6, 20), (7, 20), (4, 23)])
def test_days_ago_are_working_days_no_later(days: int, day: int) -> None:
    """A weekend goes back to its Friday."""
    assert FRIDAY.ago(days) == date(2026, 11, day)


@pytest.mark.parametrize(
    ("days", "day"), [(0, date(2026, 11, 27)), (1, date(2026, 11, 30)), (3, date(2026, 11, 30)), (4, date(2026, 12, 1))]
)
def test_days_ahead_are_working_days_no_earlier(days: int, day: date) -> None:
    """A weekend goes on to its Monday."""
    assert FRIDAY.ahead(days) == day


@pytest.mark.parametrize(
    ("day", "sitting"),
    [(date(2026, 7, 14), date(2026, 7, 14)), (date(2026, 7, 15), date(2026, 8, 17)), (date(2026, 8, 16), date(2026, 8, 17))],
)
def test_courts_rest_in_summer(day: date, sitting: date) -> None:
    """From 15 July to 15 August nothing ordinary is heard."""
    assert FRIDAY.sitting(day) == sitting


def test_instants_carry_the_offset_of_their_day() -> None:
    """Winter and summer."""
    assert FRIDAY.instant(date(2026, 11, 30), "09:30") == "2026-11-30T09:30:00+01:00"
    assert FRIDAY.instant(date(2026, 6, 30), "09:30") == "2026-06-30T09:30:00+02:00"
