"""The audit log: every write, every look at a case, every export and refusal, in a chain that shows what was altered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlmodel import Session

from tracker.discovery import discover
from tracker.domain.trail import Audited, Details, require_codes
from tracker.privacy import chain
from tracker.privacy.keys import KeyRing
from tracker.privacy.places import AUDIT_REASON
from tracker.services.context import Context
from tracker.storage.engine import do_last
from tracker.storage.queries import audit as queries
from tracker.storage.tables.audit import AuditEntry

PENDING = "audit"
FORGOTTEN = "audit.forgotten"
PAGE = 50


@dataclass(frozen=True, slots=True)
class _Pending:
    """An entry that waits for the end of its transaction."""

    keys: KeyRing
    at: datetime
    person: str
    role: str
    program: str
    action: str
    case: str | None
    subject: tuple[str, str] | None
    reason: str | None
    details: Details


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One entry for people: when, who (an external id, or a part of the program), what, about what, and why."""

    seq: int
    at: datetime
    person: str
    role: str
    program: str
    action: str
    case: str | None
    subject_kind: str
    subject: str | None
    reason: str | None
    details: Mapping[str, Any]


@cache
def actions() -> Mapping[str, str]:
    """Return every action that the log knows, with the words for it."""
    return {code: words for area in discover("tracker.domain.audited", "ACTIONS", Audited) for code, words in area.actions.items()}


def person(db: Session, key: int) -> str:
    """Return the name that the log uses for a person of the office: the external id, empty where there is none."""
    return queries.person_id(db, key)


def note(  # noqa: PLR0913 - what an entry has, all by name
    db: Session,
    ctx: Context,
    action: str,
    *,
    case: str | None = None,
    subject: tuple[str, str] | None = None,
    details: Details | None = None,
    reason: str | None = None,
) -> None:
    """Have an entry written at the end of this transaction: it stands exactly if the rest does.

    ``case`` is a proceeding's external id, ``subject`` a kind and an id, ``reason`` a person's words (kept sealed).

    Raises:
        ValueError: nobody declared the action, or a detail is more than a number or a code.
    """
    if action not in actions():
        raise ValueError(f"{action} is declared in no file of tracker/domain/audited")
    told = dict(details or {})
    require_codes(told)
    actor = ctx.actor
    waiting = _Pending(
        keys=ctx.keys,
        at=ctx.now().astimezone(UTC),
        person=person(db, actor.person_id) if actor.person_id else "",
        role=actor.role.value if actor.role else "",
        program=actor.program,
        action=action,
        case=case,
        subject=subject,
        reason=reason,
        details=told,
    )
    db.info.setdefault(PENDING, []).append(waiting)
    do_last(db, _append)


def record(
    ctx: Context,
    action: str,
    *,
    case: str | None = None,
    subject: tuple[str, str] | None = None,
    details: Details | None = None,
    reason: str | None = None,
) -> None:
    """Write one entry in a transaction of its own: for what changes nothing else, such as a look or a refusal."""
    with ctx.database.writing() as db:
        note(db, ctx, action, case=case, subject=subject, details=details, reason=reason)


def forget(db: Session, ctx: Context, *, subject: tuple[str, str] | None = None, case: str | None = None) -> int:
    """Take a subject, or a case with everything in it, out of the log, and return how many entries' texts went.

    The chain still adds up: it covers commitments, and an entry of its own says how many were emptied. Reasons that
    people gave in these entries go too, for they may name somebody. Entries noted earlier in this transaction are
    not yet in the log: call this first.
    """
    counts = [queries.forget_subject(db, *subject)] if subject is not None else []
    counts += [queries.forget_case(db, case)] if case is not None else []
    texts, reasons = sum(each[0] for each in counts), sum(each[1] for each in counts)
    if texts or reasons:
        note(db, ctx, FORGOTTEN, details={"texts": texts, "reasons": reasons})
    return texts


def reasons(db: Session, which: queries.Which) -> int:
    """Return how many of these entries hold a reason."""
    return queries.reasons(db, *which)


def forget_reasons(db: Session, ctx: Context, which: queries.Which) -> int:
    """Take the reasons of these entries out of the log, and return how many; who did what, when and about what stays.

    An entry of its own says how many were emptied, as `forget` does.
    """
    found = queries.forget_reasons(db, *which)
    if found:
        note(db, ctx, FORGOTTEN, details={"texts": 0, "reasons": found})
    return found


def of_case(ctx: Context, case: str, *, before: int | None = None, limit: int = PAGE) -> list[AuditLine]:
    """Return what the log says of one case, newest first; whoever calls has asked whether the actor may know."""
    with ctx.database.reading() as db:
        return [line(ctx.keys, row) for row in queries.of_case(db, case, before=before, limit=limit)]


def line(keys: KeyRing, row: queries.EntryRow) -> AuditLine:
    """Return an entry as people read it, its reason opened."""
    reason = None if row.reason_sealed is None else keys.open(AUDIT_REASON, str(row.seq), row.reason_sealed)
    return AuditLine(
        seq=row.seq,
        at=row.at,
        person=row.person,
        role=row.role,
        program=row.program,
        action=row.action,
        case=row.case_id,
        subject_kind=row.subject_kind,
        subject=row.subject,
        reason=reason,
        details=row.details,
    )


def covered(row: Mapping[str, Any]) -> dict[str, object]:
    """Return what the seal of an entry covers."""
    at: datetime = row["at"]
    names = (
        "seq",
        "person",
        "role",
        "program",
        "action",
        "subject_kind",
        "case_commitment",
        "subject_commitment",
        "reason_mark",
        "details",
    )
    return {"at": at.astimezone(UTC).isoformat(timespec="microseconds"), **{name: row[name] for name in names}}


def _append(db: Session) -> None:
    waiting: list[_Pending] = db.info.pop(PENDING, [])
    if not waiting:
        return
    head = queries.take_numbers(db, len(waiting), chain.GENESIS)
    rows, previous = [], head.seal
    for seq, each in enumerate(waiting, start=head.seq + 1):
        row = _row(seq, each) | {"previous": previous}
        previous = row["seal"] = chain.link(each.keys, previous, covered(row))
        rows.append(AuditEntry.model_validate(row).model_dump())
    queries.append(db, rows)


def _row(seq: int, each: _Pending) -> dict[str, Any]:
    row: dict[str, Any] = {
        "seq": seq, "at": each.at, "person": each.person, "role": each.role, "program": each.program, "action": each.action,
        "case_id": each.case, "subject_kind": each.subject[0] if each.subject else "", "subject": each.subject[1] if each.subject else None,
        "details": dict(each.details), "reason_sealed": None, "reason_mark": None,
    }  # fmt: skip
    for name, text in (("case", row["case_id"]), ("subject", row["subject"])):
        salt = None if text is None else chain.fresh_salt()
        row |= {f"{name}_salt": salt, f"{name}_commitment": None if salt is None else chain.commitment(salt, text)}
    if each.reason is not None:
        row["reason_sealed"] = each.keys.seal(AUDIT_REASON, str(seq), each.reason)
        row["reason_mark"] = chain.reason_mark(each.keys, seq, each.reason)
    return row
