"""When alerts are due, held back, tried again."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.alerting import (
    RETRY_MINUTES,
    HearingTime,
    Lead,
    Occasion,
    QuietHours,
    begins_at,
    dedupe_key,
    is_sent_at_night,
    is_told,
    leads_before,
    nearest_due,
    retry_delay,
)
from tracker.domain.codes.people import AssignedAs
from tracker.domain.court_days import is_weekday
from tracker.domain.messages import AlertKind

BELGRADE = ZoneInfo("Europe/Belgrade")
TICK = timedelta(seconds=1)


def local(*parts: int) -> datetime:
    """An instant by Belgrade's clocks."""
    return datetime(*parts, tzinfo=BELGRADE)  # type: ignore[arg-type,misc]


TUESDAY = HearingTime(local(2026, 11, 24, 9, 30), BELGRADE)
MONDAY = HearingTime(local(2026, 11, 23, 9, 30), BELGRADE)


@pytest.mark.parametrize(
    ("hearing", "begins", "before", "after"),
    [
        (TUESDAY, local(2026, 11, 10, 9, 30), None, Lead.FAR),
        (TUESDAY, local(2026, 11, 21, 9, 30), Lead.FAR, Lead.NEAR),
        (TUESDAY, local(2026, 11, 23, 9, 30), Lead.NEAR, Lead.LAST),
        (TUESDAY, local(2026, 11, 24, 9, 30), Lead.LAST, None),
        (MONDAY, local(2026, 11, 20, 9, 30), Lead.FAR, Lead.LAST),
    ],
)
def test_windows(hearing: HearingTime, begins: datetime, before: Lead | None, after: Lead | None) -> None:
    """A window opens at the hearing's time of day and stays open until the next one opens, or the hearing starts."""
    due = [nearest_due(hearing, begins + step, is_weekday) for step in (-TICK, timedelta(0), TICK)]

    assert due == [before, after, after]


def test_a_hearing_of_which_only_the_day_is_known_is_ahead_until_that_day_ends() -> None:
    """Midnight is not the time of a hearing."""
    hearing = HearingTime(local(2026, 11, 24), BELGRADE, time_known=False)

    assert nearest_due(hearing, local(2026, 11, 24, 23, 59), is_weekday) is Lead.LAST
    assert nearest_due(hearing, local(2026, 11, 25), is_weekday) is None


@pytest.mark.parametrize(("start", "far"), [((2026, 4, 7, 9, 0), (2026, 3, 24, 9, 0)), ((2026, 11, 3, 9, 0), (2026, 10, 20, 9, 0))])
def test_windows_follow_the_courts_clocks_over_the_change_of_time(start: tuple[int, ...], far: tuple[int, ...]) -> None:
    """A reminder 14 days ahead of 9 o'clock comes at 9 o'clock, in winter as in summer."""
    assert begins_at(Lead.FAR, HearingTime(local(*start), BELGRADE), is_weekday) == local(*far)


def test_the_last_reminder_is_never_followed_by_an_earlier_one() -> None:
    """Where holidays put the last working day more than three days ahead, three days ahead says nothing new."""
    holidays = {local(2026, 4, day).date() for day in (10, 13)}
    tuesday = HearingTime(local(2026, 4, 14, 9, 0), BELGRADE)

    def works(day: object) -> bool:
        return day not in holidays and is_weekday(day)  # type: ignore[arg-type]

    assert nearest_due(tuesday, local(2026, 4, 9, 9, 0), works) is Lead.LAST
    assert nearest_due(tuesday, local(2026, 4, 11, 9, 0), works) is Lead.LAST


def test_a_nearer_reminder_makes_the_farther_ones_superfluous() -> None:
    """In the order from far to near."""
    assert leads_before(Lead.FAR) == ()
    assert leads_before(Lead.LAST) == (Lead.FAR, Lead.NEAR)


@given(st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2027, 12, 31)), st.integers(0, 60 * 24 * 20))  # noqa: DTZ001
def test_reminders_only_come_nearer(start: datetime, minutes: int) -> None:
    """Whatever the hearing: as time passes, the reminder due never goes back to an earlier one."""
    hearing = HearingTime(start.replace(tzinfo=UTC), BELGRADE)
    now = hearing.starts_at - timedelta(minutes=minutes)
    order = [None, *Lead]
    later = nearest_due(hearing, min(now + timedelta(minutes=1), hearing.starts_at - TICK), is_weekday)

    assert order.index(nearest_due(hearing, now - TICK, is_weekday)) <= order.index(later)


def test_the_key_differs_in_every_part() -> None:
    """Recipient, kind, subject, version and lead all tell alerts apart; nothing else does."""
    base = Occasion(AlertKind.HEARING_AHEAD, "hearing", "H1", 1, "3d")
    others = [
        Occasion(AlertKind.HEARING_MOVED, "hearing", "H1", 1, "3d"),
        Occasion(AlertKind.HEARING_AHEAD, "hearing", "H2", 1, "3d"),
        Occasion(AlertKind.HEARING_AHEAD, "hearing", "H1", 2, "3d"),
        Occasion(AlertKind.HEARING_AHEAD, "hearing", "H1", 1, "14d"),
    ]
    keys = {dedupe_key("P1", base), dedupe_key("P2", base), *(dedupe_key("P1", other) for other in others)}

    assert len(keys) == 6
    assert dedupe_key("P1", base) == dedupe_key("P1", Occasion(AlertKind.HEARING_AHEAD, "hearing", "H1", 1, "3d"))


