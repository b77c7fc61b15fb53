"""The courts' working days of a country, from its public holidays."""

from datetime import date
from functools import lru_cache

import holidays

from tracker.domain.court_days import IsCourtDay, is_weekday


def has_holidays(country: str) -> bool:
    """Tell whether the public holidays of ``country`` (ISO 3166 alpha-2) are known."""
    return country in holidays.list_supported_countries()


@lru_cache(maxsize=32)
def court_days(country: str) -> IsCourtDay:
    """Return the working days of ``country`` (ISO 3166 alpha-2): Monday to Friday without public holidays.

    A country that the calendar does not know works on every weekday.
    Source: the package `holidays`, which follows each country's own law on holidays.
    """
    try:
        calendar = holidays.country_holidays(country)
    except NotImplementedError:
        return is_weekday

    def is_court_day(day: date) -> bool:
        return is_weekday(day) and day not in calendar

    return is_court_day
