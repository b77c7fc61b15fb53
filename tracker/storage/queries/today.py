"""What the page of today shows: four statements, each bounded by one person's cases and by a limit."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from tracker.domain.codes.hearing import HearingOutcome, HearingType
from tracker.domain.codes.people import AssignedAs
from tracker.domain.codes.protection import MeasureDecision, MeasureKind
from tracker.domain.codes.victim import LegalRepresentation
from tracker.storage.queries.binding import LIMIT, PERSON, param
from tracker.storage.queries.numbers import current_number
from tracker.storage.queries.visibility import assigned, assigned_to_team, is_theirs
from tracker.storage.tables.appearances import Appearance
from tracker.storage.tables.courts import Court
from tracker.storage.tables.flags import Flag
from tracker.storage.tables.hearings import Hearing, HearingSummons
from tracker.storage.tables.proceedings import Assignment, CaseNumber, Proceeding
from tracker.storage.tables.protection import Measure
from tracker.storage.tables.victims import Assessment, Victim, VictimIdentity

CALLED_OFF = (HearingOutcome.POSTPONED_IN_ADVANCE, HearingOutcome.CANCELLED)
_CASE_COURT = aliased(Court)
_REPLACEMENT = aliased(Hearing)


class HearingRow(NamedTuple):
    """One hearing of the coming days; ``number`` is sealed under ``number_ref``."""

    id: int
    starts_at: datetime
    time_known: bool
    type: HearingType
    room: str | None
    outcome: HearingOutcome | None
    moved_to: datetime | None
    court: str
    zone: str
    proceeding: str
    external_id: str
    number_ref: str | None
    number: bytes | None


class SummonedRow(NamedTuple):
    """One victim summoned to one hearing, once for each status measure that she has, or once without."""

    hearing_id: int
    victim: str
    pseudonym: bytes | None
    legal_representation: LegalRepresentation | None
    assessed_on: date | None
    kind: MeasureKind | None
    decision: MeasureDecision | None
    decided_on: date | None
    valid_from: date | None
    valid_until: date | None


class DebriefRow(NamedTuple):
    """One past hearing that still waits for its outcome, or for what it did to the victims summoned."""

    hearing: str
    starts_at: datetime
    time_known: bool
    type: HearingType
    outcome: HearingOutcome | None
    court: str
    zone: str
    proceeding: str
    external_id: str
    number_ref: str | None
    number: bytes | None


class FlagRow(NamedTuple):
    """One open flag."""

    ref: str
    rule: str
    rule_version: int
    severity: int
    facts: Mapping[str, Any]
    opened_on: date
    since: date
    victim: str | None
    pseudonym: bytes | None
    zone: str
    proceeding: str
    external_id: str
    number_ref: str | None
    number: bytes | None


_CASE = (
    col(Proceeding.ref),
    col(Proceeding.external_id),
    col(CaseNumber.ref),
    col(CaseNumber.text_sealed),
)


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose cases, as assigned on which day, and how many rows at most."""

    person: int
    today: date
    limit: int


_WITHIN = (
    col(Hearing.starts_at) >= param("since", col(Hearing.starts_at)),
    col(Hearing.starts_at) < param("until", col(Hearing.starts_at)),
)


@lru_cache(maxsize=1)
def _hearings() -> sa.Executable:
    court = sa.func.coalesce(col(Court.name), col(_CASE_COURT.name))
    zone = sa.func.coalesce(col(Court.timezone), col(_CASE_COURT.timezone))
    return (
        sa.select(
            col(Hearing.id), col(Hearing.starts_at), col(Hearing.time_known), col(Hearing.type), col(Hearing.room), col(Hearing.outcome),
            col(_REPLACEMENT.starts_at), court, zone, *_CASE,
        )
        .join(Proceeding, col(Proceeding.id) == col(Hearing.proceeding_id))
        .join(_CASE_COURT, col(_CASE_COURT.id) == col(Proceeding.court_id))
        .outerjoin(Court, col(Court.id) == col(Hearing.court_id))
        .outerjoin(_REPLACEMENT, col(_REPLACEMENT.id) == col(Hearing.superseded_by_id))
        .outerjoin(CaseNumber, col(CaseNumber.id) == current_number())
        .where(
            is_theirs(), *_WITHIN, sa.or_(col(Hearing.outcome).is_(None), col(Hearing.outcome).in_(CALLED_OFF))
        )
        .order_by(col(Hearing.starts_at), col(Hearing.id))
        .limit(LIMIT)
    )  # fmt: skip


def hearings_between(db: Session, whose: Whose, since: datetime, until: datetime) -> list[HearingRow]:
    """Return the hearings that start within these instants and were not held, called-off ones too, in order of time."""
    found = db.connection().execute(_hearings(), {**asdict(whose), "since": since, "until": until})
    return [HearingRow._make(row) for row in found]


