"""The picture of a survival curve: everything lies on paper, and where it should."""

import re

from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.figure import Curve, Point, drawn
from tracker.domain.survival import Observed, product_limit
from tracker.web.pictures.survival_curve import survival_picture

NUMBERS = re.compile(r"-?\d+(?:\.\d+)?")
YEAR = 365.25


def corners(path: str) -> list[tuple[float, float]]:
    """Return the corners of path data."""
    numbers = [float(number) for number in NUMBERS.findall(path)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def test_curve_falls_in_stairs_from_the_upper_left() -> None:
    """Two of two open, one judged after a year, the other open after two: half way down in the middle."""
    curve = Curve("first_instance", (Point(0, 1, 1, 1, 2, 0), Point(365, 0.5, 0.1, 0.9, 2, 1)), (2, 1, 1), 730)
    picture = survival_picture(curve, median_days=365)
    (first, second, third, last) = corners(picture.line)
    assert first == (picture.left, picture.top)
    assert second == (third[0], picture.top)
    assert third[1] == last[1] == picture.half
    assert abs(third[0] - (picture.left + picture.right) / 2) < 1
    assert abs(last[0] - picture.right) < 1
    assert picture.median is not None
    assert (picture.median.x, picture.median.y) == third


def test_band_encloses_the_line() -> None:
    """It runs along the upper limits and back along the lower ones, and is closed."""
    curve = Curve("first_instance", (Point(0, 1, 1, 1, 2, 0), Point(365, 0.5, 0.25, 0.75, 2, 1)), (2, 1, 1), 730)
    picture = survival_picture(curve)
    assert picture.band.endswith(" Z")
    heights = [y for _, y in corners(picture.band)]
    assert min(heights) == picture.top
    assert max(heights) == picture.bottom - 0.25 * (picture.bottom - picture.top)
    assert picture.median is None


def test_axes_are_years_and_shares() -> None:
    """Years from 0 on, at most about ten labels; shares from nothing to all."""
    for years in (1, 3, 10, 11, 40):
        curve = Curve("first_instance", (Point(0, 1, 1, 1, 2, 0), Point(round(years * YEAR) - 1, 0.5, 0.1, 0.9, 2, 1)), (), 0)
        picture = survival_picture(curve)
        labels = [int(tick.label) for tick in picture.years]
        assert labels[0] == 0
        assert len(labels) <= 11
        assert years - labels[-1] < labels[1] - labels[0]
        assert [tick.label for tick in picture.shares] == ["0 %", "25 %", "50 %", "75 %", "100 %"]


def test_numbers_at_risk_stand_below_the_years() -> None:
    """A number that is not told stays empty; beyond the last observation nobody is at risk."""
    curve = Curve("first_instance", (Point(0, 1, 1, 1, 30, None), Point(900, 0.5, 0.1, 0.9, 10, None)), (30, 20, None), 900)
    picture = survival_picture(curve)
    assert [(mark.x, mark.count) for mark in picture.at_risk] == list(
        zip([tick.x for tick in picture.years], [30, 20, None, None], strict=True)
    )
    told = Curve("first_instance", curve.points, (30, 20, 15), 900)
    assert [mark.count for mark in survival_picture(told).at_risk] == [30, 20, 15, 0]


def test_no_points_give_empty_axes() -> None:
    """A hidden or empty curve is no line at the top."""
    picture = survival_picture(Curve("first_instance", ()), median_days=3)
    assert (picture.line, picture.band, picture.median) == ("", "", None)
    assert [tick.label for tick in picture.years] == ["0", "1"]


lengths = st.dictionaries(st.builds(Observed, st.integers(0, 9000), st.booleans(), st.just(0)), st.integers(1, 5), max_size=30)


@given(lengths)
def test_everything_lies_on_paper(sample: dict[Observed, int]) -> None:
    """Whatever the data, no coordinate leaves the frame, and the line never goes back or up."""
    picture = survival_picture(drawn("first_instance", product_limit(sample)))
    for x, y in corners(picture.line) + corners(picture.band):
        assert picture.left <= x <= picture.right
        assert picture.top <= y <= picture.bottom
    line = corners(picture.line)
    assert [x for x, _ in line] == sorted(x for x, _ in line)
    assert [y for _, y in line] == sorted(y for _, y in line)
    assert all(picture.left <= tick.x <= picture.right for tick in picture.years)
