"""Disclosure control: what is small is hidden, and stays hidden from whoever can subtract."""

import ast
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tracker
from tracker.domain.clocks import Ending, Spell
from tracker.domain.codes.proceeding import DispositionMode
from tracker.domain.figure import WHOLE, Cohort, Group, Indicator, Point, Report, Reveals, Row, told
from tracker.domain.figures import astra_bands, first_instance
from tracker.privacy.suppression import Key, Line, Relations, coarse, is_small, protected, suppress

T = 10
FIGURES = (astra_bands.FIGURE, first_instance.FIGURE)


def group(value: str, n: int, *, dimension: str = "court", still_open: int = 0, people: int | None = None) -> Group:
    """Return a group of ``n`` proceedings."""
    return Group(dimension, value, n, still_open, n - still_open, people)


def report(*sizes: int, people: int | None = None) -> Report:
    """Return the whole and one group a size."""
    parts = [group(str(place), size) for place, size in enumerate(sizes)]
    return Report((group(WHOLE, sum(sizes), dimension=WHOLE, people=people), *parts), ())


def shown(*sizes: int) -> list[int | None]:
    """Return what is shown of the groups' sizes; a withheld breakdown shows nothing."""
    return [found.n for found in suppress(report(*sizes)).groups[1:]]


@pytest.mark.parametrize(("count", "small"), [(0, False), (1, True), (9, True), (10, False), (11, False), (None, False)])
def test_threshold(count: int | None, *, small: bool) -> None:
    """One to nine are few; nobody and ten are not."""
    assert is_small(count, T) is small


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ((30, 20), [30, 20]),
        ((30, 10), [30, 10]),
        ((30, 9, 20), [30, None, None]),
        ((30, 1, 2, 20), [30, None, None, None]),
        ((30, 8, 7, 20), [30, None, None, 20]),
        ((30, 0, 20), [30, 0, 20]),
        ((9,), [None]),
        ((9, 3, 12), [None, None, 12]),
        ((8, 2), []),
    ],
    ids=str,
)
def test_groups_that_could_be_had_by_subtraction_are_hidden_too(sizes: tuple[int, ...], expected: list[int | None]) -> None:
    """A small group takes others with it, the smallest first; a breakdown that cannot be saved is withheld whole."""
    assert shown(*sizes) == expected


def test_hidden_group_tells_nothing() -> None:
    """No count, no indicator, no curve is left of it."""
    hidden = suppress(told_report(Counter({WHOLE: 40, "a": 31, "b": 9}))).groups[2]
    assert (hidden.n, hidden.open, hidden.completed, hidden.people, hidden.curves) == (None, None, None, None, ())
    assert hidden.suppressed
    assert all(found == Indicator(found.name, None, None, suppressed=True) for found in hidden.indicators)


def told_report(sizes: Counter[str]) -> Report:
    """Return a real report: ``sizes`` proceedings, judged one a day from day 100 on, none of them a plea."""
    groups: list[Group] = []
    rows: tuple[Row, ...] = ()
    for value, size in sizes.items():
        cohort = Cohort()
        for number in range(size):
            cohort.add(DispositionMode.TRIAL, Spell(100 + number, Ending.EVENT, 0, 2020, 2020, 2, 0))
        found, table = told(FIGURES, {"first_instance": cohort}, WHOLE if value == WHOLE else "court", value)
        groups.append(found)
        rows = rows or table
    return Report(tuple(groups), rows)


def test_whole_below_the_threshold_is_hidden() -> None:
    """Nine proceedings in all give no figure at all."""
    published = suppress(told_report(Counter({WHOLE: 9})))
    assert published.groups[0].n is None
    assert all(row.n is None for row in published.rows)
    assert published.mark == "<10"


def test_threshold_has_a_floor() -> None:
    """Nobody may set it below five."""
    assert suppress(report(20), 5).threshold == 5
    with pytest.raises(ValueError, match="at least 5"):
        suppress(report(20), 4)


@pytest.mark.parametrize(("people", "hidden"), [(9, True), (10, False), (None, False)])
def test_people_count_not_proceedings_alone(people: int | None, *, hidden: bool) -> None:
    """Twenty proceedings about nine people are about nine people."""
    assert (suppress(report(20, people=people)).groups[0].n is None) is hidden


def test_open_ones_cannot_be_had_from_the_completed() -> None:
    """Three open ones of thirty would follow from twenty-seven completed ones."""
    whole = Group(WHOLE, WHOLE, 30, 3, 27)
    published = suppress(Report((whole,), ())).groups[0]
    assert (published.n, published.open, published.completed) == (30, None, None)


def test_few_lost_from_sight_cannot_be_had_from_the_completed() -> None:
    """One of forty is neither open nor completed: the completed number is hidden, the open one may stay."""
    indicators = (Indicator("mean", 1.0, 23, reveals=Reveals.COMPLETED), Indicator("share", 0.4, 40, reveals=Reveals.OPEN))
    published = suppress(Report((Group(WHOLE, WHOLE, 40, 16, 23, indicators=indicators),), ())).groups[0]
    assert (published.n, published.open, published.completed) == (40, 16, None)
    assert [found.suppressed for found in published.indicators] == [True, False]