@lru_cache(maxsize=1)
def _summoned() -> sa.Executable:
    newest = (
        sa.select(sa.func.max(col(Assessment.assessed_on)))
        .where(col(Assessment.victim_id) == col(Victim.id))
        .correlate(Victim)
        .scalar_subquery()
    )
    return (
        sa.select(
            col(HearingSummons.hearing_id), col(Victim.external_id), col(VictimIdentity.pseudonym_sealed), col(Victim.legal_representation),
            newest, col(Measure.kind), col(Measure.decision), col(Measure.decided_on), col(Measure.valid_from), col(Measure.valid_until),
        )
        .join(Victim, col(Victim.id) == col(HearingSummons.victim_id))
        .outerjoin(VictimIdentity, col(VictimIdentity.victim_id) == col(Victim.id))
        .outerjoin(Measure, sa.and_(col(Measure.victim_id) == col(Victim.id), col(Measure.kind).in_(sa.bindparam("kinds", expanding=True))))
        .where(col(HearingSummons.hearing_id).in_(sa.bindparam("hearings", expanding=True)))
        .order_by(col(HearingSummons.hearing_id), col(Victim.external_id), col(Measure.id))
    )  # fmt: skip


def summoned(db: Session, hearing_ids: Sequence[int], kinds: Sequence[MeasureKind]) -> list[SummonedRow]:
    """Return who is summoned to these hearings, with her measures of ``kinds`` and the day of her newest assessment."""
    found = db.connection().execute(_summoned(), {"hearings": list(hearing_ids), "kinds": list(kinds)})
    return [SummonedRow._make(row) for row in found]


@lru_cache(maxsize=1)
def _debriefs() -> sa.Executable:
    unrecorded = (
        sa.select(sa.literal(1))
        .select_from(HearingSummons)
        .outerjoin(
            Appearance,
            sa.and_(
                col(Appearance.hearing_id) == col(HearingSummons.hearing_id), col(Appearance.victim_id) == col(HearingSummons.victim_id)
            ),
        )
        .where(col(HearingSummons.hearing_id) == col(Hearing.id), col(Appearance.id).is_(None))
        .correlate(Hearing)
        .exists()
    )
    return (
        sa.select(
            col(Hearing.external_id), col(Hearing.starts_at), col(Hearing.time_known), col(Hearing.type), col(Hearing.outcome),
            col(Court.name), col(Court.timezone), *_CASE,
        )
        .join(Proceeding, col(Proceeding.id) == col(Hearing.proceeding_id))
        .join(Court, col(Court.id) == col(Proceeding.court_id))
        .outerjoin(CaseNumber, col(CaseNumber.id) == current_number())
        .where(
            is_theirs(),
            *_WITHIN,
            col(Hearing.superseded_by_id).is_(None),
            sa.or_(col(Hearing.outcome).is_(None), sa.and_(col(Hearing.outcome).not_in(CALLED_OFF), unrecorded)),
        )
        .order_by(col(Hearing.starts_at).desc(), col(Hearing.id).desc())
        .limit(LIMIT)
    )  # fmt: skip


def debriefs_due(db: Session, whose: Whose, since: datetime, until: datetime) -> list[DebriefRow]:
    """Return the hearings within these instants without an outcome, or without a record of a victim summoned; newest first."""
    found = db.connection().execute(_debriefs(), {**asdict(whose), "since": since, "until": until})
    return [DebriefRow._make(row) for row in found]


def _is_told(role: AssignedAs) -> sa.ColumnElement[bool]:
    """Return the condition that the person is told as ``role``; a supervisor is told of the whole team's cases."""
    put_on = sa.select(col(Assignment.proceeding_id)).where(*assigned(), col(Assignment.assigned_as) == role)
    found = col(Flag.proceeding_id).in_(put_on)
    if role is not AssignedAs.SUPERVISOR:
        return found
    others = sa.select(col(Assignment.proceeding_id)).where(*assigned_to_team(), col(Assignment.person_id) != PERSON)
    return sa.or_(found, col(Flag.proceeding_id).in_(others))


@lru_cache(maxsize=4)
def _flags(rules: tuple[tuple[AssignedAs, tuple[str, ...]], ...]) -> sa.Executable:
    told = [sa.and_(col(Flag.rule).in_(codes), _is_told(role)) for role, codes in rules]
    return (
        sa.select(
            col(Flag.ref), col(Flag.rule), col(Flag.rule_version), col(Flag.severity), col(Flag.facts), col(Flag.opened_on),
            col(Flag.since), col(Flag.victim), col(VictimIdentity.pseudonym_sealed), col(Court.timezone), *_CASE,
        )
        .join(Proceeding, col(Proceeding.id) == col(Flag.proceeding_id))
        .join(Court, col(Court.id) == col(Proceeding.court_id))
        .outerjoin(Victim, col(Victim.external_id) == col(Flag.victim))
        .outerjoin(VictimIdentity, col(VictimIdentity.victim_id) == col(Victim.id))
        .outerjoin(CaseNumber, col(CaseNumber.id) == current_number())
        .where(
            is_theirs(),
            col(Flag.closed_on).is_(None),
            col(Flag.dismissed_severity).is_(None),
            col(Flag.acknowledged_at).is_(None),
            sa.or_(sa.false(), *told),
        )
        .order_by(col(Flag.severity).desc(), col(Flag.since).desc(), col(Flag.id).desc())
        .limit(LIMIT)
    )  # fmt: skip


def flags_for(db: Session, whose: Whose, rules: Mapping[AssignedAs, tuple[str, ...]]) -> list[FlagRow]:
    """Return open flags that nobody acknowledged or dismissed, of the rules for the person's role in that case; gravest, newest first."""
    found = db.connection().execute(_flags(tuple(rules.items())), asdict(whose))
    return [FlagRow._make(row) for row in found]
