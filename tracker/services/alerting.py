"""What a change of the record tells people: called inside the transaction that makes the change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from sqlmodel import Session

from tracker.domain.alerting import TOLD_AT_ONCE, HearingTime, Lead, Occasion, is_told
from tracker.domain.codes.hearing import HearingOutcome
from tracker.domain.codes.people import AssignedAs
from tracker.domain.flags import Severity
from tracker.domain.messages import ABOUT_HEARINGS, AlertKind, MessageState
from tracker.services.context import Context
from tracker.services.outbox import Draft, HearingWords, enqueue
from tracker.storage.queries import alertable
from tracker.storage.queries import outbox as rows
from tracker.storage.queries.alertable import AlertableHearing
from tracker.storage.queries.recipients import Recipient, assigned_on, told_called_off, told_of_chain

AFTER_ALL = "after-all"
"""Tells the news that a hearing takes place after all from the news that it was moved."""
CALLED_OFF = (HearingOutcome.CANCELLED, HearingOutcome.POSTPONED_IN_ADVANCE)


@dataclass(frozen=True, slots=True)
class HearingChange:
    """What happened to a hearing.

    ``moved`` with ``replacement_id``: superseded by that hearing; without: its own date, time, court or room changed, from
    ``old_version`` and (where the writer knows it) from the old start ``old_starts_at``.
    """

    hearing_id: int
    kind: Literal["added", "moved", "cancelled", "outcome"]
    replacement_id: int | None = None
    old_version: int | None = None
    old_starts_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RaisedFlag:
    """A flag just opened, or raised to ``severity``; ``tells`` maps a role to the lowest severity at which it is told."""

    flag_id: int
    rule: str
    subject: str
    severity: int
    tells: Mapping[AssignedAs, int]


def hearing_changed(db: Session, ctx: Context, change: HearingChange) -> None:
    """Withdraw the unsent alerts of the old version and, for an upcoming hearing, tell of the move or cancellation.

    ``added`` is for a new hearing, and for one that takes place after all: whoever was told that it was called off is told.
    """
    db.flush()
    ids = [change.hearing_id] if change.replacement_id is None else [change.hearing_id, change.replacement_id]
    found = alertable.by_id(db, ids)
    hearing = found[change.hearing_id]
    match change.kind:
        case "added":
            rows.withdraw(db, rows.of_hearing(hearing.id, (AlertKind.HEARING_CANCELLED,)), now=ctx.now())
            _tell_of_revival(db, ctx, hearing)
        case "moved" if change.replacement_id is None:
            rows.withdraw(db, rows.of_older_version(hearing.id, hearing.version), now=ctx.now())
            old_time = replace(time_of(hearing, ctx), starts_at=change.old_starts_at or hearing.starts_at)
            _tell_of_move(db, ctx, hearing, hearing, old_time)
        case "moved":
            rows.withdraw(db, rows.of_hearing(hearing.id, ABOUT_HEARINGS), now=ctx.now())
            _tell_of_move(db, ctx, hearing, found[ids[1]], time_of(hearing, ctx))
        case "cancelled":
            rows.withdraw(db, rows.of_hearing(hearing.id, (AlertKind.HEARING_AHEAD, AlertKind.HEARING_MOVED)), now=ctx.now())
            _tell_of_cancellation(db, ctx, hearing)
        case "outcome":
            rows.withdraw(db, rows.of_hearing(hearing.id, ABOUT_HEARINGS), now=ctx.now())
            if hearing.outcome in CALLED_OFF:
                _tell_of_cancellation(db, ctx, hearing)


def flags_raised(db: Session, ctx: Context, proceeding_id: int, raised: Sequence[RaisedFlag]) -> None:
    """Tell the assigned people whose role each rule names; severity 1 and 2 wait for the digest."""
    grave = [flag for flag in raised if flag.severity >= TOLD_AT_ONCE]
    if not grave:
        return
    rows.withdraw(db, rows.of_flags([flag.flag_id for flag in grave]), now=ctx.now())
    assigned = assigned_on(db, [proceeding_id], ctx.office_today())
    drafts = [
        Draft(
            to=each.person,
            about=Occasion(AlertKind.FLAG_RAISED, "flag", f"{flag.rule}/{flag.flag_id}", flag.severity),
            severity=flag.severity,
            needs_ack=True,
            rule=flag.rule,
            flag_id=flag.flag_id,
            proceeding_id=proceeding_id,
        )
        for flag in grave
        for each in assigned
        if is_told(flag.tells, each.assigned_as, flag.severity)
    ]
    enqueue(db, ctx, drafts)


def flags_closed(db: Session, ctx: Context, flag_ids: Sequence[int]) -> None:
    """Let the unsent alerts of closed flags expire."""
    if flag_ids:
        rows.withdraw(db, rows.of_flags(flag_ids), now=ctx.now(), state=MessageState.EXPIRED)


def time_of(hearing: AlertableHearing, ctx: Context) -> HearingTime:
    """Return when a hearing is, by the clocks of its court."""
    return HearingTime(hearing.starts_at, ZoneInfo(hearing.timezone or ctx.pack.timezone), hearing.time_known)


def draft_of(hearing: AlertableHearing, ctx: Context, kind: AlertKind, to: Recipient, lead: str = "") -> Draft:
    """Return one alert about one hearing to one person; it expires when the hearing is no longer ahead."""
    time = time_of(hearing, ctx)
    is_grave = kind is not AlertKind.HEARING_AHEAD or lead == Lead.LAST
    return Draft(
        to=to,
        about=Occasion(kind, "hearing", hearing.external_id, hearing.version, lead),
        severity=Severity.URGENT if is_grave else Severity.ATTENTION,
        needs_ack=is_grave,
        expires_at=time.passes_at,
        hearing=HearingWords(time, hearing.court, hearing.room),
        hearing_id=hearing.id,
        proceeding_id=hearing.proceeding_id,
    )


def _tell_of_move(db: Session, ctx: Context, old: AlertableHearing, new: AlertableHearing, old_time: HearingTime) -> None:
    is_open = new.outcome is None and new.superseded_by_id is None
    if is_open and old_time.is_ahead(ctx.now()) and time_of(new, ctx).is_ahead(ctx.now()):
        people = _concerned(db, ctx, {old.proceeding_id, new.proceeding_id}, {old.calendar_uid, new.calendar_uid})
        enqueue(db, ctx, [draft_of(new, ctx, AlertKind.HEARING_MOVED, person) for person in people])


def _tell_of_cancellation(db: Session, ctx: Context, hearing: AlertableHearing) -> None:
    if time_of(hearing, ctx).is_ahead(ctx.now()):
        people = _concerned(db, ctx, {hearing.proceeding_id}, {hearing.calendar_uid})
        enqueue(db, ctx, [draft_of(hearing, ctx, AlertKind.HEARING_CANCELLED, person) for person in people])


def _tell_of_revival(db: Session, ctx: Context, hearing: AlertableHearing) -> None:
    if time_of(hearing, ctx).is_ahead(ctx.now()):
        misled = told_called_off(db, hearing.id)
        enqueue(db, ctx, [draft_of(hearing, ctx, AlertKind.HEARING_MOVED, person, AFTER_ALL) for person in misled])


def _concerned(db: Session, ctx: Context, proceedings: set[int | None], chains: set[str]) -> Sequence[Recipient]:
    known = {each for each in proceedings if each is not None}
    people = [each.person for each in assigned_on(db, known, ctx.office_today())]
    for chain in sorted(chains):
        people += told_of_chain(db, chain)
    return list(dict.fromkeys(people))
