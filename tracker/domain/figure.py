"""What a published or internal figure is made of; each file of `tracker.domain.figures` defines one."""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from tracker.domain.clocks import DAYS_PER_YEAR, FIRST_INSTANCE, Ending, LeftOut, ProcessClock, Spell
from tracker.domain.survival import Observed, SurvivalCurve

DEFINITIONS = "1"
"""Version of the definitions; it grows when a figure would come out differently from the same facts."""

WHOLE = "all"
"""Dimension and value of the whole caseload."""


@dataclass(slots=True)
class Cohort:
    """The spells of one group with one clock, by disposition mode and with how often each was seen; grows by `add`.

    ``people`` holds opaque keys of the people it is about, where they are known: disclosure control counts them.
    """

    spells: dict[str, Counter[Spell]] = field(default_factory=dict)
    left_out: Counter[LeftOut] = field(default_factory=Counter)
    people: set[str] = field(default_factory=set)

    def add(self, mode: str, found: Spell | LeftOut) -> None:
        """Count one proceeding of the disposition mode ``mode``."""
        if isinstance(found, Spell):
            self.spells.setdefault(mode, Counter())[found] += 1
        else:
            self.left_out[found] += 1

    def include(self, other: "Cohort") -> None:
        """Count everything that ``other`` counted."""
        for mode, spells in other.spells.items():
            self.spells.setdefault(mode, Counter()).update(spells)
        self.left_out.update(other.left_out)
        self.people |= other.people

    def counted(self) -> Iterator[tuple[Spell, int]]:
        """Yield every spell, whatever the mode, with how often it was seen there."""
        for spells in self.spells.values():
            yield from spells.items()

    def lengths(self) -> Counter[Observed]:
        """Return what the Kaplan-Meier estimate needs of them."""
        lengths: Counter[Observed] = Counter()
        for spell, times in self.counted():
            lengths[Observed(spell.days, spell.ending is Ending.EVENT, spell.entry)] += times
        return lengths

    def tally(self) -> "Tally":
        """Return the plain counts of it."""
        n = still_open = completed = completed_days = dates = imputed = 0
        for spell, times in self.counted():
            n += times
            dates += spell.dates * times
            imputed += spell.imputed * times
            if spell.ending is Ending.EVENT:
                completed += times
                completed_days += spell.days * times
            elif spell.ending is Ending.OPEN:
                still_open += times
        return Tally(n, still_open, completed, completed_days, dates, imputed)


class Tally(NamedTuple):
    """Plain counts of a cohort: proceedings, the days of its completed ones together, and dates used and guessed."""

    n: int
    open: int
    completed: int
    completed_days: int
    dates: int
    imputed: int


class Reveals(StrEnum):
    """What else an indicator gives away: its group's open or completed number, or itself by subtraction from the whole."""

    NOTHING = "NOTHING"
    OPEN = "OPEN"
    COMPLETED = "COMPLETED"
    PART = "PART"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One number with its 95 % limits; ``value`` None is "not reached" or nothing to tell, unless ``suppressed``.

    ``n`` is the count it is a statement about (None: hidden); ``rests_on`` are further counts that it would give away.
    """

    name: str
    value: float | None
    n: int | None
    low: float | None = None
    high: float | None = None
    rests_on: tuple[int, ...] = ()
    reveals: Reveals = Reveals.NOTHING
    suppressed: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """The curve from ``days`` on: share not ended, limits, at risk just before, ended on that day (None: not told)."""

    days: int
    survival: float
    low: float
    high: float
    at_risk: int
    events: int | None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: completed proceedings of one year (None: all years) and one way of ending them."""

    table: str
    year: int | None
    mode: str
    n: int | None
    cells: tuple[Indicator, ...]
    suppressed: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """What a figure says about one cohort."""

    indicators: tuple[Indicator, ...] = ()
    curve: SurvivalCurve | None = None
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A statistic over the spells of one clock; ``by_group`` false if it is given for the whole caseload alone."""

    name: str
    clock: ProcessClock
    measure: Callable[[Cohort], Measured]
    by_group: bool = True


@dataclass(frozen=True, slots=True)
class Curve:
    """A survival curve as it may be shown, known until ``last_day``.

    ``at_risk`` says how many were under observation after 0, 1, 2 ... years (None: not told).
    """

    clock: str
    points: tuple[Point, ...]
    at_risk: tuple[int | None, ...] = ()
    last_day: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """Everything told about one value of one dimension; counts are None where they are hidden.

    ``open`` still runs at the data date, ``completed`` ended by its event.
    """

    dimension: str
    value: str
    n: int | None
    open: int | None
    completed: int | None
    people: int | None = None
    indicators: tuple[Indicator, ...] = ()
    curves: tuple[Curve, ...] = ()
    suppressed: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """All figures as they are: for those who may see the cases behind them."""

    groups: tuple[Group, ...]
    rows: tuple[Row, ...]


def told(figures: Sequence[Figure], cohorts: Mapping[str, Cohort], dimension: str, value: str) -> tuple[Group, tuple[Row, ...]]:
    """Return what ``figures`` say about the cohorts (by name of their clock) of one group, and the rows of their tables.

    The group's own counts are those of the first-instance clock.
    """
    wanted = [figure for figure in figures if dimension == WHOLE or figure.by_group]
    measured = [(figure, figure.measure(cohorts.get(figure.clock.name, Cohort()))) for figure in wanted]
    counted = cohorts.get(FIRST_INSTANCE.name, Cohort())
    tally = counted.tally()
    group = Group(
        dimension=dimension,
        value=value,
        n=tally.n,
        open=tally.open,
        completed=tally.completed,
        people=len(counted.people) if counted.people else None,
        indicators=tuple(indicator for _, found in measured for indicator in found.indicators),
        curves=tuple(drawn(figure.clock.name, found.curve) for figure, found in measured if found.curve is not None),
    )
    return group, tuple(row for _, found in measured for row in found.rows)


def drawn(clock: str, curve: SurvivalCurve) -> Curve:
    """Return the curve of a clock with the numbers at risk at the start of each year."""
    last_day = curve.table[-1].days if curve.table else 0
    years = range(math.floor(last_day / DAYS_PER_YEAR) + 1)
    return Curve(clock, points(curve), tuple(curve.at_risk(round(year * DAYS_PER_YEAR)) for year in years), last_day)


def points(curve: SurvivalCurve) -> tuple[Point, ...]:
    """Return the curve's steps; before the first, everything is open from day 0 on."""
    told_steps = tuple(Point(step.days, step.survival, step.low, step.high, step.at_risk, step.events) for step in curve.steps)
    starts_at_once = bool(told_steps) and told_steps[0].days == 0
    return told_steps if starts_at_once else (Point(0, 1.0, 1.0, 1.0, curve.from_start, 0), *told_steps)
