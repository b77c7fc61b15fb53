"""A clock that stands still."""

from datetime import UTC, datetime

from tracker.domain.clock import FixedClock


def test_it_always_tells_the_same() -> None:
    """Asked twice, it gives one instant."""
    at = datetime(2026, 2, 28, 23, 59, tzinfo=UTC)
    clock = FixedClock(at)

    assert [clock.now(), clock.now()] == [at, at]
