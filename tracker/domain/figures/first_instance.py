"""How long a case takes from the indictment to the first judgment, open cases included.

Source: statistics.md, "Length indicators" (definitions version 1); Kaplan-Meier as in `tracker.domain.survival`.
"""

from tracker.domain.clocks import FIRST_INSTANCE, Ending, LeftOut
from tracker.domain.figure import Cohort, Figure, Indicator, Measured, Reveals
from tracker.domain.survival import Estimate, SurvivalCurve, product_limit

QUANTILES = (("p25_days", 0.25), ("median_days", 0.5), ("p75_days", 0.75))
HORIZONS = (("1y", 365), ("3y", 1095), ("5y", 1826), ("7y", 2556))
MEAN_UNTIL = 1826


def measure(cohort: Cohort) -> Measured:
    """Return median, quartiles (days), shares still open, restricted mean and the curve, with limits."""
    curve = product_limit(cohort.lengths())
    return Measured((*_quantiles(curve), *_open_shares(curve), *_means(cohort, curve), *_quality(cohort)), curve)


def _quantiles(curve: SurvivalCurve) -> list[Indicator]:
    return [_indicator(name, curve.quantile(share), curve.n) for name, share in QUANTILES]


def _open_shares(curve: SurvivalCurve) -> list[Indicator]:
    return [
        _indicator(f"open_share_{name}", curve.at(days), curve.n, rests_on=(curve.at_risk(days + 1), curve.events_until(days)))
        for name, days in HORIZONS
    ]


def _means(cohort: Cohort, curve: SurvivalCurve) -> list[Indicator]:
    completed = cohort.count(Ending.EVENT)
    days = sum(spell.days * times for spell, times in cohort.together().items() if spell.ending is Ending.EVENT)
    return [
        _indicator("rmst_5y_days", Estimate(curve.restricted_mean(MEAN_UNTIL)), curve.n),
        _indicator("mean_completed_days", _ratio(days, completed), completed, reveals=Reveals.SPLIT),
    ]


def _quality(cohort: Cohort) -> list[Indicator]:
    spells, n, still_open = cohort.together(), cohort.count(), cohort.count(Ending.OPEN)
    dates = sum(spell.dates * times for spell, times in spells.items())
    imputed = sum(spell.imputed * times for spell, times in spells.items())
    return [
        _indicator("open_share", _ratio(still_open, n), n, rests_on=(still_open, n - still_open), reveals=Reveals.SPLIT),
        _indicator("imputed_share", _ratio(imputed, dates), n, rests_on=(imputed,)),
        *(_left_out(reason, cohort.left_out[reason]) for reason in LeftOut),
    ]


def _left_out(reason: LeftOut, times: int) -> Indicator:
    return _indicator(f"left_out_{reason.value.lower()}", Estimate(times), times, reveals=Reveals.PART)


def _indicator(name: str, estimate: Estimate, n: int, *, rests_on: tuple[int, ...] = (), reveals: Reveals = Reveals.NOTHING) -> Indicator:
    return Indicator(f"{FIRST_INSTANCE.name}.{name}", estimate.value, n, estimate.low, estimate.high, rests_on, reveals)


def _ratio(part: int, whole: int) -> Estimate:
    return Estimate(part / whole if whole else None)


FIGURE = Figure("first_instance", FIRST_INSTANCE, measure)
