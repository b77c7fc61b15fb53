"""What the timeline consists of, with coordinates.

Across, a position is a share of the drawing's width (0 to 1), so that it stretches to any screen; down, it is in
pixels.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.codes.protection import MeasureKind
from tracker.domain.phases import Phase
from tracker.web.pictures.marks import Happening, Mark
from tracker.web.pictures.measures import SpanKind


class LaneKind(StrEnum):
    """What a lane is about."""

    COURT = "court"
    VICTIM = "victim"
    MEASURE = "measure"


@dataclass(frozen=True, slots=True)
class Lane:
    """One row from ``top``, ``height`` pixels high; ``levels`` is how many marks it may hold one above the other."""

    kind: LaneKind
    top: int
    height: int
    levels: int = 1
    victim: str | None = None
    measure: MeasureKind | None = None


@dataclass(frozen=True, slots=True)
class Tick:
    """The first day of a year or month; some carry a label."""

    x: float
    on: date
    is_year: bool
    has_label: bool


@dataclass(frozen=True, slots=True)
class Band:
    """One phase of the proceeding, behind everything."""

    x: float
    width: float
    phase: Phase
    since: date
    until: date | None
    has_label: bool
    is_shaded: bool


@dataclass(frozen=True, slots=True)
class Point:
    """One mark; ``victim`` is whose lane it is in."""

    x: float
    y: float
    happening: Happening
    victim: str | None = None
    measure: MeasureKind | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """One stretch of a measure."""

    x: float
    width: float
    y: float
    kind: SpanKind
    victim: str
    measure: MeasureKind
    since: date | None
    until: date | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class Link:
    """From a hearing to the one that it was moved to."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole picture; ``least_width`` is one of `WIDTHS`, ``today`` a share of the width (``None``: beyond the end)."""

    start: date
    end: date
    least_width: int
    height: int
    today: float | None
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    bands: tuple[Band, ...]
    bars: tuple[Bar, ...]
    points: tuple[Point, ...]
    links: tuple[Link, ...]

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks that occur in it, in the order of the legend."""
        used = {point.happening.mark for point in self.points}
        return tuple(mark for mark in Mark if mark in used)

    @property
    def spans(self) -> tuple[SpanKind, ...]:
        """The kinds of bar that occur in it."""
        used = {bar.kind for bar in self.bars}
        return tuple(kind for kind in SpanKind if kind in used)
