"""How long a case takes from the indictment to the first judgment, open cases included.

Source: statistics.md, "Length indicators" (definitions version 1); Kaplan-Meier as in `tracker.domain.survival`.
"""

from tracker.domain.clocks import FIRST_INSTANCE, LeftOut
from tracker.domain.figure import Cohort, Figure, Indicator, Measured, Reveals, Tally
from tracker.domain.survival import Estimate, SurvivalCurve, product_limit

QUANTILES = (("p25_days", 0.25), ("median_days", 0.5), ("p75_days", 0.75))
HORIZONS = (("1y", 365), ("3y", 1095), ("5y", 1826), ("7y", 2556))
MEAN_UNTIL = 1826


def measure(cohort: Cohort) -> Measured:
    """Return median, quartiles (days), shares still open, restricted mean and the curve, with limits."""
    curve = product_limit(cohort.lengths())
    tally = cohort.tally()
    left_out = (_left_out(reason, cohort.left_out[reason]) for reason in LeftOut)
    return Measured((*_quantiles(curve), *_open_shares(curve), *_means(tally, curve), *_quality(tally), *left_out), curve)


def _quantiles(curve: SurvivalCurve) -> list[Indicator]:
    return [_indicator(name, curve.quantile(share), curve.n) for name, share in QUANTILES]


def _open_shares(curve: SurvivalCurve) -> list[Indicator]:
    return [
        _indicator(f"open_share_{name}", curve.at(days), curve.n, rests_on=(curve.at_risk(days + 1), curve.events_until(days)))
        for name, days in HORIZONS
    ]


def _means(tally: Tally, curve: SurvivalCurve) -> list[Indicator]:
    mean = _ratio(tally.completed_days, tally.completed)
    return [
        _indicator("rmst_5y_days", Estimate(curve.restricted_mean(MEAN_UNTIL)), curve.n),
        _indicator("mean_completed_days", mean, tally.completed, reveals=Reveals.COMPLETED),
    ]


def _quality(tally: Tally) -> list[Indicator]:
    halves = (tally.open, tally.n - tally.open)
    return [
        _indicator("open_share", _ratio(tally.open, tally.n), tally.n, rests_on=halves, reveals=Reveals.OPEN),
        _indicator("imputed_share", _ratio(tally.imputed, tally.dates), tally.n, rests_on=(tally.imputed,)),
    ]


def _left_out(reason: LeftOut, times: int) -> Indicator:
    return _indicator(f"left_out_{reason.value.lower()}", Estimate(times), times, reveals=Reveals.PART)


def _indicator(name: str, estimate: Estimate, n: int, *, rests_on: tuple[int, ...] = (), reveals: Reveals = Reveals.NOTHING) -> Indicator:
    return Indicator(f"{FIRST_INSTANCE.name}.{name}", estimate.value, n, estimate.low, estimate.high, rests_on, reveals)


def _ratio(part: int, whole: int) -> Estimate:
    return Estimate(part / whole if whole else None)


FIGURE = Figure("first_instance", FIRST_INSTANCE, measure)
