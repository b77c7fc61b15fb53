"""What the clocks need of every proceeding, a few columns of many rows at a time."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.domain.clocks import Course, milestones, seen_until
from tracker.domain.codes.proceeding import StageKind
from tracker.storage.tables.courts import Court
from tracker.storage.tables.proceedings import Proceeding, StageEvent
from tracker.storage.tables.retention import ErasedVictims
from tracker.storage.tables.victims import Victim

BATCH = 20_000
UNKNOWN = "UNKNOWN"


class TimedProceeding(NamedTuple):
    """One proceeding as the length figures see it; ``court`` is the court's external id, ``people`` opaque keys."""

    lead_offence: str
    court: str
    court_level: str
    disposition_mode: str
    course: Course
    people: tuple[str, ...]


class _Found(NamedTuple):
    id: int
    lead_offence: str
    court: str
    court_level: str | None
    disposition_mode: str | None
    end_cause: str | None
    ended_on: date | None
    followed_since: date | None


def timed_proceedings(
    db: Session, kinds: Sequence[StageKind], as_of: date, *, with_people: bool = False, batch: int = BATCH
) -> Iterator[TimedProceeding]:
    """Yield every proceeding with its milestones of ``kinds`` at the data date, in order of id.

    Two statements a batch of proceedings; a third one for the people in them. People are told apart by
    ``person_key`` where it is known; who did not agree to be counted, and who was erased, is nobody.
    """
    after = 0
    while found := _proceedings(db, after, batch):
        first, after = found[0].id, found[-1].id
        events = _milestones(db, kinds, first, after)
        people = people_of(db, first, after, as_of) if with_people else {}
        for row in found:
            course = Course(milestones(events.get(row.id, ()), as_of), seen_until(row.end_cause, row.ended_on, as_of), row.followed_since)
            mode, level = row.disposition_mode or UNKNOWN, row.court_level or UNKNOWN
            yield TimedProceeding(row.lead_offence, row.court, level, mode, course, _somebody(row.id, people) if with_people else ())


def _somebody(proceeding: int, people: dict[int, list[str]]) -> tuple[str, ...]:
    """Return the people of a proceeding; one without a known victim is about somebody all the same."""
    return tuple(people.get(proceeding, (f"of proceeding {proceeding}",)))


def _text(column: object) -> sa.ColumnElement[str]:
    """Return a code column as the plain text it holds: building an enum member for each row costs more than the query."""
    return sa.type_coerce(column, sa.String)


def _proceedings(db: Session, after: int, batch: int) -> list[_Found]:
    query = (
        sa.select(
            col(Proceeding.id),
            _text(Proceeding.lead_offence),
            col(Court.external_id),
            _text(Court.level),
            _text(Proceeding.disposition_mode),
            _text(Proceeding.end_cause),
            col(Proceeding.ended_on),
            col(Proceeding.followed_since),
        )
        .join(Court, col(Court.id) == col(Proceeding.court_id))
        .where(col(Proceeding.id) > after)
        .order_by(col(Proceeding.id))
        .limit(batch)
    )
    return [_Found._make(row) for row in db.connection().execute(query).all()]


def _milestones(db: Session, kinds: Sequence[StageKind], first: int, last: int) -> dict[int, list[tuple[StageKind, date, str]]]:
    query = sa.select(
        col(StageEvent.proceeding_id), _text(StageEvent.kind), col(StageEvent.happened_on), _text(StageEvent.precision)
    ).where(col(StageEvent.proceeding_id).between(first, last), col(StageEvent.kind).in_(kinds))
    known = {kind.value: kind for kind in kinds}
    found: defaultdict[int, list[tuple[StageKind, date, str]]] = defaultdict(list)
    for proceeding, kind, on, precision in db.connection().execute(query).all():
        found[proceeding].append((known[kind], on, precision))
    return found


def people_of(db: Session, first: int, last: int, today: date) -> dict[int, list[str]]:
    """Return the people who may be counted in each proceeding; one about whom nobody may be counted has an empty list.

    The condition is `tracker.domain.consent.counts`.
    """
    is_current = sa.or_(col(Victim.consent_expires_on).is_(None), col(Victim.consent_expires_on) >= today)
    agrees = sa.and_(col(Victim.consent_statistics), col(Victim.consent_withdrawn_on).is_(None), is_current)
    person = sa.case((agrees, sa.func.coalesce(col(Victim.person_key), col(Victim.external_id))), else_=None)
    here = sa.select(col(Victim.proceeding_id), person).where(col(Victim.proceeding_id).between(first, last))
    gone = sa.select(col(ErasedVictims.proceeding_id), sa.null()).where(col(ErasedVictims.proceeding_id).between(first, last))
    found: defaultdict[int, list[str]] = defaultdict(list)
    for proceeding, who in db.connection().execute(here.union_all(gone)).all():
        found[proceeding].extend([] if who is None else [who])
    return found
