"""Tests of the time axis."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.facts import DATES, day
from tracker.web.pictures.scale import LEAST_SPAN, WIDTHS, spanning, ticks


@given(st.tuples(DATES, DATES).map(sorted), DATES)
def test_every_day_has_a_place(ends: list[object], on: object) -> None:
    """Shares lie between 0 and 1, grow with time, and both ends keep a margin."""
    first, last = ends
    scale = spanning(first, last)  # type: ignore[arg-type]

    assert 0 < scale.share(first) <= scale.share(last) < 1  # type: ignore[arg-type]
    assert 0 <= scale.share(on) <= 1  # type: ignore[arg-type]
    assert scale.least_width in WIDTHS


def test_a_single_day_gets_half_a_year() -> None:
    """One fact alone is still a picture."""
    scale = spanning(day("2026-11-23"), day("2026-11-23"))

    assert scale.end - scale.start >= LEAST_SPAN


@pytest.mark.parametrize(("years", "width"), [(1, 640), (4, 640), (5, 880), (8, 1440), (30, 2000)])
def test_long_cases_are_drawn_wider(years: int, width: int) -> None:
    """Up to a limit that a person can still scroll."""
    assert spanning(day("1996-01-01"), day("1996-01-01") + timedelta(days=365 * years)).least_width == width


@pytest.mark.parametrize(("months", "steps"), [(6, {1}), (30, {3}), (240, {12})])
def test_ticks_are_as_fine_as_there_is_room(months: int, steps: set[int]) -> None:
    """Months, quarters or years alone."""
    scale = spanning(day("2006-02-01"), day("2006-02-01") + timedelta(days=30 * months))
    firsts = [tick.on.month for tick in ticks(scale, None)]

    assert {(month - 1) % min(steps) for month in firsts} == {0}
    assert all(tick.is_year == (tick.on.month == 1) for tick in ticks(scale, None))


def test_labels_give_way() -> None:
    """Beside the plate of today, and just before a new year, a month stays nameless."""
    scale = spanning(day("2026-01-10"), day("2027-06-30"))
    today = scale.share(day("2026-10-01"))
    labelled = {tick.on for tick in ticks(scale, today) if tick.has_label}

    assert day("2026-10-01") not in labelled
    assert day("2026-07-01") in labelled
    assert day("2026-10-01") in {tick.on for tick in ticks(scale, None) if tick.has_label}
