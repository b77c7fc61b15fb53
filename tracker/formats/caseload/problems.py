"""Where an input is wrong: a place that is only spelt out when it is needed, and a list that knows when to stop."""

from dataclasses import dataclass, field
from typing import TypeAlias

from tracker.domain.errors import InvalidInputError, Problem

MOST = 50
"""Problems that are told one by one; of the rest only the number is told."""

Place: TypeAlias = "tuple[Place, str | int] | tuple[()]"
"""The parent's place and the own key or index; the document itself is ``()``."""

ROOT: Place = ()


def spelt(place: Place) -> str:
    """Return a place as a JSON path, such as ``$.proceedings[3].hearings[0].starts_at``."""
    parts: list[str] = []
    while place:
        place, step = place
        parts.append(f"[{step}]" if isinstance(step, int) else f".{step}")
    return "$" + "".join(reversed(parts))


@dataclass(slots=True)
class Problems:
    """Collects what is wrong, in the order in which it is found."""

    found: list[Problem] = field(default_factory=list)
    untold: int = 0

    def add(self, place: Place, message: str) -> None:
        """Keep one problem; ``message`` says what was expected and never repeats what was found."""
        if len(self.found) >= MOST:
            self.untold += 1
        else:
            self.found.append(Problem(spelt(place), message))

    def refuse(self) -> None:
        """Refuse the input if anything is wrong with it.

        Raises:
            InvalidInputError: at least one problem was found; at most 50 are listed, then how many more there are.
        """
        if self.untold:
            raise InvalidInputError([*self.found, Problem("$", f"and {self.untold} more")])
        if self.found:
            raise InvalidInputError(self.found)
