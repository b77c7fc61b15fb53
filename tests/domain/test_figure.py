"""Cohorts and what is told of them; every file of figures exports one."""

from tracker.discovery import discover, module_names
from tracker.domain.clocks import FIRST_INSTANCE, Ending, LeftOut, Spell
from tracker.domain.figure import WHOLE, Cohort, Figure, Indicator, Measured, Point, Tally, drawn, points, told
from tracker.domain.survival import Observed, product_limit

FIGURES = "tracker.domain.figures"


def test_every_file_exports_a_figure_with_its_source() -> None:
    """Named like its file, and telling where its definition comes from."""
    found = discover(FIGURES, "FIGURE", Figure)
    assert tuple(figure.name for figure in found) == module_names(FIGURES)
    for name in module_names(FIGURES):
        assert "Source:" in (__import__(f"{FIGURES}.{name}", fromlist=["FIGURE"]).__doc__ or "")


def test_cohort_counts_by_mode_and_ending() -> None:
    """Left-out proceedings are counted apart."""
    cohort = Cohort()
    cohort.add("TRIAL", Spell(10, Ending.EVENT, 0, 2020, 2020, 2, 0))
    cohort.add("PLEA_AGREEMENT", Spell(10, Ending.EVENT, 0, 2020, 2020, 2, 0))
    cohort.add("TRIAL", Spell(12, Ending.OPEN, 3, 2020, 2020, 1, 0))
    cohort.add("TRIAL", LeftOut.NO_START)
    assert cohort.tally() == Tally(n=3, open=1, completed=2, completed_days=20, dates=5, imputed=0)
    assert cohort.lengths() == {Observed(10, ended=True, entry=0): 2, Observed(12, ended=False, entry=3): 1}
    assert cohort.left_out[LeftOut.NO_START] == 1


def test_cohorts_can_be_counted_together() -> None:
    """The whole is what its parts counted."""
    whole, part = Cohort(), Cohort()
    part.add("TRIAL", Spell(10, Ending.EVENT, 0, 2020, 2020, 2, 0))
    part.add("TRIAL", LeftOut.NO_START)
    part.people.add("X")
    for _ in range(2):
        whole.include(part)
    assert (whole.tally().n, whole.left_out[LeftOut.NO_START], whole.people) == (2, 2, {"X"})
    assert part.tally().n == 1


def test_figures_for_the_whole_alone_are_not_told_of_groups() -> None:
    """And a group without proceedings is told as such."""
    everywhere = Figure("a", FIRST_INSTANCE, lambda cohort: Measured((Indicator("a.n", cohort.tally().n, 0),)))
    whole_only = Figure("b", FIRST_INSTANCE, lambda _: Measured((Indicator("b.n", 1, 1),)), by_group=False)
    whole, _ = told([everywhere, whole_only], {}, WHOLE, WHOLE)
    group, _ = told([everywhere, whole_only], {}, "court", "x")
    assert [found.name for found in whole.indicators] == ["a.n", "b.n"]
    assert [found.name for found in group.indicators] == ["a.n"]
    assert (group.n, group.open, group.completed, group.people) == (0, 0, 0, None)


def test_curve_starts_on_day_0_once() -> None:
    """With everything open, or with what ended on the very day."""
    later, at_once = product_limit({Observed(5, ended=True): 2}), product_limit({Observed(0, ended=True): 1, Observed(5, ended=False): 1})
    assert points(later) == (Point(0, 1.0, 1.0, 1.0, 2, 0), Point(5, 0.0, 0.0, 0.0, 2, 2))
    assert [(point.days, point.survival) for point in points(at_once)] == [(0, 0.5)]


def test_numbers_at_risk_are_told_at_the_start_of_each_year() -> None:
    """As far as anything is known."""
    curve = drawn(
        "first_instance", product_limit({Observed(364, ended=True): 1, Observed(366, ended=False): 2, Observed(800, ended=False): 1})
    )
    assert (curve.at_risk, curve.last_day) == ((4, 3, 1), 800)
    assert drawn("first_instance", product_limit({})).at_risk == (0,)
