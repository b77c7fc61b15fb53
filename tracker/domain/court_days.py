"""Days on which courts work; which days are holidays is handed in."""

from collections.abc import Callable
from datetime import date, timedelta

IsCourtDay = Callable[[date], bool]
"""Tells whether the courts work on a day."""

SATURDAY = 5
LONGEST_PAUSE_DAYS = 31
"""No calendar closes its courts for longer; a predicate that does is wrong and must not hang us."""


def is_weekday(day: date) -> bool:
    """Tell whether ``day`` is Monday to Friday: the calendar of a country whose holidays are not known."""
    return day.weekday() < SATURDAY


def previous_court_day(day: date, is_court_day: IsCourtDay) -> date:
    """Return the last working day before ``day``; where there is none in 31 days, the day before."""
    for days in range(1, LONGEST_PAUSE_DAYS + 1):
        candidate = day - timedelta(days=days)
        if is_court_day(candidate):
            return candidate
    return day - timedelta(days=1)
