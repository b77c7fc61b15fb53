"""Dates, times and lengths as people read them: in the language of the request, times in the zone of the court.

The patterns of dates are texts to be translated, in the letters of CLDR: Serbian writes dots where English writes none.
"""

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime
from flask_babel import get_locale, gettext, ngettext

from tracker.domain.clocks import DAYS_PER_YEAR

DAYS_A_MONTH = DAYS_PER_YEAR / 12
IN_DAYS = 60
IN_MONTHS = 730


@lru_cache(maxsize=4096)
def _date(language: str, on: date, pattern: str) -> str:
    return format_date(on, pattern, Locale.parse(language))


@lru_cache(maxsize=4096)
def _moment(language: str, instant: datetime, zone: str, pattern: str) -> str:
    return format_datetime(instant, pattern, ZoneInfo(zone), Locale.parse(language))


def day(on: date) -> str:
    """Return a date, such as 3 Dec 2026."""
    return _date(str(get_locale()), on, gettext("d MMM y"))


def weekday(on: date) -> str:
    """Return a date with its day of the week, such as Thursday 3 December."""
    return _date(str(get_locale()), on, gettext("EEEE d MMMM"))


def month(on: date) -> str:
    """Return the short name of a month."""
    return _date(str(get_locale()), on, "LLL")


def clock_time(instant: datetime, zone: str) -> str:
    """Return the time of day by the clocks of ``zone``."""
    return _moment(str(get_locale()), instant, zone, "HH:mm")


def moment(instant: datetime, zone: str) -> str:
    """Return date and time by the clocks of ``zone``."""
    return _moment(str(get_locale()), instant, zone, gettext("d MMM y, HH:mm"))


def zone_beside(zone: str, office_zone: str) -> str:
    """Return the name of ``zone`` where it is not the office's own, else nothing."""
    return "" if zone == office_zone else zone.rpartition("/")[2].replace("_", " ")


def from_today(on: date, today: date) -> str:
    """Return how far away a day is: today, tomorrow, in 5 days, 3 days ago."""
    days = (on - today).days
    if days == 0:
        return str(gettext("today"))
    if days == 1:
        return str(gettext("tomorrow"))
    if days == -1:
        return str(gettext("yesterday"))
    if days > 0:
        return str(ngettext("in %(num)d day", "in %(num)d days", days))
    return str(ngettext("%(num)d day ago", "%(num)d days ago", -days))


def length(days: int) -> str:
    """Return a length in the unit that fits it: days below two months, then months, then years and months."""
    if days < IN_DAYS:
        return str(ngettext("%(num)d day", "%(num)d days", days))
    months = int(days / DAYS_A_MONTH)
    if days < IN_MONTHS:
        return str(ngettext("%(num)d month", "%(num)d months", months))
    years, rest = divmod(months, 12)
    if not rest:
        return str(ngettext("%(num)d year", "%(num)d years", years))
    return str(gettext("%(years)d y %(months)d m", years=years, months=rest))


def minutes(number: int) -> str:
    """Return minutes as hours and minutes, such as 3 h 20 min."""
    hours, rest = divmod(number, 60)
    if not hours:
        return str(gettext("%(minutes)d min", minutes=rest))
    return str(gettext("%(hours)d h %(minutes)d min", hours=hours, minutes=rest) if rest else gettext("%(hours)d h", hours=hours))
