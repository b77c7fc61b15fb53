"""Figures in words: values, limits, and what a missing one means."""

from flask_babel import format_decimal, format_percent
from flask_babel import gettext as _

from tracker.domain.clocks import DAYS_PER_YEAR
from tracker.domain.figure import Indicator


def years(days: float) -> str:
    """Return a length as years with two decimals."""
    return str(_("%(years)s years", years=format_decimal(round(days / DAYS_PER_YEAR, 2))))


def length(indicator: Indicator | None, mark: str) -> str:
    """Return a length in days and years; the mark where it is hidden, words where it was not reached."""
    if indicator is None or indicator.suppressed:
        return mark
    if indicator.value is None:
        return str(_("not reached"))
    return str(_("%(days)s days", days=format_decimal(round(indicator.value))))


def length_limits(indicator: Indicator | None) -> str:
    """Return the 95 % limits of a length."""
    if indicator is None or indicator.suppressed or (indicator.low is None and indicator.high is None):
        return ""
    low = "…" if indicator.low is None else format_decimal(round(indicator.low))
    high = "…" if indicator.high is None else format_decimal(round(indicator.high))
    return f"{low} – {high}"


def share(indicator: Indicator | None, mark: str) -> str:
    """Return a share in per cent; the mark where it is hidden."""
    if indicator is None or indicator.suppressed:
        return mark
    return "–" if indicator.value is None else format_percent(indicator.value, "#,##0.# %")


def share_limits(indicator: Indicator | None) -> str:
    """Return the 95 % limits of a share."""
    if indicator is None or indicator.suppressed or indicator.low is None or indicator.high is None:
        return ""
    return f"{format_percent(indicator.low, '#,##0.# %')} – {format_percent(indicator.high, '#,##0.# %')}"


def count(number: int | None, mark: str) -> str:
    """Return a count; the mark where it is hidden."""
    return mark if number is None else format_decimal(number)
