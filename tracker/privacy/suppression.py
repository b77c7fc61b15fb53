"""Keep small numbers back: what leaves the circle of those who may see cases goes through `suppress`.

Done here: the threshold on every count and on whatever rests on it; further cells hidden until no hidden group can
be had by subtraction from the totals of its own table (and of the tables tied to it by an equal total); curves in
quarters, without the stretches where few are at risk.
Not done here: the proof by an exact solver over **all** published numbers at once (percentages, several breakdowns
together, earlier releases). Until that stands, nothing of this is a release: it is what staff without case access see.
Source: statistics.md, "Disclosure control"; domain.md section 6.
"""

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tracker.domain.clocks import DAYS_PER_YEAR
from tracker.domain.figure import WHOLE, Curve, Group, Indicator, Point, Report, Reveals, Row

THRESHOLD = 10
FLOOR = 5
QUARTER_DAYS = DAYS_PER_YEAR / 4
SHARE_DIGITS = 2

Key = Hashable


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """Figures fit for people without case access; only `suppress` makes one, and pages for them accept nothing else.

    Rows of ``withheld`` breakdowns are not even listed: their number alone would have told too much.
    """

    threshold: int
    groups: tuple[Group, ...]
    rows: tuple[Row, ...]
    withheld: frozenset[str]

    @property
    def mark(self) -> str:
        """What stands for a hidden count: fewer than the threshold, or hidden to protect such a one."""
        return f"<{self.threshold}"


@dataclass(frozen=True, slots=True)
class Line:
    """``total`` is the sum of ``parts``; with a ``breakdown`` name its parts may be withheld instead of its total hidden."""

    total: Key
    parts: tuple[Key, ...]
    breakdown: str | None = None


@dataclass(frozen=True, slots=True)
class Relations:
    """What the cells have to do with each other: sums, and ties (where the first is hidden, the second must be)."""

    lines: Sequence[Line]
    ties: Sequence[tuple[Key, Key]] = ()


def suppress(report: Report, threshold: int = THRESHOLD) -> PublishedTable:
    """Return ``report`` without small numbers, at ``threshold`` people and proceedings.

    Raises:
        ValueError: the threshold is below the floor of 5.
    """
    if threshold < FLOOR:
        raise ValueError("the disclosure threshold must be at least 5")
    counts = _counts(report)
    small = {key for key, count in counts.items() if is_small(count, threshold)}
    small |= {("n", *_named(group)) for group in report.groups if is_small(group.people, threshold)}
    hidden, withheld = protected(counts, small, Relations(_lines(report), _ties(report)), threshold)
    return PublishedTable(
        threshold=threshold,
        groups=tuple(_group(group, hidden, threshold) for group in report.groups if group.dimension not in withheld),
        rows=tuple(_row(row, hidden, threshold) for row in report.rows if row.year is None or row.mode not in withheld),
        withheld=withheld,
    )


def is_small(count: int | None, threshold: int) -> bool:
    """Tell whether a count would point at single people; nobody at all does not."""
    return count is not None and 0 < count < threshold


def protected(
    counts: Mapping[Key, int], small: Iterable[Key], relations: Relations, threshold: int
) -> tuple[frozenset[Key], frozenset[str]]:
    """Return the cells to hide and the breakdowns to withhold.

    Hidden are the ``small`` cells, what is tied to a hidden cell, and then, smallest first, others of a line until
    each of its hidden parts could be anything in a range at least ``threshold`` wide.
    """
    hidden, withheld = set(small), set[str]()
    while True:
        before = len(hidden) + len(withheld)
        hidden |= {second for first, second in relations.ties if first in hidden}
        for line in relations.lines:
            if line.breakdown not in withheld and _tells(line, counts, hidden, threshold):
                _close(line, counts, hidden, withheld)
        if len(hidden) + len(withheld) == before:
            return frozenset(hidden), frozenset(withheld)


def _tells(line: Line, counts: Mapping[Key, int], hidden: set[Key], threshold: int) -> bool:
    """Tell whether a hidden cell of ``line`` follows from the shown ones, to within less than ``threshold``."""
    parts = [part for part in line.parts if part in hidden]
    if line.total in hidden:
        return not parts and bool(line.parts)
    return bool(parts) and (len(parts) == 1 or sum(counts[part] for part in parts) - len(parts) < threshold)


def _close(line: Line, counts: Mapping[Key, int], hidden: set[Key], withheld: set[str]) -> None:
    """Hide the smallest shown part; where there is none left, withhold the breakdown or hide the total."""
    shown = [part for part in line.parts if part not in hidden and counts[part]]
    if shown:
        hidden.add(min(shown, key=lambda part: counts[part]))
    elif line.breakdown is not None:
        withheld.add(line.breakdown)
    else:
        hidden.add(line.total)


def _named(group: Group) -> tuple[str, str]:
    return group.dimension, group.value


