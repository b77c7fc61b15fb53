"""Levels: reached, not yet reached, next."""

import pytest

from tests.factories.facts import day
from tracker.domain.flags import NEVER, Level, Severity
from tracker.domain.levels import ahead, counted, elapsed

OVER = (Level(10, Severity.INFO), Level(20, Severity.URGENT))
WITHIN = (Level(14, Severity.URGENT), Level(3, Severity.CRITICAL))


@pytest.mark.parametrize(
    ("today", "limit", "since", "changes_on"),
    [
        ("2026-01-11", None, NEVER, day("2026-01-12")),
        ("2026-01-12", 10, day("2026-01-12"), day("2026-01-22")),
        ("2026-01-21", 10, day("2026-01-12"), day("2026-01-22")),
        ("2026-01-22", 20, day("2026-01-22"), NEVER),
    ],
)
def test_elapsed_time_reaches_a_level_on_the_day_after_its_limit(today: str, limit: int | None, since: object, changes_on: object) -> None:
    """More than 10 days: the eleventh."""
    found = elapsed(day("2026-01-01"), day(today), OVER)

    assert (found.level and found.level.limit, found.since, found.changes_on) == (limit, since, changes_on)


@pytest.mark.parametrize(("count", "limit"), [(9, None), (10, 10), (11, 10), (19, 10), (20, 20), (99, 20)])
def test_a_count_reaches_a_level_at_its_limit(count: int, limit: int | None) -> None:
    """At least 10, at least 20."""
    level = counted(count, OVER)

    assert (level and level.limit) == limit


@pytest.mark.parametrize(
    ("today", "limit", "changes_on"),
    [
        ("2026-01-16", None, day("2026-01-17")),
        ("2026-01-17", 14, day("2026-01-28")),
        ("2026-01-27", 14, day("2026-01-28")),
        ("2026-01-28", 3, NEVER),
        ("2026-01-31", 3, NEVER),
    ],
)
def test_a_coming_day_reaches_a_level_when_its_window_opens(today: str, limit: int | None, changes_on: object) -> None:
    """At most 14 days ahead, at most 3; since when is the first day of the wider window."""
    found = ahead(day("2026-01-31"), day(today), WITHIN)

    assert (found.level and found.level.limit, found.changes_on) == (limit, changes_on)
    assert found.since == day("2026-01-17")
