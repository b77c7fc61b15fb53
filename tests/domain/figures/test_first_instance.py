"""The first-instance indicators: what each rests on, and the example of the documentation."""

import math

import pytest

from tracker.domain.clocks import Ending, LeftOut, Spell
from tracker.domain.figure import Cohort, Indicator, Reveals
from tracker.domain.figures.first_instance import FIGURE


def cohort(*spells: tuple[int, Ending]) -> Cohort:
    """Return proceedings of so many days, with exact dates."""
    found = Cohort()
    for days, ending in spells:
        found.add("TRIAL", Spell(days, ending, 0, 2020, 2021, 1 + (ending is Ending.EVENT), 0))
    return found


def indicators(of: Cohort) -> dict[str, Indicator]:
    """Return the indicators by name, without the clock's."""
    return {found.name.removeprefix("first_instance."): found for found in FIGURE.measure(of).indicators}


EXAMPLE = cohort(
    (200, Ending.EVENT), (300, Ending.CENSORED), (400, Ending.EVENT), (400, Ending.OPEN), (800, Ending.EVENT), (900, Ending.OPEN),
)  # fmt: skip


def test_example_of_the_documentation() -> None:
    """Three judged after 200, 400 and 800 days, one lost on day 300, two open on days 400 and 900."""
    found = indicators(EXAMPLE)
    assert {name: found[name].value for name in ("p25_days", "median_days", "p75_days")} == {
        "p25_days": 400,
        "median_days": 800,
        "p75_days": None,
    }
    assert found["open_share_1y"].value == pytest.approx(5 / 6)
    assert found["open_share_3y"].value == pytest.approx(0.3125)
    assert found["rmst_5y_days"].value == pytest.approx(200 + 200 * 5 / 6 + 400 * 0.625 + 1026 * 0.3125)
    assert found["mean_completed_days"].value == pytest.approx(1400 / 3)
    assert found["mean_completed_days"].n == 3
    assert found["open_share"].value == pytest.approx(2 / 6)
    spread = 1.959963984540054 * math.sqrt(1 / 30) / math.log(5 / 6)
    assert found["open_share_1y"].low == pytest.approx((5 / 6) ** math.exp(-spread))
    assert found["open_share_1y"].high == pytest.approx((5 / 6) ** math.exp(spread))


def test_every_indicator_is_there_even_of_nothing() -> None:
    """Without proceedings there are the same names, and no value but the counts."""
    empty = indicators(Cohort())
    assert empty.keys() == indicators(EXAMPLE).keys()
    assert {name for name, found in empty.items() if found.value is not None} == {
        "left_out_no_start", "left_out_end_before_start", "left_out_ended_unfollowed",
    }  # fmt: skip


def test_shares_name_the_counts_they_would_give_away() -> None:
    """A year on, one had ended and four were still at risk."""
    found = indicators(EXAMPLE)
    assert found["open_share_1y"].rests_on == (4, 1)
    assert found["open_share"].rests_on == (2, 4)
    assert found["open_share"].reveals is Reveals.OPEN
    assert found["mean_completed_days"].reveals is Reveals.COMPLETED


def test_imputed_share_is_of_dates() -> None:
    """Two proceedings, four dates, one of them a guess."""
    guessed = Cohort()
    guessed.add("TRIAL", Spell(10, Ending.EVENT, 0, 2020, 2020, 2, 1))
    guessed.add("TRIAL", Spell(11, Ending.EVENT, 0, 2020, 2020, 2, 0))
    guessed.add("TRIAL", LeftOut.NO_START)
    assert indicators(guessed)["imputed_share"].value == 0.25
    assert indicators(guessed)["left_out_no_start"].value == 1
