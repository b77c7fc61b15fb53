"""The table of completed proceedings: bands to the day, plea agreements apart."""

import pytest

from tracker.domain.clocks import Ending, Spell
from tracker.domain.figure import Cohort, Row
from tracker.domain.figures.astra_bands import FIGURE


def rows(*spells: tuple[str, int, int, Ending]) -> tuple[Row, ...]:
    """Return the table of (mode, days, year of the end, ending)."""
    cohort = Cohort()
    for mode, days, year, ending in spells:
        cohort.add(mode, Spell(days, ending, 0, 2010, year, 2, 0))
    return FIGURE.measure(cohort).rows


def cells(row: Row) -> dict[str, float | None]:
    """Return a row's numbers by name."""
    return {cell.name: cell.value for cell in row.cells}


@pytest.mark.parametrize(
    ("days", "band"),
    [(0, 0), (364, 0), (365, 0), (366, 1), (1094, 1), (1095, 1), (1096, 2)],
)
def test_bands_end_on_the_day(days: int, band: int) -> None:
    """Up to 365 days, up to 1095, more."""
    found = cells(rows(("TRIAL", days, 2020, Ending.EVENT))[0])
    assert [found[name] for name in ("share_up_to_365", "share_366_to_1095", "share_over_1095")] == [
        float(place == band) for place in range(3)
    ]


def test_only_completed_ones_count() -> None:
    """Open and lost ones are not in it."""
    assert rows(("TRIAL", 10, 2020, Ending.OPEN), ("TRIAL", 10, 2020, Ending.CENSORED)) == ()


def test_rows_by_year_then_all_years_pleas_last() -> None:
    """Unknown and other modes stand with the trials."""
    found = rows(
        ("PLEA_AGREEMENT", 1, 2021, Ending.EVENT), ("UNKNOWN", 400, 2021, Ending.EVENT), ("TRIAL", 100, 2020, Ending.EVENT),
        ("TRIAL", 1300, 2021, Ending.EVENT),
    )  # fmt: skip
    assert [(row.mode, row.year, row.n) for row in found] == [
        ("trial", 2020, 1), ("trial", 2021, 2), ("trial", None, 3), ("plea_agreement", 2021, 1), ("plea_agreement", None, 1),
    ]  # fmt: skip
    assert cells(found[2]) == {
        "share_up_to_365": pytest.approx(1 / 3),
        "share_366_to_1095": pytest.approx(1 / 3),
        "share_over_1095": pytest.approx(1 / 3),
        "mean_days": 600,
        "shortest_days": 100,
        "longest_days": 1300,
    }
    assert found[0].cells[0].rests_on == (1, 0, 0)
