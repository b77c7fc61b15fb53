"""Dates as a court reads them: instants in its zone, vague dates by their last day, days counted on."""

from datetime import MAXYEAR, date, datetime, timedelta, tzinfo

from tracker.domain.codes.shared import Precision

DECEMBER = 12


def local_date(instant: datetime, zone: tzinfo) -> date:
    """Return the date on which ``instant`` falls by the clocks of ``zone``; at the ends of time its UTC date."""
    try:
        return instant.astimezone(zone).date()
    except OverflowError:
        return instant.date()


def last_day(on: date, precision: Precision) -> date:
    """Return the last day of the interval that a date of MONTH or YEAR precision stands for.

    Source: rules.md, "How every rule is read".
    """
    if precision == Precision.DAY:
        return on
    if precision == Precision.YEAR or on.month == DECEMBER:
        return date(on.year, DECEMBER, 31)
    return date(on.year, on.month + 1, 1) - timedelta(days=1)


def days_after(on: date, days: int) -> date:
    """Return the date ``days`` later (earlier, if negative); beyond the calendar, its last or first day."""
    try:
        return on + timedelta(days=days)
    except OverflowError:
        return date(MAXYEAR, DECEMBER, 31) if days > 0 else date.min
