"""Who looked at a case, and what they did there: for supervisors of those who work on it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tracker.domain.access import Permission, may
from tracker.domain.codes.people import Role
from tracker.domain.errors import ForbiddenError, NotFoundError
from tracker.services import audit
from tracker.services.audit import AuditLine
from tracker.services.case_access import reader
from tracker.services.context import Context
from tracker.storage.queries import accounts
from tracker.storage.queries import audit as log
from tracker.storage.queries import case_page as cases

PAGE = 50
LOOKS = ("case.read", "case.opened", "identity.revealed")
COUNTED_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Look:
    """One line of the log, for people: who by sign-in name, else by the part of the program; in which words, and why."""

    seq: int
    at: datetime
    who: str
    role: Role | None
    words: str
    details: Mapping[str, Any]
    reason: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Looks:
    """One page of it; ``often`` tells who looked how often within thirty days, the most first; ``before`` leads to older lines."""

    ref: str
    lines: tuple[Look, ...]
    often: tuple[tuple[str, int], ...]
    before: int | None


def who_looked(ctx: Context, ref: str, *, before: int | None = None) -> Looks:
    """Return what the audit log says of one case; that somebody asked is entered first.

    Raises:
        NotFoundError: there is no such case of this person's or their team's, or their role does not ask.
    """
    person = reader(ctx)
    if not may(ctx.actor.role, Permission.SEE_WHO_LOOKED):
        raise ForbiddenError("there is nothing here for you")
    with ctx.database.reading() as db:
        head = cases.head(db, person, ref, today=ctx.office_today(), now=ctx.now())
        if head is None or not head.is_theirs:
            raise NotFoundError("there is no such case, or it is not yours")
        logins = {row.person: row.login for row in accounts.listed(db)}
        looks = log.by_action(db, LOOKS, since=ctx.now() - COUNTED_FOR, case=head.external_id)
    audit.record(ctx, "audit.read", case=head.external_id)
    rows = audit.of_case(ctx, head.external_id, before=before, limit=PAGE + 1)
    often = Counter(logins.get(row.person, row.person) for row in looks if row.person)
    return Looks(
        ref=ref,
        lines=tuple(_look(line, logins) for line in rows[:PAGE]),
        often=tuple(often.most_common()),
        before=rows[PAGE - 1].seq if len(rows) > PAGE else None,
    )


def _look(line: AuditLine, logins: Mapping[str, str]) -> Look:
    return Look(
        seq=line.seq,
        at=line.at,
        who=logins.get(line.person, line.person) or line.program,
        role=Role(line.role) if line.role else None,
        words=audit.actions().get(line.action, line.action),
        details=line.details,
        reason=line.reason,
    )
