"""The Kaplan-Meier estimate: by hand, against lifelines, and what must always hold."""

import math
from collections import Counter
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter
from lifelines.exceptions import StatError
from lifelines.utils import qth_survival_time, restricted_mean_survival_time

from tracker.domain.survival import Observed, SurvivalCurve, product_limit

TOLERANCE = 1e-9


def curve(*lengths: tuple[int, bool] | tuple[int, bool, int]) -> SurvivalCurve:
    """Return the curve of (days, ended[, entry])."""
    return product_limit(Counter(Observed(*length) for length in lengths))


@st.composite
def length(draw: st.DrawFn, longest: int) -> Observed:
    """Return one length, with ties likely, now and then entered late."""
    days = draw(st.integers(0, longest))
    entry = draw(st.one_of(st.just(0), st.integers(0, max(0, days - 1))))
    return Observed(days, draw(st.booleans()), entry)


samples = st.sampled_from([3, 40, 3000]).flatmap(lambda longest: st.lists(length(longest), min_size=0, max_size=60)).map(Counter)
punctual = st.lists(st.builds(Observed, st.integers(0, 30), st.booleans(), st.just(0)), min_size=1, max_size=40).map(Counter)


def fitted(sample: Mapping[Observed, int]) -> KaplanMeierFitter:
    """Return what lifelines makes of ``sample``; skips what it refuses (everybody gone before half of the days)."""
    rows = list(Counter(sample).elements())
    fitter = KaplanMeierFitter()
    try:
        with np.errstate(all="ignore"):
            fitter.fit([row.days for row in rows], [row.ended for row in rows], entry=[row.entry for row in rows])
    except StatError:
        assume(False)  # noqa: FBT003 - Hypothesis' own signature
    return fitter


@settings(max_examples=100, deadline=None)
@given(samples)
def test_curve_and_limits_equal_lifelines(sample: Counter[Observed]) -> None:
    """Survival and both limits agree on every day, with ties, censoring and delayed entry."""
    assume(sample)
    peer = fitted(sample)
    limits = peer.confidence_interval_
    ours = product_limit(sample)
    for row, day in enumerate(peer.survival_function_.index):
        if math.isnan(peer.survival_function_.iloc[row, 0]):
            continue
        here = ours.at(int(day))
        assert here.value == pytest.approx(peer.survival_function_.iloc[row, 0], abs=TOLERANCE)
        if here.value not in (0.0, 1.0):
            assert here.low == pytest.approx(limits.iloc[row, 0], abs=TOLERANCE)
            assert here.high == pytest.approx(limits.iloc[row, 1], abs=TOLERANCE)


@settings(max_examples=80, deadline=None)
@given(punctual, st.sampled_from([0.25, 0.5, 0.75]), st.integers(1, 40))
def test_quantiles_risk_and_restricted_mean_equal_lifelines(sample: Counter[Observed], share: float, until: int) -> None:
    """Quantile, number at risk and area under the curve agree (a share within rounding of the limit is skipped: ours is exact)."""
    peer, ours = fitted(sample), product_limit(sample)
    values = peer.survival_function_["KM_estimate"]
    if not any(0 < abs(value - (1 - share)) < TOLERANCE for value in values):
        reached = ours.quantile(share).value
        assert (math.inf if reached is None else reached) == qth_survival_time(1 - share, values)
    for day, at_risk in peer.event_table["at_risk"].items():
        assert ours.at_risk(int(day)) == at_risk
    assert ours.restricted_mean(until) == pytest.approx(restricted_mean_survival_time(peer, t=until), abs=TOLERANCE)


@given(samples)
def test_curve_only_falls_and_limits_enclose_it(sample: Counter[Observed]) -> None:
    """Survival lies in [0, 1], never rises, and lies between its limits."""
    ours = product_limit(sample)
    heights = [1.0, *(step.survival for step in ours.table)]
    assert heights == sorted(heights, reverse=True)
    assert all(
        0 <= step.low <= step.survival + TOLERANCE and step.survival <= step.high + TOLERANCE <= 1 + 2 * TOLERANCE for step in ours.table
    )
    assert all(step.at_risk >= step.events >= 0 and step.remaining >= 0 for step in ours.table)
    assert not ours.table or ours.table[-1].remaining == 0