@pytest.mark.parametrize(("severity", "told"), [(2, False), (3, True), (4, True)])
def test_only_grave_flags_are_told_at_once(severity: int, told: bool) -> None:  # noqa: FBT001
    """Severity 1 and 2 wait for the digest, even where the rule names them."""
    assert is_told({AssignedAs.LAWYER: 1}, AssignedAs.LAWYER, severity) is told


def test_only_the_named_roles_are_told() -> None:
    """And each from its own severity on."""
    tells = {AssignedAs.LAWYER: 3, AssignedAs.SUPERVISOR: 4}

    assert not is_told(tells, AssignedAs.ADVOCATE, 4)
    assert not is_told(tells, AssignedAs.SUPERVISOR, 3)
    assert is_told(tells, AssignedAs.SUPERVISOR, 4)


@pytest.mark.parametrize(
    ("rule", "severity", "at_night"),
    [("incident", 4, True), ("accused-released", 4, True), ("incident", 3, False), ("confrontation", 4, False), (None, 4, False)],
)
def test_who_is_woken(rule: str | None, severity: int, at_night: bool) -> None:  # noqa: FBT001
    """Only the gravest flags of two rules ignore quiet hours."""
    assert is_sent_at_night(rule, severity) is at_night


QUIET = QuietHours(BELGRADE)


@pytest.mark.parametrize(
    ("hour", "minute", "held"), [(19, 59, False), (20, 0, True), (20, 1, True), (0, 0, True), (7, 59, True), (8, 0, False), (8, 1, False)]
)
def test_quiet_hours(hour: int, minute: int, held: bool) -> None:  # noqa: FBT001
    """From 20:00 until just before 08:00."""
    assert QUIET.hold(local(2026, 11, 23, hour, minute)) is held


def test_own_quiet_hours_within_one_day_and_none_at_all() -> None:
    """A person may be quiet at noon, or never."""
    noon = QuietHours(BELGRADE, time(12), time(14))

    assert noon.hold(local(2026, 11, 23, 13))
    assert not noon.hold(local(2026, 11, 23, 23))
    assert noon.open_at(local(2026, 11, 23, 13)) == local(2026, 11, 23, 14)
    assert not QuietHours(BELGRADE, time(0), time(0)).hold(local(2026, 11, 23, 0))


@pytest.mark.parametrize(
    ("evening", "morning"),
    [
        ((2026, 3, 28, 22, 0), datetime(2026, 3, 29, 6, 0, tzinfo=UTC)),
        ((2026, 10, 24, 22, 0), datetime(2026, 10, 25, 7, 0, tzinfo=UTC)),
        ((2026, 3, 29, 3, 30), datetime(2026, 3, 29, 6, 0, tzinfo=UTC)),
        ((2026, 10, 25, 2, 30), datetime(2026, 10, 25, 7, 0, tzinfo=UTC)),
    ],
)
def test_both_nights_of_the_change_of_time_end_at_eight_local(evening: tuple[int, ...], morning: datetime) -> None:
    """The short night and the long one: 08:00 by the wall clock."""
    assert QUIET.open_at(local(*evening)) == morning


@given(st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2028, 1, 1)), st.times(), st.times())  # noqa: DTZ001
def test_nobody_is_disturbed_and_nobody_waits_a_day(at: datetime, starts: time, ends: time) -> None:
    """After the wait it is never quiet (but where the clocks jump over the end), and the wait is shorter than a day."""
    quiet = QuietHours(ZoneInfo("UTC"), starts.replace(tzinfo=None), ends.replace(tzinfo=None))
    aware = at.replace(tzinfo=UTC)
    opened = quiet.open_at(aware)

    assert not quiet.hold(opened)
    assert aware <= opened <= aware + timedelta(days=1)


@pytest.mark.parametrize(("attempts", "minutes"), list(enumerate(RETRY_MINUTES, start=1)))
def test_retries_come_later_each_time(attempts: int, minutes: int) -> None:
    """After 1, 5, 15, 60 and 240 minutes, up to a fifth later."""
    assert retry_delay(attempts, 0.0) == timedelta(minutes=minutes)
    assert retry_delay(attempts, 1.0) == timedelta(minutes=minutes) * 1.2


def test_six_failed_sends_are_enough() -> None:
    """Five retries, then it has failed."""
    assert retry_delay(5, 0.0) is not None
    assert retry_delay(6, 0.0) is None


def test_the_providers_longer_wish_is_granted() -> None:
    """Retry-After lengthens a pause, it never shortens one."""
    assert retry_delay(1, 0.0, 300.0) == timedelta(seconds=300)
    assert retry_delay(1, 0.0, 5.0) == timedelta(minutes=1)