def _counts(report: Report) -> dict[Key, int]:
    counts: dict[Key, int] = {}
    for group in report.groups:
        counts["n", *_named(group)] = group.n or 0
        counts["open", *_named(group)] = group.open or 0
        counts["completed", *_named(group)] = group.completed or 0
        counts["rest", *_named(group)] = (group.n or 0) - (group.open or 0)
        counts["censored", *_named(group)] = (group.n or 0) - (group.open or 0) - (group.completed or 0)
    for row in report.rows:
        counts["row", row.mode, row.year] = row.n or 0
    return counts


def _ties(report: Report) -> list[tuple[Key, Key]]:
    """A hidden group hides its counts; what is open follows from the rest, and what was lost from what is completed."""
    follows = (("n", "open"), ("open", "rest"), ("rest", "open"), ("open", "completed"), ("censored", "completed"))
    return [((first, *name), (second, *name)) for name in map(_named, report.groups) for first, second in follows]


def _lines(report: Report) -> list[Line]:
    whole = (WHOLE, WHOLE)
    lines = []
    for dimension in sorted({group.dimension for group in report.groups} - {WHOLE}):
        names = [_named(group) for group in report.groups if group.dimension == dimension]
        lines += [
            Line((count, *whole), tuple((count, *name) for name in names), dimension if count == "n" else None)
            for count in ("n", "open", "completed")
        ]
    modes = sorted({row.mode for row in report.rows})
    for mode in modes:
        years = tuple(("row", mode, row.year) for row in report.rows if row.mode == mode and row.year is not None)
        lines.append(Line(("row", mode, None), years, mode))
    if modes:
        lines.append(Line(("completed", *whole), tuple(("row", mode, None) for mode in modes)))
    return [*lines, *_equal_totals(report)]


def _equal_totals(report: Report) -> Iterable[Line]:
    """Plea agreements are counted twice: as a row of the table, and as a group where cases are told by disposition mode."""
    pleas = ("row", "plea_agreement", None)
    for group in report.groups:
        if _named(group) == ("disposition_mode", "PLEA_AGREEMENT") and pleas in {("row", row.mode, row.year) for row in report.rows}:
            yield Line(pleas, (("completed", *_named(group)),))


def _group(group: Group, hidden: frozenset[Key], threshold: int) -> Group:
    name = _named(group)
    if ("n", *name) in hidden:
        gone = tuple(_withheld(indicator) for indicator in group.indicators)
        return Group(group.dimension, group.value, None, None, None, indicators=gone, suppressed=True)
    gone_with = {Reveals.OPEN: ("open", *name) in hidden, Reveals.COMPLETED: ("completed", *name) in hidden}
    gone_with[Reveals.PART] = group.dimension != WHOLE
    return replace(
        group,
        open=None if gone_with[Reveals.OPEN] else group.open,
        completed=None if gone_with[Reveals.COMPLETED] else group.completed,
        people=None,
        indicators=tuple(
            _withheld(indicator) if gone_with.get(indicator.reveals) else _indicator(indicator, threshold) for indicator in group.indicators
        ),
        curves=tuple(_curve(curve, threshold) for curve in group.curves),
    )


def _indicator(indicator: Indicator, threshold: int) -> Indicator:
    if is_small(indicator.n, threshold):
        return _withheld(indicator)
    if any(is_small(count, threshold) for count in indicator.rests_on):
        return replace(_withheld(indicator), n=indicator.n)
    return replace(indicator, rests_on=())


def _withheld(indicator: Indicator) -> Indicator:
    return Indicator(indicator.name, None, None, suppressed=True)


def _row(row: Row, hidden: frozenset[Key], threshold: int) -> Row:
    if ("row", row.mode, row.year) in hidden:
        return replace(row, n=None, cells=tuple(_withheld(cell) for cell in row.cells), suppressed=True)
    cells = (_withheld(cell) if any(is_small(count, threshold) for count in cell.rests_on) else cell for cell in row.cells)
    return replace(row, cells=tuple(replace(cell, rests_on=()) for cell in cells))


def _curve(curve: Curve, threshold: int) -> Curve:
    points = coarse(curve.points, threshold)
    at_risk = tuple(_floor(count, threshold) for count in curve.at_risk)
    return Curve(curve.clock, points, at_risk, points[-1].days if points else 0)


def _floor(count: int | None, threshold: int) -> int | None:
    """Return a number at risk rounded down to a multiple of the threshold; nothing for less than that."""
    return None if count is None or count < threshold else count // threshold * threshold


def coarse(points: Sequence[Point], threshold: int) -> tuple[Point, ...]:
    """Return a curve with one point a quarter (91.3 days, at its end), where at least ``threshold`` are at risk.

    Shares are rounded to whole per cents, numbers at risk down to multiples of the threshold; events are not told.
    """
    quarters: dict[int, Point] = {}
    for point in points:
        if point.at_risk >= threshold:
            quarters[math.ceil(point.days / QUARTER_DAYS)] = point
    return tuple(
        Point(
            days=round(quarter * QUARTER_DAYS),
            survival=round(point.survival, SHARE_DIGITS),
            low=round(point.low, SHARE_DIGITS),
            high=round(point.high, SHARE_DIGITS),
            at_risk=point.at_risk // threshold * threshold,
            events=None,
        )
        for quarter, point in quarters.items()
    )