def test_open_ones_of_one_group_cannot_be_had_from_the_others() -> None:
    """Where one group's open ones are hidden, so are another's."""
    whole, first, second = (Group(WHOLE, WHOLE, 90, 43, 47), Group("court", "a", 30, 3, 27), Group("court", "b", 60, 40, 20))
    published = suppress(Report((whole, first, second), ()))
    assert [found.open for found in published.groups] == [43, None, None]
    assert [found.n for found in published.groups] == [90, 30, 60]


def test_bands_with_a_few_are_hidden_but_the_mean_stays() -> None:
    """Two of twenty over three years: no shares for that row, but its mean, shortest and longest."""
    cells = (Indicator("share_over_1095", 0.1, 20, rests_on=(18, 2)), Indicator("mean_days", 400.0, 20))
    whole = Group(WHOLE, WHOLE, 20, 0, 20)
    row = suppress(Report((whole,), (Row("astra", None, "trial", 20, cells),))).rows[0]
    assert [(cell.value, cell.suppressed) for cell in row.cells] == [(None, True), (400.0, False)]


def test_few_plea_agreements_cannot_be_had_from_the_trials() -> None:
    """The trials' row is hidden with them, and one of its years, since their sum is known."""
    rows = tuple(
        Row("astra", year, mode, n, ())
        for mode, year, n in [
            ("trial", 2020, 15),
            ("trial", 2021, 25),
            ("trial", None, 40),
            ("plea_agreement", 2021, 3),
            ("plea_agreement", None, 3),
        ]
    )
    published = suppress(Report((Group(WHOLE, WHOLE, 43, 0, 43),), rows))
    assert {(row.mode, row.year): row.n for row in published.rows} == {
        ("trial", 2020): None,
        ("trial", 2021): 25,
        ("trial", None): None,
        ("plea_agreement", 2021): None,
        ("plea_agreement", None): None,
    }


def test_plea_agreements_are_hidden_in_both_places() -> None:
    """The table's row and the group of that disposition mode are the same number."""
    rows = (Row("astra", None, "plea_agreement", 12, ()), Row("astra", None, "trial", 50, ()))
    groups = (
        Group(WHOLE, WHOLE, 64, 2, 62),
        Group("disposition_mode", "PLEA_AGREEMENT", 14, 2, 12),
        Group("disposition_mode", "TRIAL", 50, 0, 50),
    )
    published = suppress(Report(groups, rows))
    assert published.groups[1].completed is None
    assert [row.n for row in published.rows] == [None, 50]


@given(st.lists(st.integers(0, 40), min_size=1, max_size=8))
def test_no_hidden_group_is_known_to_within_the_threshold(sizes: list[int]) -> None:
    """From the shown groups and the whole, a hidden group could be anything in a range at least ten wide."""
    published = suppress(report(*sizes))
    hidden = [size for size, found in zip(sizes, published.groups[1:], strict=False) if found.n is None]
    if "court" in published.withheld or published.groups[0].n is None:
        return
    assert not any(is_small(found.n, T) for found in published.groups)
    if hidden:
        widest = sum(hidden) - (len(hidden) - 1)
        assert len(hidden) > 1
        assert widest - 1 >= T


@given(st.dictionaries(st.integers(0, 5), st.integers(0, 40), min_size=1))
def test_hiding_more_never_shows_more(sizes: dict[Key, int]) -> None:
    """Every small cell is hidden, whatever the lines, and closing once more changes nothing."""
    counts: dict[Key, int] = {**sizes, "total": sum(sizes.values())}
    relations = Relations((Line("total", tuple(sizes)),))
    small = {key for key, count in counts.items() if is_small(count, T)}
    hidden, _ = protected(counts, small, relations, T)
    assert small <= hidden
    assert protected(counts, hidden, relations, T)[0] == hidden


@given(st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 60)), max_size=40))
def test_published_curve_steps_by_quarters_and_stops_where_few_are_at_risk(steps: list[tuple[int, int]]) -> None:
    """Days are ends of quarters, numbers at risk multiples of ten, events are not told."""
    points = [Point(days, 1 / (place + 2), 0.0, 1.0, at_risk, 1) for place, (days, at_risk) in enumerate(sorted(steps))]
    published = coarse(points, T)
    assert all(point.at_risk >= T and point.at_risk % T == 0 and point.events is None for point in published)
    assert all(later.days - earlier.days >= 91 for earlier, later in pairwise(published))
    assert all(round(point.survival, 2) == point.survival for point in published)


def test_curve_in_quarters_by_hand() -> None:
    """Two judgments of one quarter become one step at its end; the step with nine at risk is cut."""
    points = [
        Point(0, 1.0, 1.0, 1.0, 25, 0),
        Point(370, 0.9, 0.7, 0.95, 25, 1),
        Point(400, 0.804, 0.6, 0.9, 24, 1),
        Point(500, 0.7, 0.5, 0.8, 9, 1),
    ]
    assert coarse(points, T) == (Point(0, 1.0, 1.0, 1.0, 20, None), Point(457, 0.8, 0.6, 0.9, 20, None))


def test_only_suppress_makes_a_published_table() -> None:
    """No other module calls its constructor."""
    sources = ((path.name, ast.parse(path.read_text(encoding="utf-8"))) for path in Path(tracker.__path__[0]).rglob("*.py"))
    calls = ((name, node.func) for name, tree in sources for node in ast.walk(tree) if isinstance(node, ast.Call))
    assert [name for name, made in calls if ast.unparse(made).rpartition(".")[2] == "PublishedTable"] == ["suppression.py"]
