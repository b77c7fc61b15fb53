"""Kaplan-Meier: how long things take when many of them are not over yet.

Source: Kaplan and Meier 1958 (product-limit estimate), Greenwood 1926 (variance), Kalbfleisch and Prentice 2002,
section 1.4 (log(-log) limits), Brookmeyer and Crowley 1982 (limits of quantiles); statistics.md, "Length indicators".
"""

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from statistics import NormalDist
from typing import NamedTuple

CONFIDENCE = 0.95
Z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
ROUNDING = 1e-12
"""How far a product of fractions may miss the exact share: 0.9 x 8/9 x ... must count as one half where it is."""


class Observed(NamedTuple):
    """One length in days; ``ended`` false if it was still running then; at risk after day ``entry``, or from the start if that is 0."""

    days: int
    ended: bool
    entry: int = 0


class Estimate(NamedTuple):
    """A value with its 95 % limits; None means not reached (of a time) or nothing to estimate from."""

    value: float | None
    low: float | None = None
    high: float | None = None


class Step(NamedTuple):
    """The curve from ``days`` on, until the next step; ``remaining`` are under observation after that day."""

    days: int
    survival: float
    low: float
    high: float
    at_risk: int
    events: int
    remaining: int


@dataclass(frozen=True)
class SurvivalCurve:
    """The share not yet ended, as a step function of days; ``table`` has one row a day on which anything happened."""

    n: int
    from_start: int
    table: tuple[Step, ...]

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The rows in which something ended."""
        return tuple(step for step in self.table if step.events)

    @cached_property
    def _days(self) -> list[int]:
        return [step.days for step in self.table]

    def at(self, days: int) -> Estimate:
        """Return the share not ended by ``days`` (what ends on that very day has ended).

        Beyond the last observation the curve keeps its last value; look at `at_risk` before you believe it.
        """
        if not self.table:
            return Estimate(None)
        row = bisect_right(self._days, days)
        return Estimate(*self.table[row - 1][1:4]) if row else Estimate(1.0, 1.0, 1.0)

    def at_risk(self, days: int) -> int:
        """Return how many are at risk of ending on ``days``: seen since before, and not ended before."""
        row = bisect_right(self._days, days)
        if not row:
            return self.from_start
        last = self.table[row - 1]
        return last.at_risk if last.days == days else last.remaining

    def events_until(self, days: int) -> int:
        """Return how many had ended by ``days``."""
        return sum(step.events for step in self.steps if step.days <= days)

    def quantile(self, share: float) -> Estimate:
        """Return the days after which ``share`` have ended: the smallest t with S(t) <= 1 - share, or not reached."""
        left = 1 - share + ROUNDING
        return Estimate(
            value=next((step.days for step in self.steps if step.survival <= left), None),
            low=next((step.days for step in self.steps if step.low <= left), None),
            high=next((step.days for step in self.steps if step.high <= left), None),
        )

    def restricted_mean(self, until: int) -> float | None:
        """Return the mean days within the first ``until``: the area under the curve from 0 to there."""
        if not self.table:
            return None
        area, since, height = 0.0, 0, 1.0
        for step in self.steps:
            if step.days >= until:
                break
            area, since, height = area + height * (step.days - since), step.days, step.survival
        return area + height * (until - since)


def product_limit(lengths: Mapping[Observed, int]) -> SurvivalCurve:
    """Return the Kaplan-Meier curve of ``lengths`` (how often each was seen), with delayed entry.

    On one day the events happen first, then the censored leave, then who is followed from that day on enters.
    Where S is 1 or 0 both limits are S.

    Raises:
        ValueError: a length ended by the day on which its observation began, so it was never at risk.
    """
    entering: Counter[int] = Counter()
    ending: Counter[int] = Counter()
    leaving: Counter[int] = Counter()
    for (days, ended, entry), times in lengths.items():
        if entry and entry >= days:
            raise ValueError("a length must not end before its observation begins")
        entering[entry] += times
        leaving[days] += times
        if ended:
            ending[days] += times
    from_start = at_risk = entering.pop(0, 0)
    survival, variance, table = 1.0, 0.0, []
    for day in sorted(entering.keys() | leaving.keys()):
        events, remaining = ending[day], at_risk - leaving[day] + entering[day]
        if events:
            survival *= (at_risk - events) / at_risk
            variance += events / (at_risk * (at_risk - events)) if events < at_risk else 0.0
        table.append(Step(day, survival, *_limits(survival, variance), at_risk, events, remaining))
        at_risk = remaining
    return SurvivalCurve(sum(lengths.values()), from_start, tuple(table))


def _limits(survival: float, variance: float) -> tuple[float, float]:
    if survival in (0.0, 1.0):
        return survival, survival
    hazard = -math.log(survival)
    spread = Z * math.sqrt(variance) / hazard
    centre = math.log(hazard)
    return math.exp(-math.exp(centre + spread)), math.exp(-math.exp(centre - spread))
