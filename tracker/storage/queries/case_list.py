"""One page of somebody's proceedings: found by keyset, so that page 500 costs what page 1 costs."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.domain.codes.proceeding import EndCause, LeadOffence, StageKind
from tracker.storage.queries.binding import LIMIT, NOW, TODAY, param
from tracker.storage.queries.numbers import current_number
from tracker.storage.queries.visibility import assigned, assigned_to_team, opened
from tracker.storage.tables.courts import Court
from tracker.storage.tables.flags import Flag
from tracker.storage.tables.hearings import Hearing
from tracker.storage.tables.opened_cases import OpenedCase
from tracker.storage.tables.proceedings import Assignment, CaseNumber, Proceeding, StageEvent
from tracker.storage.tables.victims import Victim, VictimIdentity

MOST_COURTS = 200
_LOUD = (col(Flag.closed_on).is_(None), col(Flag.dismissed_severity).is_(None))
"""An open flag that nobody dismissed."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed to; ``after`` is the ``ref`` of the last row of the page before.

    ``kinds`` are the newest milestones looked for; those in the other two lists count only in a case that was, or never
    was, sent back by the appeal court.
    ``with_team`` adds the cases of those whose supervisor the person is.
    ``number`` is the blind index of a case number, ``reference`` a proceeding's own reference, ``name`` and ``pseudonym`` are blind
    indexes of a victim's; each finds.
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
    name: bytes | None = None
    pseudonym: bytes | None = None
    after: str | None = None
    with_team: bool = False


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


def _of_case(*conditions: sa.ColumnElement[bool]) -> tuple[sa.ColumnElement[bool], ...]:
    return (col(StageEvent.proceeding_id) == col(Proceeding.id), col(StageEvent.happened_on) <= TODAY, *conditions)


def _newest(column: Any) -> sa.ScalarSelect[Any]:  # noqa: ANN401 - a column of any type
    """Return ``column`` of the newest milestone; of one day the later kind of the code list is the newest."""
    order = {kind: place for place, kind in enumerate(StageKind)}
    return (
        sa.select(column)
        .where(*_of_case())
        .order_by(col(StageEvent.happened_on).desc(), sa.case(order, value=col(StageEvent.kind)).desc())
        .limit(1)
        .correlate(Proceeding)
        .scalar_subquery()
    )


_STAGE = _newest(col(StageEvent.kind))
_REMITTED = (
    sa.select(sa.literal(1)).where(*_of_case(col(StageEvent.kind) == StageKind.APPEAL_QUASHED_REMITTED)).correlate(Proceeding).exists()
)
_FINAL_ON = (
    sa.select(sa.func.min(col(StageEvent.happened_on)))
    .where(*_of_case(col(StageEvent.kind) == StageKind.FINAL))
    .correlate(Proceeding)
    .scalar_subquery()
)
_NEXT_HEARING = (
    sa.select(col(Hearing.starts_at))
    .where(
        col(Hearing.proceeding_id) == col(Proceeding.id),
        col(Hearing.outcome).is_(None),
        col(Hearing.superseded_by_id).is_(None),
        col(Hearing.starts_at) >= NOW,
    )
    .order_by(col(Hearing.starts_at))
    .limit(1)
    .correlate(Proceeding)
    .scalar_subquery()
)
_IS_CLOSED = sa.or_(
    sa.and_(col(Proceeding.end_cause).is_not(None), sa.or_(col(Proceeding.ended_on).is_(None), col(Proceeding.ended_on) <= TODAY)),
    _FINAL_ON.is_not(None),
)
_NUMBER = param("number", col(CaseNumber.number_index))
_REFERENCE = param("reference", col(Proceeding.ref))


def _about(index: Any, name: str) -> sa.Select[Any]:  # noqa: ANN401 - a column of any type
    """Return the proceedings with a victim whose blind index is the value called ``name``."""
    return (
        sa.select(col(Victim.proceeding_id))
        .join(VictimIdentity, col(VictimIdentity.victim_id) == col(Victim.id))
        .where(index == param(name, index))
    )


_NAMED = sa.union(
    sa.select(col(CaseNumber.proceeding_id)).where(col(CaseNumber.number_index) == _NUMBER, col(CaseNumber.proceeding_id).is_not(None)),
    sa.select(col(Proceeding.id)).where(col(Proceeding.ref) == _REFERENCE),
    sa.select(col(Proceeding.id)).where(col(Proceeding.external_id) == _REFERENCE),
    _about(col(VictimIdentity.name_index), "name"),
    _about(col(VictimIdentity.pseudonym_index), "pseudonym"),
)
_AFTER = sa.select(col(Proceeding.id)).where(col(Proceeding.ref) == param("after", col(Proceeding.ref))).scalar_subquery()
_COURT = sa.select(col(Court.id)).where(col(Court.external_id) == param("court", col(Court.external_id))).scalar_subquery()
_FLAGGED = sa.select(sa.literal(1)).where(col(Flag.proceeding_id) == col(Proceeding.id), *_LOUD).correlate(Proceeding).exists()
_CONDITIONS: Mapping[str, sa.ColumnElement[bool]] = {
    "after": col(Proceeding.id) < _AFTER,
    "kinds": sa.or_(
        _STAGE.in_(sa.bindparam("kinds", expanding=True)),
        sa.and_(_STAGE.in_(sa.bindparam("kinds_if_remitted", expanding=True)), _REMITTED),
        sa.and_(_STAGE.in_(sa.bindparam("kinds_unless_remitted", expanding=True)), sa.not_(_REMITTED)),
    ),
    "closed": _IS_CLOSED,
    "open": sa.not_(_IS_CLOSED),
    "court": col(Proceeding.court_id) == _COURT,
    "offence": col(Proceeding.lead_offence) == param("offence", col(Proceeding.lead_offence)),
    "flagged": _FLAGGED,
    "named": col(Proceeding.id).in_(_NAMED),
}
"""What may narrow the list, by name."""


