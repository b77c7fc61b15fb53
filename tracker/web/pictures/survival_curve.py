"""The picture of a survival curve: from points to places on paper, with nothing left to compute for the template."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.domain.clocks import DAYS_PER_YEAR
from tracker.domain.figure import Curve, Point

WIDTH, HEIGHT = 720, 380
LEFT, RIGHT, TOP, BOTTOM = 56, 16, 16, 84
LABEL_GAP = 20
RISK_LINE = HEIGHT - 14
SHARES = (0, 25, 50, 75, 100)
MOST_TICKS = 10


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: where its line runs, where its label stands, and what the label says."""

    x: float
    y: float
    label: str


@dataclass(frozen=True, slots=True)
class AtRisk:
    """How many are under observation at a year; ``count`` None where it is not told."""

    x: float
    y: float
    count: int | None


@dataclass(frozen=True, slots=True)
class Marker:
    """A time on the curve that is pointed at: a line down from it, at the share ``y``."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class SurvivalPicture:
    """Everything that the template draws, in user units of the view box ``0 0 width height``.

    ``line`` and ``band`` are path data (the band is empty without points); ``years`` are ticks on the time axis,
    ``shares`` on the other, in per cent; ``half`` is the height of one half, ``median`` the place where the curve
    falls to it.
    """

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    line: str
    band: str
    years: tuple[Tick, ...]
    shares: tuple[Tick, ...]
    at_risk: tuple[AtRisk, ...]
    half: float
    median: Marker | None


@dataclass(frozen=True, slots=True)
class _Scale:
    """From days and shares to places; ``until`` is the last day on paper."""

    until: float

    def x(self, days: float) -> float:
        """Return the place of a day, at most at the right edge."""
        return round(LEFT + min(days, self.until) / self.until * (WIDTH - LEFT - RIGHT), 1)

    def y(self, share: float) -> float:
        """Return the place of a share between 0 and 1."""
        return round(TOP + (1 - share) * (HEIGHT - TOP - BOTTOM), 1)


def survival_picture(curve: Curve, *, median_days: float | None = None) -> SurvivalPicture:
    """Return the picture of a curve, drawn as far as it is known; without points its axes are empty.

    ``median_days`` is the median to point at, if it was reached.
    """
    points = curve.points
    end = max(curve.last_day, points[-1].days if points else 0)
    years = max(1, math.ceil(end / DAYS_PER_YEAR))
    marks = range(0, years + 1, math.ceil(years / MOST_TICKS))
    scale = _Scale(until=years * DAYS_PER_YEAR)
    floor = HEIGHT - BOTTOM
    return SurvivalPicture(
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        right=WIDTH - RIGHT,
        top=TOP,
        bottom=floor,
        line=_path(_corners([(point.days, point.survival) for point in points], scale, end)) if points else "",
        band=_band(points, scale, end),
        years=tuple(Tick(scale.x(year * DAYS_PER_YEAR), floor + LABEL_GAP, str(year)) for year in marks),
        shares=tuple(Tick(LEFT, scale.y(share / 100), f"{share} %") for share in SHARES),
        at_risk=tuple(AtRisk(scale.x(year * DAYS_PER_YEAR), RISK_LINE, _at_risk(curve, year)) for year in marks),
        half=scale.y(0.5),
        median=Marker(scale.x(median_days), scale.y(0.5)) if points and median_days is not None else None,
    )


def _corners(steps: Sequence[tuple[int, float]], scale: _Scale, end: int) -> list[tuple[float, float]]:
    """Return the corners of a falling step function that begins at (0, everything) and is drawn until ``end``."""
    height = 1.0
    corners = [(scale.x(0), scale.y(height))]
    for days, share in steps:
        if share != height:
            corners += [(scale.x(days), scale.y(height)), (scale.x(days), scale.y(share))]
        height = share
    return [*corners, (scale.x(end), scale.y(height))]


def _path(corners: Sequence[tuple[float, float]]) -> str:
    return "M" + " L".join(f"{x:g} {y:g}" for x, y in corners)


def _band(points: Sequence[Point], scale: _Scale, end: int) -> str:
    if not points:
        return ""
    upper = _corners([(point.days, point.high) for point in points], scale, end)
    lower = _corners([(point.days, point.low) for point in points], scale, end)
    return _path([*upper, *reversed(lower)]) + " Z"


def _at_risk(curve: Curve, year: int) -> int | None:
    """Return the number at risk at a year; beyond the last observation nobody is, or it is not told any more."""
    if year < len(curve.at_risk):
        return curve.at_risk[year]
    return None if None in curve.at_risk[-1:] else 0
