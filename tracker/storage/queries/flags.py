"""Flags as they are kept: read for a batch of proceedings, written as differences, listed for people."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.domain.flag_life import StoredFlag
from tracker.domain.flags import FlagKind
from tracker.storage.queries.visibility import is_theirs
from tracker.storage.tables.flags import EngineState, Flag
from tracker.storage.tables.proceedings import Proceeding

FINGERPRINT = "rules-and-pack"

_LIVING = (
    sa.select(
        col(Flag.proceeding_id), col(Flag.id), col(Flag.rule), col(Flag.rule_version), sa.type_coerce(col(Flag.kind), sa.String),
        col(Flag.subject), col(Flag.fact), col(Flag.severity), col(Flag.since), col(Flag.facts), col(Flag.opened_on),
        col(Flag.closed_on), col(Flag.close_reason), col(Flag.dismissed_severity),
    )
    .where(
        col(Flag.proceeding_id).in_(sa.bindparam("ids", expanding=True)),
        sa.or_(col(Flag.closed_on).is_(None), col(Flag.kind) == FlagKind.EVENT),
    )
    .order_by(col(Flag.id))
)  # fmt: skip

_INSERT = sa.insert(Flag)
_REVISE = sa.update(Flag).where(col(Flag.id) == sa.bindparam("key"))


def living(db: Session, proceeding_ids: Sequence[int]) -> dict[int, list[StoredFlag]]:
    """Return, by proceeding, the flags that may still change: all open ones, and closed events."""
    found: dict[int, list[StoredFlag]] = defaultdict(list)
    for proceeding, *fields in db.connection().execute(_LIVING, {"ids": list(proceeding_ids)}):
        found[proceeding].append(StoredFlag(*fields))
    return found


def insert(db: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep new flags."""
    if rows:
        db.connection().execute(_INSERT, rows)


def keys_of(db: Session, refs: Sequence[str]) -> dict[str, int]:
    """Return the keys of flags by their ref."""
    if not refs:
        return {}
    found = db.connection().execute(sa.select(col(Flag.ref), col(Flag.id)).where(col(Flag.ref).in_(refs)))
    return {ref: key for ref, key in found if key is not None}


def revise(db: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Change flags, each row by its ``key``; all rows change the same columns."""
    if rows:
        changed: dict[str, Any] = {name: sa.bindparam(name) for name in rows[0] if name != "key"}
        db.connection().execute(_REVISE.values(**changed), rows)


class FlagRow(NamedTuple):
    """One episode, as it is listed."""

    id: int
    ref: str
    rule: str
    rule_version: int
    kind: FlagKind
    subject_kind: str
    subject: str
    proceeding_id: int
    proceeding: str
    severity: int
    facts: Mapping[str, Any]
    opened_on: date
    since: date
    closed_on: date | None
    close_reason: str | None
    dismissed_severity: int | None
    acknowledged_at: datetime | None


_LISTED = (
    sa.select(
        col(Flag.id), col(Flag.ref), col(Flag.rule), col(Flag.rule_version), col(Flag.kind),
        sa.type_coerce(col(Flag.subject_kind), sa.String), col(Flag.subject), col(Flag.proceeding_id), col(Proceeding.external_id),
        col(Flag.severity), col(Flag.facts), col(Flag.opened_on), col(Flag.since), col(Flag.closed_on), col(Flag.close_reason),
        col(Flag.dismissed_severity), col(Flag.acknowledged_at),
    )
    .join(Proceeding, col(Proceeding.id) == col(Flag.proceeding_id))
)  # fmt: skip


def listed(db: Session, *, with_closed: bool, on: date | None) -> list[FlagRow]:
    """Return episodes of all proceedings, gravest first; those open now, or open on the day ``on``; with closed ones on demand."""
    query = _LISTED.order_by(col(Flag.severity).desc(), col(Proceeding.external_id), col(Flag.rule), col(Flag.subject), col(Flag.id))
    if on is not None:
        query = query.where(col(Flag.opened_on) <= on)
    if not with_closed:
        is_open = col(Flag.closed_on).is_(None)
        query = query.where(is_open if on is None else sa.or_(is_open, col(Flag.closed_on) > on))
    return [FlagRow._make(row) for row in db.connection().execute(query)]


def of_person(db: Session, refs: Sequence[str], person_id: int, today: date) -> list[FlagRow]:
    """Return those of these flags whose proceedings are the person's or their team's on ``today``, locked until the transaction ends."""
    query = _LISTED.where(col(Flag.ref).in_(refs), is_theirs(person_id, today)).order_by(col(Flag.id)).with_for_update(of=Flag)
    return [FlagRow._make(row) for row in db.connection().execute(query)]


def acknowledge(db: Session, keys: Sequence[int], person_id: int, now: datetime) -> None:
    """Note who has seen these flags, and when, where nobody had."""
    statement = sa.update(Flag).where(col(Flag.id).in_(keys), col(Flag.acknowledged_at).is_(None))
    db.connection().execute(statement.values(acknowledged_by_id=person_id, acknowledged_at=now))


def fingerprint(db: Session) -> str | None:
    """Return the fingerprint of the rules and the pack with which every proceeding was marked due last."""
    return db.connection().execute(sa.select(col(EngineState.value)).where(col(EngineState.name) == FINGERPRINT)).scalar_one_or_none()


def remember_fingerprint(db: Session, value: str) -> None:
    """Keep the fingerprint of the rules and the pack."""
    db.connection().execute(sa.delete(EngineState).where(col(EngineState.name) == FINGERPRINT))
    db.connection().execute(sa.insert(EngineState), {"name": FINGERPRINT, "value": value})