def page(db: Session, person_id: int, wanted: Wanted, *, now: datetime, today: date, limit: int) -> list[CaseRow]:
    """Return up to ``limit`` of the person's proceedings, newest first, after the one named by ``wanted.after``.

    The inner query finds the ids along an index and stops at the limit; only what it found is dressed up.
    """
    values = {**asdict(wanted), "person": person_id, "today": today, "now": now, "limit": limit}
    return [CaseRow._make(row) for row in db.connection().execute(_statement(_names(wanted), wanted.with_team), values)]


def _names(wanted: Wanted) -> tuple[str, ...]:
    asked = {
        "after": wanted.after is not None,
        "kinds": bool(wanted.kinds or wanted.kinds_if_remitted or wanted.kinds_unless_remitted),
        "closed": wanted.is_closed is True,
        "open": wanted.is_closed is False,
        "court": wanted.court is not None,
        "offence": wanted.offence is not None,
        "flagged": wanted.with_flags,
        "named": wanted.number is not None or wanted.reference is not None,
    }
    return tuple(name for name, is_asked in asked.items() if is_asked)


def _found_in(source: type[Assignment] | type[OpenedCase], conditions: Sequence[sa.ColumnElement[bool]]) -> sa.Select[int]:
    """Return the ids of a page's proceedings by way of one table, along its index, at most as many as fit."""
    found = (
        sa.select(col(source.proceeding_id))
        .join(Proceeding, col(Proceeding.id) == col(source.proceeding_id))
        .where(*conditions)
        .distinct()
        .order_by(col(source.proceeding_id).desc())
        .limit(LIMIT)
        .subquery()
    )
    return sa.select(found.c.proceeding_id)


@lru_cache(maxsize=512)
def _statement(names: tuple[str, ...], with_team: bool) -> sa.Executable:  # noqa: FBT001 - part of the cache's key
    """Return the statement with these conditions; built once, since building costs more than running it."""
    narrowed = [_CONDITIONS[name] for name in names]
    theirs = _found_in(Assignment, [*(assigned_to_team() if with_team else assigned()), *narrowed])
    either = sa.union(theirs, _found_in(OpenedCase, [*opened(), *narrowed])).subquery()
    found = sa.select(either.c.proceeding_id).order_by(either.c.proceeding_id.desc()).limit(LIMIT).subquery()
    return (
        sa.select(
            col(Proceeding.id), col(Proceeding.ref), col(Proceeding.external_id), col(Proceeding.lead_offence),
            col(Proceeding.end_cause), col(Proceeding.ended_on), col(Court.name), col(Court.timezone),
            col(CaseNumber.ref), col(CaseNumber.text_sealed),
            _STAGE, _newest(col(StageEvent.happened_on)), _REMITTED, _FINAL_ON, _NEXT_HEARING,
        )
        .join(found, found.c.proceeding_id == col(Proceeding.id))
        .join(Court, col(Court.id) == col(Proceeding.court_id))
        .outerjoin(CaseNumber, col(CaseNumber.id) == current_number())
        .order_by(col(Proceeding.id).desc())
    )  # fmt: skip


_OPEN_FLAGS = (
    sa.select(col(Flag.proceeding_id), col(Flag.severity), sa.func.count())
    .where(col(Flag.proceeding_id).in_(sa.bindparam("proceedings", expanding=True)), *_LOUD)
    .group_by(col(Flag.proceeding_id), col(Flag.severity))
    .order_by(col(Flag.proceeding_id), col(Flag.severity).desc())
)
_COURTS = sa.select(col(Court.external_id), col(Court.name)).order_by(col(Court.name)).limit(MOST_COURTS)


def open_flags(db: Session, proceeding_ids: Sequence[int]) -> list[FlagCount]:
    """Return how many flags of each severity are open in these proceedings, gravest first."""
    return [FlagCount._make(row) for row in db.connection().execute(_OPEN_FLAGS, {"proceedings": list(proceeding_ids)})]


def courts(db: Session) -> list[CourtRow]:
    """Return the courts to choose from, by name."""
    return [CourtRow._make(row) for row in db.connection().execute(_COURTS)]
