"""Expected failures; their texts are for people and never hold a name, a number or free text."""

from collections.abc import Sequence
from dataclasses import dataclass


class TrackerError(Exception):
    """Something that a person can put right; ``str()`` is one or two plain lines."""


class NotFoundError(TrackerError):
    """What was asked for is not there, or not for this person: both look the same."""


class ForbiddenError(NotFoundError):
    """This person may not do that; shown exactly like `NotFoundError`."""


class ConflictError(TrackerError):
    """Somebody else changed the same thing first."""


class TooOftenError(TrackerError):
    """Something was tried too often; waiting helps."""


class NotConfiguredError(TrackerError):
    """The configuration is missing, incomplete or wrong."""


class DatabaseNotReadyError(TrackerError):
    """The database is unreachable, or its schema is not the program's."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with an input: where, and what was expected there.

    ``path`` is a JSON path, a field name, or "row 5, column date".
    """

    path: str
    message: str


class InvalidInputError(TrackerError):
    """An input that was refused whole; nothing of it was kept."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep every problem, in the order of the input."""
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{p.path}: {p.message}" if p.path else p.message for p in self.problems))
