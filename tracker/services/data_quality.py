"""What keeps the record from being true, for the steward: counts and opaque references, no number and no name."""

from dataclasses import dataclass

from tracker.domain.access import Permission, may
from tracker.domain.errors import ForbiddenError
from tracker.services import audit
from tracker.services.context import Context
from tracker.storage.data_check import Found, Moment, all_checks, count_proceedings, look
from tracker.storage.queries.calendar_age import CalendarAge, calendar_ages

MOST = 20


@dataclass(frozen=True, slots=True)
class QualityLine:
    """One check: its words, what can be done, and what it found; words are marked for translation."""

    title: str
    remedy: str
    found: Found

    @property
    def left_out(self) -> int:
        """Count the proceedings that are not listed."""
        return self.found.proceedings - len(self.found.worst)


@dataclass(frozen=True, slots=True)
class Quality:
    """How many proceedings there are, every check, the one that finds most first, and how old courts' calendars are."""

    proceedings: int
    lines: tuple[QualityLine, ...]
    calendars: tuple[CalendarAge, ...]


def quality(ctx: Context) -> Quality:
    """Ask every check; the look is entered in the audit log.

    Raises:
        ForbiddenError: who acts does not look after the data.
    """
    if not may(ctx.actor.role, Permission.SEE_DATA_QUALITY):
        raise ForbiddenError("the quality of the data is the steward's")
    moment = Moment(ctx.now(), ctx.office_today())
    with ctx.database.reading() as db:
        lines = [QualityLine(check.title, check.remedy, look(db, check, moment, MOST)) for check in all_checks()]
        ages, everything = calendar_ages(db), count_proceedings(db)
    audit.record(ctx, "quality.read", details={"checks": len(lines)})
    return Quality(everything, tuple(sorted(lines, key=lambda line: -line.found.proceedings)), ages)
