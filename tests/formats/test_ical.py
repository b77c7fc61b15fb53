"""Calendars that every program reads to the minute, read back with two of them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from hypothesis import assume, given
from hypothesis import strategies as st

from tracker.formats.ical import CalendarEntry, calendar

BELGRADE = "Europe/Belgrade"
CHANGED = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


def entry(starts_at: str = "2026-11-24T09:30:00+01:00", **values: Any) -> CalendarEntry:  # noqa: ANN401 - any field
    """Return one date of a calendar."""
    at = datetime.fromisoformat(starts_at)
    return CalendarEntry(
        **{"uid": "u1", "sequence": 0, "changed_at": CHANGED, "starts_at": at, "zone": BELGRADE, "title": "Hearing", **values}
    )


def events(body: bytes) -> list[Any]:
    """Return the events as the icalendar library reads them."""
    return list(icalendar.Calendar.from_ical(body).walk("VEVENT"))


def as_vobject(body: bytes) -> Any:  # noqa: ANN401 - vobject's own objects
    """Return the calendar as vobject reads it; it must be valid."""
    found = vobject.readOne(body.decode())
    found.validate()
    return found


@pytest.mark.parametrize(
    "starts_at",
    [
        "2027-01-15T09:30:00+01:00",
        "2027-07-15T09:30:00+02:00",
        "2027-03-28T01:59:00+01:00",
        "2027-03-28T03:00:00+02:00",
        "2027-10-31T01:30:00+02:00",
        "2027-10-31T02:30:00+02:00",
        "2027-10-31T02:30:00+01:00",
        "2027-10-31T03:00:00+01:00",
        "2035-07-02T12:00:00+02:00",
    ],
)
def test_hearing_is_right_to_the_minute(starts_at: str) -> None:
    """In January and July, and through both nights on which the clocks change, in both readers."""
    body = calendar("Hearings", [entry(starts_at, minutes=90)])
    expected = datetime.fromisoformat(starts_at)
    assert events(body)[0].decoded("dtstart").astimezone(UTC) == expected.astimezone(UTC)
    assert events(body)[0].decoded("dtend").astimezone(UTC) == (expected + timedelta(minutes=90)).astimezone(UTC)
    read = as_vobject(body).vevent
    assert read.dtstart.value.astimezone(UTC) == expected.astimezone(UTC)
    assert read.dtend.value.astimezone(UTC) == (expected + timedelta(minutes=90)).astimezone(UTC)


def by_rules_of(body: bytes, zone: str) -> Iterator[tuple[datetime, timedelta]]:
    """Yield each change of the written time zone as (instant, new offset), from its two yearly rules alone."""
    written: Any = next(found for found in icalendar.Calendar.from_ical(body).walk("VTIMEZONE") if found["tzid"] == zone)
    for rule in written.subcomponents:
        month = rule["rrule"]["bymonth"][0]
        first = rule.decoded("dtstart")
        for year in range(2024, 2036):
            last = date(year, int(month), 31)
            sunday = last - timedelta(days=(last.weekday() + 1) % 7)
            local = datetime.combine(sunday, first.time())
            yield (local - rule.decoded("tzoffsetfrom")).replace(tzinfo=UTC), rule.decoded("tzoffsetto")


@pytest.mark.parametrize("zone", [BELGRADE, "Europe/London", "Europe/Athens", "Europe/Warsaw", "Atlantic/Azores"])
def test_written_zone_changes_when_the_real_one_does(zone: str) -> None:
    """The rule's changes and offsets are those of the time zone database, for years."""
    body = calendar("Hearings", [entry(zone=zone)])
    assert b"RDATE" not in body
    place = ZoneInfo(zone)
    for change, offset in by_rules_of(body, zone):
        assert change.astimezone(place).utcoffset() == offset
        assert (change - timedelta(seconds=1)).astimezone(place).utcoffset() != offset


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/Istanbul", "Asia/Kolkata", "UTC"])
def test_zone_with_another_rule_is_written_in_utc(zone: str) -> None:
    """No zone is described that we cannot describe rightly."""
    body = calendar("Hearings", [entry("2027-07-15T09:30:00+02:00", zone=zone)])
    assert b"VTIMEZONE" not in body
    assert b"DTSTART:20270715T073000Z" in body


def test_unknown_time_is_a_whole_day_at_the_court() -> None:
    """Midnight in Belgrade is the evening before in London: the day is Belgrade's."""
    body = calendar("Hearings", [entry("2027-07-15T00:00:00+02:00", time_known=False)])
    assert b"DTSTART;VALUE=DATE:20270715\r\n" in body
    assert b"DTEND" not in body
    assert events(body)[0].decoded("dtstart") == date(2027, 7, 15)
    assert as_vobject(body).vevent.dtstart.value == date(2027, 7, 15)


def test_cancelled_entry_says_so_and_frees_the_time() -> None:
    """It stays, so that it disappears from calendars."""
    found = events(calendar("Hearings", [entry(is_cancelled=True)]))[0]
    assert (found["status"], found["transp"]) == ("CANCELLED", "TRANSPARENT")


def test_calendar_asks_to_be_refreshed_and_says_what_it_is() -> None:
    """Programs learn how often to come back; entries are private."""
    body = calendar("Hearings", [entry(sequence=3)])
    for line in ("METHOD:PUBLISH", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H", "X-WR-CALNAME:Hearings"):
        assert line.encode() + b"\r\n" in body
    for line in ("CLASS:PRIVATE", "SEQUENCE:3", "UID:u1", "DTSTAMP:20261123T070000Z", "LAST-MODIFIED:20261123T070000Z"):
        assert line.encode() + b"\r\n" in body


def test_empty_calendar_is_a_calendar() -> None:
    """No hearing ahead is no error."""
    body = calendar("Hearings", [])
    assert events(body) == []
    assert body.endswith(b"END:VCALENDAR\r\n")


def test_same_entries_give_the_same_bytes() -> None:
    """Nothing in it depends on when it is written."""
    assert calendar("Hearings", [entry(), entry(uid="u2")]) == calendar("Hearings", [entry(), entry(uid="u2")])


HOSTILE = 'Court; of "Law", room\\12\r\nATTENDEE:mailto:x\r\nBEGIN:VALARM'


def test_hostile_names_stay_text() -> None:
    """A court's name cannot add a property, a component or an alarm."""
    body = calendar("Hearings", [entry(location=HOSTILE)])
    found = events(body)[0]
    assert "attendee" not in found
    assert found.subcomponents == []
    assert str(found["location"]).replace("\r\n", "\n") == HOSTILE.replace("\r\n", "\n")
    assert as_vobject(body).vevent.location.value.startswith('Court; of "Law", room\\12')


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\x85"), max_size=300))
def test_any_text_survives_folding(text: str) -> None:
    """Lines are at most 75 bytes, never cut inside a letter, and read back as written."""
    assume("\\N" not in text)  # the library takes it for the end of a line, writing and reading
    body = calendar("Hearings", [entry(location=text.strip() or "x")])
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    for line in body.split(b"\r\n"):
        line.decode()
    assert str(events(body)[0]["location"]) == (text.strip() or "x")


def test_cyrillic_is_folded_between_letters() -> None:
    """The longest name of a court comes back whole in both readers."""
    name = "Виши суд у Сремској Митровици, посебно одељење за организовани криминал, судница број 12, други спрат"
    body = calendar("Рочишта", [entry(location=name, title="Рочиште")])
    assert str(events(body)[0]["location"]) == name
    assert as_vobject(body).vevent.location.value == name
    assert as_vobject(body).vevent.summary.value == "Рочиште"
