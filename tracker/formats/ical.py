"""Write private calendars (iCalendar, RFC 5545) that every calendar program reads to the minute.

Time zones are written as the European Union's rule, not as the library's list of dates: one popular parser reads
such a list wrongly and shows every summer hearing an hour off. Source: Directive 2000/84/EC (summer time from the
last Sunday in March to the last in October, both at 01:00 UTC; used by the Union's countries since 1996).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vDuration

PRODUCT = "-//court-process-tracker//feed 1//EN"
REFRESH = timedelta(hours=1)
END = b"END:VCALENDAR\r\n"
EU_RULE_SINCE = 1996
CHECKED_YEARS = range(EU_RULE_SINCE, 2038)
SPRING, AUTUMN = 3, 10
SUNDAY = 6


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One date as a calendar shows it; ``starts_at`` is aware, without ``time_known`` only its day in ``zone`` counts.

    ``changed_at`` stands for the moment of writing too, so that the same facts give the same bytes.
    """

    uid: str
    sequence: int
    changed_at: datetime
    starts_at: datetime
    zone: str
    title: str
    time_known: bool = True
    minutes: int = 60
    location: str | None = None
    is_cancelled: bool = False


def calendar(title: str, entries: Sequence[CalendarEntry]) -> bytes:
    """Return the calendar called ``title`` with ``entries``, in their order: always the same bytes for the same entries."""
    head = Calendar()
    head.add("prodid", PRODUCT)
    head.add("version", "2.0")
    head.add("calscale", "GREGORIAN")
    head.add("method", "PUBLISH")
    head.add("name", title)
    head.add("x-wr-calname", title)
    head.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    head.add("x-published-ttl", vDuration(REFRESH))
    zones = sorted({entry.zone for entry in entries if entry.time_known and _follows_eu_rule(entry.zone)})
    parts = (head.to_ical().removesuffix(END), *map(_zone, zones), *map(_event, entries))
    return b"".join((*parts, END))


@lru_cache(maxsize=4096)
def _event(entry: CalendarEntry) -> bytes:
    """Return the bytes of one entry; a change of a hearing makes another entry, so these never go stale."""
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("last-modified", entry.changed_at.astimezone(UTC))
    event.add("summary", entry.title)
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if entry.is_cancelled else "OPAQUE")
    if entry.location:
        event.add("location", entry.location)
    for name, value in _times(entry):
        event.add(name, value)
    return bytes(event.to_ical())


def _times(entry: CalendarEntry) -> Iterable[tuple[str, date]]:
    """Yield its times in the court's zone; in UTC where that zone has no rule, or shows the same hour twice that night."""
    starts_at = entry.starts_at.astimezone(ZoneInfo(entry.zone))
    if not entry.time_known:
        yield "dtstart", starts_at.date()
        return
    ends_at = (entry.starts_at.astimezone(UTC) + timedelta(minutes=entry.minutes)).astimezone(ZoneInfo(entry.zone))
    says_one_thing = _follows_eu_rule(entry.zone) and not (starts_at.fold or ends_at.fold)
    yield "dtstart", starts_at if says_one_thing else starts_at.astimezone(UTC)
    yield "dtend", ends_at if says_one_thing else ends_at.astimezone(UTC)


def _change(year: int, month: int) -> datetime:
    """Return 01:00 UTC of the last Sunday of a month of 31 days."""
    last = datetime(year, month, 31, 1, tzinfo=UTC)
    return last - timedelta(days=(last.weekday() - SUNDAY) % 7)


def _offsets(zone: str, change: datetime) -> tuple[timedelta | None, timedelta | None]:
    place = ZoneInfo(zone)
    return (change - timedelta(seconds=1)).astimezone(place).utcoffset(), change.astimezone(place).utcoffset()


@lru_cache(maxsize=64)
def _follows_eu_rule(zone: str) -> bool:
    """Tell whether the zone's clocks change by the Union's rule in every year that matters; others are written in UTC."""
    winter, summer = _offsets(zone, _change(EU_RULE_SINCE, SPRING))
    if winter is None or summer is None or summer - winter != timedelta(hours=1):
        return False
    return all(
        _offsets(zone, _change(year, SPRING)) == (winter, summer) and _offsets(zone, _change(year, AUTUMN)) == (summer, winter)
        for year in CHECKED_YEARS
    )


@lru_cache(maxsize=64)
def _zone(zone: str) -> bytes:
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone}"]
    for kind, month in (("STANDARD", AUTUMN), ("DAYLIGHT", SPRING)):
        change = _change(EU_RULE_SINCE, month)
        before, after = _offsets(zone, change)
        local = change.replace(tzinfo=None) + (before or timedelta())
        lines += [
            f"BEGIN:{kind}",
            f"DTSTART:{local:%Y%m%dT%H%M%S}",
            f"RRULE:FREQ=YEARLY;BYMONTH={month};BYDAY=-1SU",
            f"TZOFFSETFROM:{_offset(before)}",
            f"TZOFFSETTO:{_offset(after)}",
            f"TZNAME:{change.astimezone(ZoneInfo(zone)).tzname()}",
            f"END:{kind}",
        ]
    return "".join(f"{line}\r\n" for line in [*lines, "END:VTIMEZONE"]).encode("ascii")


def _offset(offset: timedelta | None) -> str:
    minutes = int((offset or timedelta()).total_seconds() // 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"
