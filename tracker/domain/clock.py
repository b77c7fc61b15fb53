"""Time as an argument: who asks for now, asks a clock that was handed in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the present instant."""

    def now(self) -> datetime:
        """Return an aware UTC instant."""


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands still, for ``--as-of`` and for tests."""

    at: datetime

    def now(self) -> datetime:
        """Return the instant that it was made with."""
        return self.at
