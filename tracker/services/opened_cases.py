"""Open a case without being assigned: one case, four hours, with a reason, and supervisors know at once."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session

from tracker.domain.access import Permission, may
from tracker.domain.alerting import Occasion
from tracker.domain.case_numbers import is_reference, normalise
from tracker.domain.codes.people import Role
from tracker.domain.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError, Problem, TooOftenError
from tracker.domain.flags import Severity
from tracker.domain.messages import AlertKind
from tracker.privacy.places import CASE_NUMBER_INDEX, OPENED_CASE_REASON
from tracker.services import audit
from tracker.services.context import Context
from tracker.services.outbox import Draft, enqueue
from tracker.storage.queries import audit as log
from tracker.storage.queries import opened_cases as queries
from tracker.storage.queries.opened_cases import CaseFound, OpeningRow
from tracker.storage.queries.recipients import Recipient
from tracker.storage.tables.opened_cases import OpenedCase

OPEN_FOR = timedelta(hours=4)
SHORTEST_REASON, LONGEST_REASON = 20, 500
LONGEST_NAME = 60
ATTEMPTS, WITHIN = 5, timedelta(hours=1)
REF_BYTES = 8


@dataclass(frozen=True, slots=True)
class Opening:
    """One opened case: by whom (sign-in name), until when, and why; ``case`` is its name in addresses where the reader may see it."""

    ref: str
    login: str
    role: Role
    is_mine: bool
    opened_at: datetime
    expires_at: datetime
    case: str | None
    reason: str = field(repr=False)


def open_case(ctx: Context, wanted: str, reason: str) -> str:
    """Open the case with this number (in any spelling) or name to the person who asks, and return its name in addresses.

    A case that the person may see already is returned as it is. Every other attempt is entered, and counted.

    Raises:
        ForbiddenError: the actor's role opens no cases.
        InvalidInputError: the number or the reason is missing, too short or too long.
        TooOftenError: five attempts within an hour.
        NotFoundError: there is no such case.
        ConflictError: several cases have this number, or nobody could be told.
    """
    person = _opener(ctx)
    name, why = _checked(wanted, reason)
    today, now = ctx.office_today(), ctx.now()
    number = ctx.keys.index(CASE_NUMBER_INDEX, normalise(name).normal)
    with ctx.database.reading() as db:
        cases = queries.named(db, number, name if is_reference(name) else None, person=person, today=today, now=now)
        if len(cases) == 1 and cases[0].is_visible:
            return cases[0].ref
        tried = log.by_action(db, ["case.opened", "case.open-refused"], since=now - WITHIN, person=audit.person(db, person))
    if len(tried) >= ATTEMPTS:
        _refuse(ctx, "attempts", why)
        raise TooOftenError("five attempts within an hour are enough")
    if len(cases) != 1:
        _refuse(ctx, "several" if cases else "absent", why)
        raise (ConflictError("several cases have this number") if cases else NotFoundError("there is no such case"))
    return _opened(ctx, person, cases[0], why)


def _opened(ctx: Context, person: int, case: CaseFound, why: str) -> str:
    ref, now = secrets.token_hex(REF_BYTES), ctx.now()
    with ctx.database.writing() as db:
        told = _who_is_told(db, ctx, person, case.id)
        if told:
            values = {
                "ref": ref, "person_id": person, "proceeding_id": case.id, "opened_at": now, "expires_at": now + OPEN_FOR,
                "reason_sealed": ctx.keys.seal(OPENED_CASE_REASON, ref, why),
            }  # fmt: skip
            db.add(OpenedCase.model_validate(values))
            db.flush()
            about = Occasion(AlertKind.ACCESS_OPENED, queries.SUBJECT, ref, 1)
            enqueue(
                db, ctx, [Draft(to=each, about=about, severity=Severity.CRITICAL, needs_ack=True, proceeding_id=case.id) for each in told]
            )
            audit.note(db, ctx, "case.opened", case=case.external_id, details={"told": len(told)}, reason=why)
            return case.ref
    _refuse(ctx, "nobody-to-tell", why)
    raise ConflictError("nobody could be told of it")


def _who_is_told(db: Session, ctx: Context, person: int, proceeding: int) -> Sequence[Recipient]:
    """Return the supervisors of whoever opens and of those assigned; else all supervisors, else those assigned; never the opener."""
    assigned = queries.assigned_people(db, proceeding, ctx.office_today())
    for people in (queries.supervisors_of(db, {person, *(each.id for each in assigned)}), queries.all_supervisors(db), assigned):
        others = [each for each in people if each.id != person]
        if others:
            return others
    return ()


def give_back(ctx: Context, ref: str) -> None:
    """End an opening of one's own before its time.

    Raises:
        NotFoundError: nothing of that name is open to the person.
    """
    person = _opener(ctx)
    with ctx.database.writing() as db:
        case = queries.give_back(db, ref, person, ctx.now())
        if case is None:
            raise NotFoundError("nothing of that name is open to you")
        audit.note(db, ctx, "case.given-back", case=case)


def confirm(ctx: Context, ref: str) -> None:
    """Note that the person knows of an opening; a second time changes nothing."""
    if not ctx.actor.person_id:
        raise ForbiddenError("there is nothing here for you")
    with ctx.database.writing() as db:
        if queries.confirm(db, ref, ctx.actor.person_id, ctx.now()):
            audit.note(db, ctx, "case.open-confirmed", subject=(queries.SUBJECT, ref))


def mine(ctx: Context) -> list[Opening]:
    """Return what is open to the person who asks."""
    person = _opener(ctx)
    with ctx.database.reading() as db:
        return [_opening(ctx, row) for row in queries.open_to(db, person, today=ctx.office_today(), now=ctx.now())]


def announced(ctx: Context) -> list[Opening]:
    """Return the openings of which the person who asks was told and that wait for a word."""
    person = ctx.actor.person_id or 0
    with ctx.database.reading() as db:
        return [_opening(ctx, row) for row in queries.announced_to(db, person, today=ctx.office_today(), now=ctx.now())]


def of_case(db: Session, ctx: Context, proceeding_id: int) -> tuple[Opening, ...]:
    """Return by whom a case is opened now, for its own page: whoever calls has asked whether the actor may see it."""
    person = ctx.actor.person_id or 0
    rows = queries.open_of_case(db, proceeding_id, person=person, today=ctx.office_today(), now=ctx.now())
    return tuple(_opening(ctx, row) for row in rows)


def _opener(ctx: Context) -> int:
    if not ctx.actor.person_id or not may(ctx.actor.role, Permission.OPEN_CASE):
        raise ForbiddenError("there is nothing here for you")
    return ctx.actor.person_id


def _checked(wanted: str, reason: str) -> tuple[str, str]:
    name, why = wanted.strip(), " ".join(reason.split())
    problems = []
    if not 0 < len(name) <= LONGEST_NAME:
        problems.append(Problem("case", f"a case number or the file's reference, of at most {LONGEST_NAME} characters"))
    if not SHORTEST_REASON <= len(why) <= LONGEST_REASON:
        problems.append(Problem("reason", f"say in {SHORTEST_REASON} to {LONGEST_REASON} characters why"))
    if problems:
        raise InvalidInputError(problems)
    return name, why


def _refuse(ctx: Context, why: str, reason: str) -> None:
    audit.record(ctx, "case.open-refused", details={"why": why}, reason=reason)


def _opening(ctx: Context, row: OpeningRow) -> Opening:
    return Opening(
        ref=row.ref,
        login=row.login or "",
        role=row.role,
        is_mine=row.person_id == ctx.actor.person_id,
        opened_at=row.opened_at,
        expires_at=row.expires_at,
        case=row.proceeding if row.is_visible else None,
        reason=ctx.keys.open(OPENED_CASE_REASON, row.ref, row.reason),
    )
