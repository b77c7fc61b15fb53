"""Days told from today, on which a court could have sat."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tracker.domain.court_days import IsCourtDay, previous_court_day
from tracker.domain.pack import Recess


@dataclass(frozen=True, slots=True)
class Days:
    """Today, the courts' time zone, their working days and their vacations."""

    today: date
    zone: ZoneInfo
    is_court_day: IsCourtDay
    recess: tuple[Recess, ...] = ()

    def ago(self, days: int) -> date:
        """Return the last working day that is at least ``days`` days ago."""
        return previous_court_day(self.today - timedelta(days=days - 1), self.is_court_day)

    def ahead(self, days: int) -> date:
        """Return the first working day that is at least ``days`` days ahead."""
        day = self.today + timedelta(days=days)
        while not self.is_court_day(day):
            day += timedelta(days=1)
        return day

    def sitting(self, day: date) -> date:
        """Return the first working day from ``day`` on that is not in the court vacation."""
        while not self.is_court_day(day) or any(day in recess for recess in self.recess):
            day += timedelta(days=1)
        return day

    def instant(self, day: date, at: str) -> str:
        """Return a court-local time of day as an ISO instant with its offset."""
        return datetime.combine(day, time.fromisoformat(at), self.zone).isoformat()
