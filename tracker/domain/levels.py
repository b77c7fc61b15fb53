"""Which level of a rule is reached, and when the next one will be."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from tracker.domain.court_dates import days_after
from tracker.domain.flags import NEVER, Level


class Elapsed(NamedTuple):
    """The level that elapsed time has reached (``None``: none yet), since when, and when the next one will be."""

    level: Level | None
    since: date
    changes_on: date


def elapsed(start: date, today: date, levels: Sequence[Level]) -> Elapsed:
    """Return the gravest level whose limit is exceeded by the days from ``start`` to ``today``.

    A level "> N d" is reached on the day N + 1 days after ``start``: that is its ``since``.
    """
    reached, since = None, NEVER
    for level in levels:
        crossed_on = days_after(start, level.limit + 1)
        if crossed_on > today:
            return Elapsed(reached, since, crossed_on)
        reached, since = level, crossed_on
    return Elapsed(reached, since, NEVER)


def counted(count: int, levels: Sequence[Level]) -> Level | None:
    """Return the gravest level whose limit ``count`` has reached (>= N)."""
    reached = None
    for level in levels:
        if count >= level.limit:
            reached = level
    return reached


class Ahead(NamedTuple):
    """The level that a coming day has reached (``None``: none yet), the first day of the rule's window, and when the next one will be."""

    level: Level | None
    since: date
    changes_on: date


def ahead(on: date, today: date, levels: Sequence[Level]) -> Ahead:
    """Return the gravest level whose window (``on`` is at most N days away) is open on ``today``."""
    since = days_after(on, -levels[0].limit)
    reached = None
    for level in levels:
        opens_on = days_after(on, -level.limit)
        if opens_on > today:
            return Ahead(reached, since, opens_on)
        reached = level
    return Ahead(reached, since, NEVER)
