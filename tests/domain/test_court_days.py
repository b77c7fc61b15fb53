"""Working days of a court."""

from datetime import date

from tracker.domain.court_days import is_weekday, previous_court_day

MONDAY = date(2026, 11, 23)


def test_before_monday_comes_friday() -> None:
    """Courts do not work at week-ends."""
    assert previous_court_day(MONDAY, is_weekday) == date(2026, 11, 20)


def test_before_tuesday_comes_monday() -> None:
    """An ordinary day has the day before."""
    assert previous_court_day(date(2026, 11, 24), is_weekday) == MONDAY


def test_a_holiday_is_passed_over() -> None:
    """A holiday on the working day before moves it further back."""
    assert previous_court_day(date(2026, 11, 12), lambda day: is_weekday(day) and day != date(2026, 11, 11)) == date(2026, 11, 10)


def test_a_calendar_without_working_days_does_not_hang() -> None:
    """A court that never works still has a day before."""
    assert previous_court_day(MONDAY, lambda _day: False) == date(2026, 11, 22)
