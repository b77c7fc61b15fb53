"""One page of somebody's proceedings: found by keyset, so that page 500 costs what page 1 costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.domain.codes.proceeding import EndCause, LeadOffence, StageKind
from tracker.storage.queries.numbers import current_number
from tracker.storage.queries.visibility import assigned
from tracker.storage.tables.courts import Court
from tracker.storage.tables.flags import Flag
from tracker.storage.tables.hearings import Hearing
from tracker.storage.tables.proceedings import Assignment, CaseNumber, Proceeding, StageEvent

MOST_COURTS = 200
_LOUD = (col(Flag.closed_on).is_(None), col(Flag.dismissed_severity).is_(None))
"""An open flag that nobody dismissed."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed to; ``after`` is the ``ref`` of the last row of the page before.

    ``kinds`` are the newest milestones looked for; those in the other two lists count only in a case that was, or never
    was, sent back by the appeal court.
    ``number`` is the blind index of a case number, ``reference`` a proceeding's own reference; either finds.
    """

    kinds: Sequence[StageKind] = ()
    kinds_if_remitted: Sequence[StageKind] = ()
    kinds_unless_remitted: Sequence[StageKind] = ()
    is_closed: bool | None = None
    court: str | None = None
    offence: LeadOffence | None = None
    with_flags: bool = False
    number: bytes | None = None
    reference: str | None = None
    after: str | None = None


class CaseRow(NamedTuple):
    """One proceeding of the list; ``number`` is sealed under ``number_ref``."""

    id: int
    ref: str
    external_id: str
    offence: LeadOffence
    end_cause: EndCause | None
    ended_on: date | None
    court: str
    zone: str
    number_ref: str | None
    number: bytes | None
    stage: StageKind | None
    stage_on: date | None
    was_remitted: bool
    final_on: date | None
    next_hearing: datetime | None


class FlagCount(NamedTuple):
    """How many open flags of one severity a proceeding has; dismissed ones do not count."""

    proceeding_id: int
    severity: int
    flags: int


class CourtRow(NamedTuple):
    """One court to choose from."""

    external_id: str
    name: str


def _newest(column: Any, today: date) -> sa.ScalarSelect[Any]:  # noqa: ANN401 - a column of any type
    """Return ``column`` of the newest milestone; of one day the later kind of the code list is the newest."""
    order = {kind: place for place, kind in enumerate(StageKind)}
    return (
        sa.select(column)
        .where(col(StageEvent.proceeding_id) == col(Proceeding.id), col(StageEvent.happened_on) <= today)
        .order_by(col(StageEvent.happened_on).desc(), sa.case(order, value=col(StageEvent.kind)).desc())
        .limit(1)
        .correlate(Proceeding)
        .scalar_subquery()
    )


def _final_on(today: date) -> sa.ScalarSelect[Any]:
    return (
        sa.select(sa.func.min(col(StageEvent.happened_on)))
        .where(
            col(StageEvent.proceeding_id) == col(Proceeding.id),
            col(StageEvent.kind) == StageKind.FINAL,
            col(StageEvent.happened_on) <= today,
        )
        .correlate(Proceeding)
        .scalar_subquery()
    )


def _was_remitted(today: date) -> sa.Exists:
    remitted = sa.select(sa.literal(1)).where(
        col(StageEvent.proceeding_id) == col(Proceeding.id),
        col(StageEvent.kind) == StageKind.APPEAL_QUASHED_REMITTED,
        col(StageEvent.happened_on) <= today,
    )
    return remitted.correlate(Proceeding).exists()


def _next_hearing(now: datetime) -> sa.ScalarSelect[Any]:
    return (
        sa.select(col(Hearing.starts_at))
        .where(
            col(Hearing.proceeding_id) == col(Proceeding.id),
            col(Hearing.outcome).is_(None),
            col(Hearing.superseded_by_id).is_(None),
            col(Hearing.starts_at) >= now,
        )
        .order_by(col(Hearing.starts_at))
        .limit(1)
        .correlate(Proceeding)
        .scalar_subquery()
    )


def page(db: Session, person_id: int, wanted: Wanted, *, now: datetime, today: date, limit: int) -> list[CaseRow]:
    """Return up to ``limit`` of the person's proceedings, newest first, after the one named by ``wanted.after``.

    The inner query finds the ids along an index and stops at the limit; only what it found is dressed up.
    """
    found = (
        sa.select(col(Assignment.proceeding_id))
        .join(Proceeding, col(Proceeding.id) == col(Assignment.proceeding_id))
        .where(*assigned(person_id, today), *_conditions(wanted, today))
        .distinct()
        .order_by(col(Assignment.proceeding_id).desc())
        .limit(limit)
        .subquery()
    )
    query = (
        sa.select(
            col(Proceeding.id), col(Proceeding.ref), col(Proceeding.external_id), col(Proceeding.lead_offence),
            col(Proceeding.end_cause), col(Proceeding.ended_on), col(Court.name), col(Court.timezone),
            col(CaseNumber.ref), col(CaseNumber.text_sealed),
            _newest(col(StageEvent.kind), today), _newest(col(StageEvent.happened_on), today), _was_remitted(today),
            _final_on(today), _next_hearing(now),
        )
        .join(found, found.c.proceeding_id == col(Proceeding.id))
        .join(Court, col(Court.id) == col(Proceeding.court_id))
        .outerjoin(CaseNumber, col(CaseNumber.id) == current_number())
        .order_by(col(Proceeding.id).desc())
    )  # fmt: skip
    return [CaseRow._make(row) for row in db.connection().execute(query)]


def _conditions(wanted: Wanted, today: date) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if wanted.after is not None:
        last = sa.select(col(Proceeding.id)).where(col(Proceeding.ref) == wanted.after).scalar_subquery()
        conditions.append(col(Assignment.proceeding_id) < last)
    if wanted.kinds or wanted.kinds_if_remitted or wanted.kinds_unless_remitted:
        conditions.append(_is_at(wanted, today))
    if wanted.is_closed is not None:
        conditions.append(_is_closed(today) if wanted.is_closed else sa.not_(_is_closed(today)))
    if wanted.court is not None:
        conditions.append(
            col(Proceeding.court_id) == sa.select(col(Court.id)).where(col(Court.external_id) == wanted.court).scalar_subquery()
        )
    if wanted.offence is not None:
        conditions.append(col(Proceeding.lead_offence) == wanted.offence)
    if wanted.with_flags:
        open_flag = sa.select(sa.literal(1)).where(col(Flag.proceeding_id) == col(Proceeding.id), *_LOUD)
        conditions.append(open_flag.correlate(Proceeding).exists())
    if wanted.number is not None or wanted.reference is not None:
        conditions.append(col(Assignment.proceeding_id).in_(_named(wanted)))
    return conditions


def _is_at(wanted: Wanted, today: date) -> sa.ColumnElement[bool]:
    newest, remitted = _newest(col(StageEvent.kind), today), _was_remitted(today)
    return sa.or_(
        newest.in_(wanted.kinds),
        sa.and_(newest.in_(wanted.kinds_if_remitted), remitted),
        sa.and_(newest.in_(wanted.kinds_unless_remitted), sa.not_(remitted)),
    )


def _is_closed(today: date) -> sa.ColumnElement[bool]:
    ended = sa.and_(col(Proceeding.end_cause).is_not(None), sa.or_(col(Proceeding.ended_on).is_(None), col(Proceeding.ended_on) <= today))
    return sa.or_(ended, _final_on(today).is_not(None))


def _named(wanted: Wanted) -> sa.CompoundSelect[Any]:
    return sa.union(
        sa.select(col(CaseNumber.proceeding_id)).where(
            col(CaseNumber.number_index) == wanted.number, col(CaseNumber.proceeding_id).is_not(None)
        ),
        sa.select(col(Proceeding.id)).where(col(Proceeding.ref) == wanted.reference),
        sa.select(col(Proceeding.id)).where(col(Proceeding.external_id) == wanted.reference),
    )


def open_flags(db: Session, proceeding_ids: Sequence[int]) -> list[FlagCount]:
    """Return how many flags of each severity are open in these proceedings, gravest first."""
    query = (
        sa.select(col(Flag.proceeding_id), col(Flag.severity), sa.func.count())
        .where(col(Flag.proceeding_id).in_(proceeding_ids), *_LOUD)
        .group_by(col(Flag.proceeding_id), col(Flag.severity))
        .order_by(col(Flag.proceeding_id), col(Flag.severity).desc())
    )
    return [FlagCount._make(row) for row in db.connection().execute(query)]


def courts(db: Session) -> list[CourtRow]:
    """Return the courts to choose from, by name."""
    query = sa.select(col(Court.external_id), col(Court.name)).order_by(col(Court.name)).limit(MOST_COURTS)
    return [CourtRow._make(row) for row in db.connection().execute(query)]
