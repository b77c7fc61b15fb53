"""When an alert is due, until when, to whom at once, and when it is tried again.

Every alert has a window, not a day: it is due from an instant until its subject has passed, so that a missed
night is caught up by the next run.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from tracker.domain.codes.people import AssignedAs
from tracker.domain.court_days import IsCourtDay, previous_court_day
from tracker.domain.flags import Severity
from tracker.domain.messages import AlertKind


class Lead(StrEnum):
    """How long before a hearing people are reminded; the order is from far to near."""

    FAR = "14d"
    NEAR = "3d"
    LAST = "1wd"


CALENDAR_DAYS: Mapping[Lead, int] = {Lead.FAR: 14, Lead.NEAR: 3}
HORIZON = timedelta(days=CALENDAR_DAYS[Lead.FAR] + 1)
"""No reminder is due for a hearing that starts later than this from now (a day to spare for zones)."""

QUIET_FROM = time(20, 0)
QUIET_TO = time(8, 0)
TOLD_AT_ONCE = Severity.URGENT
SENT_AT_NIGHT = frozenset({"incident", "accused-released"})
"""Rules whose gravest flags are told at any hour."""

RETRY_MINUTES = (1, 5, 15, 60, 240)
JITTER = 0.2
"""A retry comes up to a fifth later than its delay, so that many do not come at once."""

CLAIM_LOST_AFTER = timedelta(minutes=5)
LOST_AFTER = timedelta(minutes=15)
NO_NEWS_AFTER = timedelta(hours=72)
ACKNOWLEDGE_WITHIN = timedelta(hours=72)


@dataclass(frozen=True, slots=True)
class HearingTime:
    """When a hearing is, and in which zone its court's clocks run."""

    starts_at: datetime
    zone: ZoneInfo
    time_known: bool = True

    @property
    def local(self) -> datetime:
        """Return the start as the court's clocks show it."""
        return self.starts_at.astimezone(self.zone)

    @property
    def passes_at(self) -> datetime:
        """Return the instant from which it lies behind us: its start, or the end of its day where only the day is known."""
        if self.time_known:
            return self.starts_at
        return datetime.combine(self.local.date() + timedelta(days=1), time.min, self.zone).astimezone(UTC)

    def is_ahead(self, now: datetime) -> bool:
        """Tell whether it is still upcoming."""
        return now < self.passes_at


def begins_at(lead: Lead, hearing: HearingTime, is_court_day: IsCourtDay) -> datetime:
    """Return the UTC instant from which a reminder is due: the hearing's time of day on an earlier day, by the court's clocks."""
    local = hearing.local
    day = local.date()
    on = previous_court_day(day, is_court_day) if lead is Lead.LAST else day - timedelta(days=CALENDAR_DAYS[lead])
    return datetime.combine(on, local.time(), hearing.zone).astimezone(UTC)


def nearest_due(hearing: HearingTime, now: datetime, is_court_day: IsCourtDay) -> Lead | None:
    """Return the nearest reminder whose window is open; the last one, once due, is never followed by an earlier one."""
    if not hearing.is_ahead(now):
        return None
    due = [lead for lead in Lead if begins_at(lead, hearing, is_court_day) <= now]
    return due[-1] if due else None


def leads_before(lead: Lead) -> tuple[Lead, ...]:
    """Return the reminders that ``lead`` makes superfluous."""
    order = list(Lead)
    return tuple(order[: order.index(lead)])


@dataclass(frozen=True, slots=True)
class Occasion:
    """What an alert is about: with the recipient, the reason why it is sent once only."""

    kind: AlertKind
    subject_kind: str
    subject: str
    version: int
    lead: str = ""


def dedupe_key(recipient: str, occasion: Occasion) -> str:
    """Return the key that is unique for (recipient, kind, subject, version, lead); it tells nothing by itself."""
    parts = (recipient, occasion.kind, occasion.subject_kind, occasion.subject, str(occasion.version), occasion.lead)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def is_told(tells: Mapping[AssignedAs, int], role: AssignedAs, severity: int) -> bool:
    """Tell whether a person in ``role`` is told of a flag at once; below severity 3 only the digest tells."""
    threshold = tells.get(role)
    return threshold is not None and severity >= max(threshold, TOLD_AT_ONCE)


def is_sent_at_night(rule: str | None, severity: int) -> bool:
    """Tell whether an alert ignores quiet hours."""
    return severity >= Severity.CRITICAL and rule in SENT_AT_NIGHT


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Local times of day between which nobody is disturbed: from the first, until just before the second; equal ones mean never."""

    zone: ZoneInfo
    starts: time = QUIET_FROM
    ends: time = QUIET_TO

    def hold(self, at: datetime) -> bool:
        """Tell whether ``at`` is in them."""
        now = at.astimezone(self.zone).time()
        if self.starts <= self.ends:
            return self.starts <= now < self.ends
        return now >= self.starts or now < self.ends

    def open_at(self, at: datetime) -> datetime:
        """Return the first instant from ``at`` on that is not in them, in UTC."""
        if not self.hold(at):
            return at.astimezone(UTC)
        local = at.astimezone(self.zone)
        day = local.date() if local.time() < self.ends else local.date() + timedelta(days=1)
        return datetime.combine(day, self.ends, self.zone).astimezone(UTC)


def retry_delay(attempts: int, jitter: float, wished_seconds: float | None = None) -> timedelta | None:
    """Return how long to wait after ``attempts`` failed sends, ``None`` where it is enough.

    ``jitter`` is a random number from 0 to 1; a longer wish of the provider (Retry-After) is granted.
    """
    if attempts > len(RETRY_MINUTES):
        return None
    delay = timedelta(minutes=RETRY_MINUTES[attempts - 1]) * (1 + JITTER * jitter)
    return max(delay, timedelta(seconds=wished_seconds or 0))
