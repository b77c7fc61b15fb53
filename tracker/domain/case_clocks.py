"""The clocks that a person reads on the page of one proceeding: from when, until when, how many days.

Source: domain page, section 3 (C1 first instance, C2 total, C3 the victim's journey, C5 testimony span, C7 gap); the
milestones are found as the length figures find them, so that page and figure never disagree.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tracker.domain import clocks
from tracker.domain.clocks import Course, Ending, LeftOut, ProcessClock
from tracker.domain.facts import ProceedingFacts
from tracker.domain.reading import Reading


class ClockName(StrEnum):
    """Which clock."""

    FIRST_INSTANCE = "FIRST_INSTANCE"
    TOTAL = "TOTAL"
    JOURNEY = "JOURNEY"
    TESTIMONY_SPAN = "TESTIMONY_SPAN"
    GAP = "GAP"


@dataclass(frozen=True, slots=True)
class CaseClock:
    """One clock; ``days`` from ``start`` to ``end``, or to today while ``is_running``.

    ``is_imputed`` tells that only the month or year of a date is known. A clock that lost sight of the case stopped
    there (``is_cut_short``) without the event it waits for.
    """

    name: ClockName
    start: date
    end: date | None
    days: int
    is_imputed: bool = False
    is_cut_short: bool = False

    @property
    def is_running(self) -> bool:
        """Tell whether it still runs."""
        return self.end is None


_PROCESS = (
    (ClockName.FIRST_INSTANCE, clocks.FIRST_INSTANCE),
    (ClockName.TOTAL, clocks.TOTAL),
    (ClockName.JOURNEY, clocks.VICTIM_JOURNEY),
)


def case_clocks(reading: Reading) -> tuple[CaseClock, ...]:
    """Return the clocks that have begun by the day of the reading, in the order in which pages show them.

    A proceeding that is over has no gap between hearings that still grows.
    """
    seen = clocks.course(reading.facts, reading.today)
    process = [_process(name, clock, seen, reading.today) for name, clock in _PROCESS]
    rest = [_testimony(reading.facts, reading.today), None if reading.is_over else _gap(reading)]
    return tuple(clock for clock in (*process, *rest) if clock is not None)


def _process(name: ClockName, clock: ProcessClock, seen: Course, today: date) -> CaseClock | None:
    spell = clocks.measure(clock, Course(seen.milestones, seen.seen_until), today)
    if isinstance(spell, LeftOut):
        return None
    start = _start(clock, seen)
    end = None if spell.ending is Ending.OPEN else start + timedelta(days=spell.days)
    return CaseClock(name, start, end, spell.days, is_imputed=spell.imputed > 0, is_cut_short=spell.ending is Ending.CENSORED)


def _start(clock: ProcessClock, seen: Course) -> date:
    groups = ([seen.milestones[kind] for kind in group if kind in seen.milestones] for group in clock.starts)
    return min(next(group for group in groups if group)).on


def _testimony(facts: ProceedingFacts, today: date) -> CaseClock | None:
    """Measure from the first to the last statement of the victim who was questioned over the longest time."""
    spans = []
    for victim in {statement.victim for statement in facts.statements}:
        days = [statement.on for statement in facts.statements if statement.victim == victim and statement.on <= today]
        if days:
            spans.append((max(days) - min(days), min(days), max(days)))
    if not spans:
        return None
    span, first, last = max(spans)
    return CaseClock(ClockName.TESTIMONY_SPAN, first, last, span.days)


def _gap(reading: Reading) -> CaseClock | None:
    held = reading.held
    if not held:
        return None
    return CaseClock(ClockName.GAP, held[-1].on, None, (reading.today - held[-1].on).days)