@given(samples)
def test_counting_together_is_the_same_as_one_by_one(sample: Counter[Observed]) -> None:
    """A sample that was seen twice has the same curve."""
    doubled = product_limit(sample + sample)
    assert [step.days for step in doubled.table] == [step.days for step in product_limit(sample).table]
    for ours, twice in zip(product_limit(sample).table, doubled.table, strict=True):
        assert twice.survival == pytest.approx(ours.survival)


def test_example_computed_by_hand() -> None:
    """The example of docs/figures.md: 6 proceedings, 3 judged, one of them on a day when another is lost."""
    ours = curve((200, True), (300, False), (400, True), (400, False), (800, True), (900, False))
    assert [(step.days, step.at_risk, step.events) for step in ours.steps] == [(200, 6, 1), (400, 4, 1), (800, 2, 1)]
    assert [step.survival for step in ours.steps] == pytest.approx([5 / 6, 5 / 6 * 3 / 4, 5 / 6 * 3 / 4 / 2])
    assert ours.quantile(0.5).value == 800
    assert ours.quantile(0.25).value == 400
    assert ours.at(365).value == pytest.approx(5 / 6)
    variance = 1 / 30 + 1 / 12
    spread = 1.959963984540054 * math.sqrt(variance) / math.log(0.625)
    assert ours.at(400).low == pytest.approx(0.625 ** math.exp(-spread))
    assert ours.at(400).high == pytest.approx(0.625 ** math.exp(spread))
    assert ours.restricted_mean(1826) == pytest.approx(200 + 200 * 5 / 6 + 400 * 0.625 + 1026 * 0.3125)


def test_delayed_entry_by_hand() -> None:
    """Who is followed from day 300 on is at risk after that day, and on no day before."""
    ours = curve((200, True), (400, True, 300), (300, True, 0), (500, False, 0))
    assert [(step.days, step.at_risk, step.remaining) for step in ours.table] == [(200, 3, 2), (300, 2, 2), (400, 2, 1), (500, 1, 0)]
    assert [ours.at_risk(day) for day in (0, 300, 301, 400, 401, 501)] == [3, 2, 2, 2, 1, 0]


def test_share_that_is_one_half_but_for_rounding_is_the_median() -> None:
    """Ten proceedings, five judged on five days: the fifth day is the median although the product is not exactly 0.5."""
    for n in range(2, 60, 2):
        ours = curve(*((day, day <= n // 2) for day in range(1, n + 1)))
        assert ours.quantile(0.5).value == n // 2


def test_early_steps_of_delayed_entries_empty_the_curve_for_good() -> None:
    """Where the only one at risk ends, the curve is at nothing, however many enter later."""
    ours = curve((200, True), (400, True, 300), (500, True, 300))
    assert [step.survival for step in ours.steps] == [0.0, 0.0, 0.0]


@pytest.mark.parametrize("share", [0.25, 0.5, 0.75])
def test_nobody_gives_nothing(share: float) -> None:
    """Without a single proceeding there is no median, no share and no mean."""
    ours = curve()
    assert ours.n == 0
    assert ours.steps == ()
    assert ours.quantile(share) == (None, None, None)
    assert ours.at(365) == (None, None, None)
    assert ours.restricted_mean(1826) is None
    assert ours.at_risk(0) == 0


def test_nothing_ended_means_not_reached() -> None:
    """Where all are open, everything is still open and the median is not reached."""
    ours = curve((100, False), (900, False))
    assert ours.quantile(0.5).value is None
    assert ours.at(365) == (1.0, 1.0, 1.0)
    assert ours.restricted_mean(1826) == 1826


def test_everything_ended() -> None:
    """One proceeding, judged: the curve drops to nothing on that day, and its limits with it."""
    ours = curve((100, True))
    assert ours.quantile(0.5) == (100, 100, 100)
    assert ours.at(99).value == 1.0
    assert ours.at(100) == (0.0, 0.0, 0.0)
    assert ours.at_risk(100) == 1
    assert ours.at_risk(101) == 0
    assert ours.events_until(99) == 0
    assert ours.events_until(100) == 1


@pytest.mark.parametrize("entry", [10, 11])
def test_ending_before_the_observation_is_refused(entry: int) -> None:
    """A length that ended by the day on which it began to be followed cannot be estimated with."""
    with pytest.raises(ValueError, match="before its observation"):
        curve((10, True, entry))
    assert curve((10, True, 9)).n == 1
