"""From days to places: the time axis of a picture."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.domain.clocks import DAYS_PER_YEAR
from tracker.web.pictures.shapes import Tick

WIDTHS = (640, 880, 1120, 1440, 2000)
"""Least widths in pixels from which a picture picks one; the style sheet knows each by name."""
PIXELS_A_YEAR = 150
YEAR_LABEL = 40
TODAY_PLATE = 30
QUARTER_LABEL = 44
LEAST_SPAN = timedelta(days=180)
MARGIN_BEFORE = 0.015
MARGIN_AFTER = 0.03
MONTHS = 12
QUARTER = 3


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear axis from ``start`` to ``end``, drawn at least ``least_width`` pixels wide."""

    start: date
    end: date
    least_width: int

    def share(self, on: date) -> float:
        """Return where a day lies, 0 to 1; days beyond an end lie on it."""
        return round(min(1.0, max(0.0, (on - self.start).days / (self.end - self.start).days)), 5)

    def pixels(self, share: float) -> float:
        """Return what a share of the width measures at least."""
        return share * self.least_width


def spanning(first: date, last: date) -> Scale:
    """Return the axis that shows both days with a margin, half a year at least, wide enough for its years."""
    span = max(last - first, LEAST_SPAN)
    start, end = first - span * MARGIN_BEFORE, last + span * MARGIN_AFTER
    end = max(end, start + LEAST_SPAN)
    wanted = PIXELS_A_YEAR * (end - start).days / DAYS_PER_YEAR
    return Scale(start, end, next((each for each in WIDTHS if each >= wanted), WIDTHS[-1]))


def ticks(scale: Scale, today: float | None) -> tuple[Tick, ...]:
    """Return years, and quarters or months where there is room; a label gives way to a year's and to that of ``today``."""
    pixels_a_month = scale.pixels(DAYS_PER_YEAR / MONTHS / (scale.end - scale.start).days)
    step = 1 if pixels_a_month >= QUARTER_LABEL else QUARTER if pixels_a_month * QUARTER >= QUARTER_LABEL else MONTHS
    firsts = [(on, scale.share(on)) for on in _months(scale) if (on.month - 1) % step == 0]
    years = [x for on, x in firsts if on.month == 1]
    return tuple(Tick(x, on, is_year=on.month == 1, has_label=_has_room(scale, x, years, today)) for on, x in firsts)


def _has_room(scale: Scale, x: float, years: Sequence[float], today: float | None) -> bool:
    before_a_year = any(0 < scale.pixels(year - x) <= YEAR_LABEL for year in years)
    beside_today = today is not None and -YEAR_LABEL - TODAY_PLATE < scale.pixels(x - today) < TODAY_PLATE
    return not before_a_year and not beside_today and scale.pixels(1 - x) > TODAY_PLATE


def _months(scale: Scale) -> Iterator[date]:
    year, month = scale.start.year, scale.start.month
    while (on := date(year, month, 1)) <= scale.end:
        if on >= scale.start:
            yield on
        year, month = (year, month + 1) if month < MONTHS else (year + 1, 1)
