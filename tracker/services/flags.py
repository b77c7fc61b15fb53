"""Flags for people: listed, acknowledged, and closed or dismissed with a reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from tracker.domain.access import Permission, may
from tracker.domain.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError, Problem
from tracker.domain.flags import CloseReason, FlagKind
from tracker.privacy.places import FLAG_CLOSE_NOTE
from tracker.services import audit
from tracker.services.alerting import flags_closed
from tracker.services.context import Context
from tracker.storage.queries import flags
from tracker.storage.queries.flags import FlagRow

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class FlagLine:
    """One episode; ``subject`` and ``proceeding`` are external ids, ``is_quiet`` tells that a person dismissed it."""

    ref: str
    rule: str
    subject_kind: str
    subject: str
    proceeding: str
    severity: int
    opened_on: date
    since: date
    closed_on: date | None
    close_reason: str | None
    facts: Mapping[str, Any]
    is_quiet: bool


def listed(ctx: Context, *, with_closed: bool = False, on: date | None = None) -> list[FlagLine]:
    """Return the flags of all proceedings for the system itself, gravest first.

    Those open now, or as they stood at the end of the day ``on``; ``with_closed`` adds the closed ones.

    Raises:
        ForbiddenError: a person asks; people see the flags of their own cases, on the pages of those.
    """
    if not ctx.actor.is_system:
        raise ForbiddenError("there is nothing here for you")
    with ctx.database.reading() as db:
        return [_line(row, on) for row in flags.listed(db, with_closed=with_closed, on=on)]


def acknowledge(ctx: Context, refs: Sequence[str]) -> None:
    """Note that the person has seen these flags; who did so first stays noted.

    Raises:
        NotFoundError: one of them is not there, or not this person's.
    """
    with ctx.database.writing() as db:
        person, rows = _mine(db, ctx, refs)
        flags.acknowledge(db, [row.id for row in rows], person, ctx.now())
        _audit(db, ctx, "flag.acknowledged", rows)


def close_events(ctx: Context, refs: Sequence[str], reason: str) -> None:
    """Close events for good: the same fact never raises a flag again.

    Raises:
        NotFoundError: one of them is not there, or not this person's.
        ConflictError: one is closed already, or is a state, which closes by itself.
        InvalidInputError: there is no reason, or it is too long.
    """
    note = _checked(reason)
    with ctx.database.writing() as db:
        person, rows = _mine(db, ctx, refs)
        _require(rows, FlagKind.EVENT, "a state closes by itself: dismiss it instead")
        today = ctx.office_today()
        closed = [
            {
                "key": row.id, "closed_on": max(today, row.opened_on), "last_changed_on": today, "closed_by_id": person,
                "close_reason": CloseReason.BY_PERSON.value, "close_note_sealed": ctx.keys.seal(FLAG_CLOSE_NOTE, row.ref, note),
            }
            for row in rows
        ]  # fmt: skip
        flags.revise(db, closed)
        flags_closed(db, ctx, [row.id for row in rows])
        _audit(db, ctx, "flag.closed", rows)


def dismiss_states(ctx: Context, refs: Sequence[str], reason: str) -> None:
    """Keep states quiet until their severity rises.

    Raises:
        NotFoundError: one of them is not there, or not this person's.
        ConflictError: one is closed already, or is an event, which is closed instead.
        InvalidInputError: there is no reason, or it is too long.
    """
    note = _checked(reason)
    with ctx.database.writing() as db:
        person, rows = _mine(db, ctx, refs)
        _require(rows, FlagKind.STATE, "an event cannot be dismissed: close it instead")
        dismissed = [
            {
                "key": row.id, "dismissed_severity": row.severity, "closed_by_id": person,
                "close_note_sealed": ctx.keys.seal(FLAG_CLOSE_NOTE, row.ref, note),
            }
            for row in rows
        ]  # fmt: skip
        flags.revise(db, dismissed)
        flags_closed(db, ctx, [row.id for row in rows])
        _audit(db, ctx, "flag.dismissed", rows)


def _mine(db: Session, ctx: Context, refs: Sequence[str]) -> tuple[int, list[FlagRow]]:
    """Return the person who acts and the flags asked for, all of them of proceedings that the person is assigned to."""
    if ctx.actor.person_id is None or not may(ctx.actor.role, Permission.ACT_ON_FLAGS):
        raise ForbiddenError("there is nothing here for you")
    wanted = set(refs)
    rows = flags.of_person(db, sorted(wanted), ctx.actor.person_id, ctx.office_today())
    if len(rows) != len(wanted):
        raise NotFoundError("there is no such flag, or it is not yours")
    return ctx.actor.person_id, rows


def _audit(db: Session, ctx: Context, action: str, rows: Sequence[FlagRow]) -> None:
    for row in rows:
        audit.note(db, ctx, action, case=row.proceeding, subject=("flag", row.ref), details={"rule": row.rule, "severity": row.severity})


def _require(rows: Sequence[FlagRow], kind: FlagKind, otherwise: str) -> None:
    if any(row.kind != kind for row in rows):
        raise ConflictError(otherwise)
    if any(row.closed_on is not None for row in rows):
        raise ConflictError("somebody, or the sweep, has closed this flag meanwhile")


def _checked(reason: str) -> str:
    note = reason.strip()
    if not 0 < len(note) <= LONGEST_REASON:
        raise InvalidInputError([Problem("reason", f"say why, in at most {LONGEST_REASON} characters")])
    return note


def _line(row: FlagRow, on: date | None) -> FlagLine:
    is_closed = row.closed_on is not None and (on is None or row.closed_on <= on)
    return FlagLine(
        ref=row.ref,
        rule=row.rule,
        subject_kind=row.subject_kind,
        subject=row.subject,
        proceeding=row.proceeding,
        severity=row.severity,
        opened_on=row.opened_on,
        since=row.since,
        closed_on=row.closed_on if is_closed else None,
        close_reason=row.close_reason if is_closed else None,
        facts=row.facts,
        is_quiet=row.dismissed_severity is not None and not is_closed,
    )
