"""Which time steps a code may belong to."""

from datetime import UTC, datetime, timedelta

import pytest

from tracker.domain.time_codes import step_of, steps_allowed

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
NOW = step_of(AT)


@pytest.mark.parametrize(("seconds", "step"), [(-1, NOW - 1), (0, NOW), (29, NOW), (30, NOW + 1)])
def test_a_step_is_half_a_minute(seconds: int, step: int) -> None:
    """From its first second to its last."""
    assert step_of(AT + timedelta(seconds=seconds)) == step


@pytest.mark.parametrize(
    ("taken", "allowed"),
    [(None, (1, 0, -1)), (-2, (1, 0, -1)), (-1, (1, 0)), (0, (1,)), (1, ()), (9, ())],
)
def test_a_code_is_taken_once_and_none_before_it(taken: int | None, allowed: tuple[int, ...]) -> None:
    """One step of drift either way, and nothing at or before the one that was taken."""
    assert steps_allowed(AT, None if taken is None else NOW + taken) == tuple(NOW + each for each in allowed)
