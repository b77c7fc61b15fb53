"""Single values of the format: what a text, a date, an instant or a number must be to be kept."""

import math
import re
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import available_timezones

EARLIEST, LATEST = 1900, 2200
"""Years between which a date is believed; beyond them it is a slip of the keyboard."""
LARGEST = 2**31 - 1
"""Largest whole number that every supported database keeps."""
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,6})?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)", re.ASCII)
_NAIVE = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?", re.ASCII)
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")


class UnfitError(Exception):
    """A value that cannot be kept; ``str()`` says what was expected."""


def text(value: str, longest: int) -> str:
    """Return a text of at most ``longest`` characters that every database can keep."""
    if len(value) > longest:
        raise UnfitError(f"expected at most {longest} characters")
    if _UNKEEPABLE.search(value):
        raise UnfitError("expected text without NUL characters and lone surrogates")
    return value


def day(value: str) -> date:
    """Return the date of ``YYYY-MM-DD``."""
    try:
        found = date.fromisoformat(_formed(_DATE, value))
    except ValueError:
        raise UnfitError("expected an existing date, YYYY-MM-DD") from None
    _believe(found)
    return found


def instant(value: str) -> datetime:
    """Return the UTC instant of an RFC 3339 date-time; the offset is required, nothing finer than a microsecond is kept."""
    try:
        found = datetime.fromisoformat(_formed(_INSTANT, value).upper())
    except ValueError:
        if _NAIVE.fullmatch(value):
            raise UnfitError("expected an instant with its UTC offset, such as 2026-03-01T09:30:00+01:00") from None
        raise UnfitError("expected an existing instant, YYYY-MM-DDTHH:MM:SS with its UTC offset") from None
    _believe(found)
    return found.astimezone(UTC)


def time_of_day(value: str) -> str:
    """Return a local time of day as it was given."""
    if not _TIME.fullmatch(value):
        raise UnfitError("expected a time of day, HH:MM, from 00:00 to 23:59")
    return value


def zone(value: str) -> str:
    """Return the name of an IANA time zone."""
    if value not in _zones():
        raise UnfitError("expected an IANA time zone, such as Africa/Accra")
    return value


def whole(value: float, least: int | None, most: int = LARGEST) -> int:
    """Return a whole number between two limits, both included; 3.0 is one."""
    if not math.isfinite(value) or value != int(value):
        raise UnfitError("expected a whole number")
    if least is not None and value < least:
        raise UnfitError(f"expected a whole number, {least} or more")
    if abs(value) > most:
        raise UnfitError(f"expected a whole number, at most {most}")
    return int(value)


def number(value: float, least: int | None) -> float:
    """Return a number that a 64-bit float keeps exactly."""
    if not math.isfinite(value):
        raise UnfitError("expected a finite number")
    if least is not None and value < least:
        raise UnfitError(f"expected a number, {least} or more")
    if isinstance(value, int) and int(float(value)) != value:
        raise UnfitError("expected a number of at most 15 digits")
    return float(value)


def _formed(form: re.Pattern[str], value: str) -> str:
    if not form.fullmatch(value):
        raise ValueError
    return value


def _believe(found: date) -> None:
    if not EARLIEST <= found.year <= LATEST:
        raise UnfitError(f"expected a year from {EARLIEST} to {LATEST}")


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
