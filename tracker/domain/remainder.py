"""What is left of a case when it is reduced: enough for the figures, nothing that leads back to anybody.

Lengths in days, years of start and end, no date, no id. A figure for the data date of the reduction or later comes out as before;
for an earlier data date a case that ended in a later year is counted as open, with days from the middle of its first year.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.clocks import (
    FIRST_INSTANCE,
    MIDDLE_OF_YEAR,
    TOTAL,
    VICTIM_JOURNEY,
    Course,
    Ending,
    LeftOut,
    ProcessClock,
    Spell,
    measure,
)

CLOCKS = (FIRST_INSTANCE, TOTAL, VICTIM_JOURNEY)
Kept = Mapping[str, str | Sequence[str | int]]
"""For each clock its spell as a list, or why it is left out: as it lies in the database."""


@dataclass(frozen=True, slots=True)
class Remainder:
    """One reduced case; ``people`` opaque keys, one for each person who was in no other case of the record any more."""

    lead_offence: str
    court: str
    court_level: str
    disposition_mode: str
    people: tuple[str, ...]
    clocks: Mapping[str, Spell | LeftOut]

    def measured(self, clock: ProcessClock, as_of: date) -> Spell | LeftOut:
        """Return the run of a clock as it was at the data date."""
        found = self.clocks.get(clock.name, LeftOut.NO_START)
        if isinstance(found, LeftOut) or found.end_year <= as_of.year:
            return found
        if found.start_year > as_of.year:
            return LeftOut.NO_START
        days = max(0, min(found.days, (as_of - date(found.start_year, *MIDDLE_OF_YEAR)).days))
        if found.entry and found.entry >= days:
            return LeftOut.ENDED_UNFOLLOWED
        return Spell(days, Ending.OPEN, found.entry, found.start_year, as_of.year, 1, found.imputed and 1)


def kept(course: Course, as_of: date) -> Kept:
    """Return the runs of all clocks as they are stored."""
    found = {clock.name: measure(clock, course, as_of) for clock in CLOCKS}
    return {name: spell.value if isinstance(spell, LeftOut) else list(spell) for name, spell in found.items()}


def told(stored: Kept) -> dict[str, Spell | LeftOut]:
    """Return the runs that `kept` stored."""
    return {name: LeftOut(each) if isinstance(each, str) else _spell(each) for name, each in stored.items()}


def is_over(stored: Kept) -> bool:
    """Tell whether no clock runs any more: only then does a remainder say the same tomorrow."""
    return all(isinstance(each, str) or each[1] != Ending.OPEN for each in stored.values())


def _spell(stored: Sequence[str | int]) -> Spell:
    days, ending, *rest = stored
    entry, start_year, end_year, dates, imputed = (int(each) for each in rest)
    return Spell(int(days), Ending(str(ending)), entry, start_year, end_year, dates, imputed)
