"""Time steps of one-time codes, and which of them a code may belong to.

Source: RFC 6238 (TOTP), section 5.2: one step of delay is allowed for, and a code is taken once only.
"""

from datetime import datetime

STEP_SECONDS = 30
DIGITS = 6
DRIFT = 1
"""Steps by which a phone's clock may be off, either way."""


def step_of(at: datetime) -> int:
    """Return the number of the time step in which ``at`` lies."""
    return int(at.timestamp()) // STEP_SECONDS


def steps_allowed(at: datetime, taken: int | None) -> tuple[int, ...]:
    """Return the steps whose codes are good at ``at``, the newest first: near enough, and after the one that was ``taken`` last."""
    now = step_of(at)
    return tuple(step for step in range(now + DRIFT, now - DRIFT - 1, -1) if taken is None or step > taken)
