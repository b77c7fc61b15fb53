"""What is due to go: cases by their keys, and the rows that go by age alone, counted or taken away."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col

from tracker.domain.clocks import OBSERVATION_ENDS
from tracker.domain.codes.proceeding import StageKind
from tracker.storage.queries.durations import people_of
from tracker.storage.tables.accounts import Account
from tracker.storage.tables.catalogue import METADATA
from tracker.storage.tables.feeds import FeedToken
from tracker.storage.tables.hearings import CalendarCapture, Hearing
from tracker.storage.tables.outbox import Message
from tracker.storage.tables.proceedings import CaseNumber, Proceeding, StageEvent
from tracker.storage.tables.retention import LegalHold, RetentionReport
from tracker.storage.tables.sign_in_links import SignInLink
from tracker.storage.tables.victims import Victim

CONTACT_TABLES = ("victim_contact", "victim_identity", "safe_contact")
"""Tables of how to reach a victim, where the schema has them: rows by ``victim_id``."""
_settled_at = sa.func.coalesce(col(Message.settled_at), col(Message.sent_at), col(Message.created_at))


def cases_over(db: Session, last: date) -> list[int]:
    """Return the proceedings that were over on ``last`` or before as far as a look at dates can tell, without those on hold."""
    final = sa.select(col(StageEvent.proceeding_id)).where(col(StageEvent.kind) == StageKind.FINAL, col(StageEvent.happened_on) <= last)
    left = sa.and_(col(Proceeding.end_cause).in_(OBSERVATION_ENDS), col(Proceeding.ended_on) <= last)
    query = sa.select(col(Proceeding.id)).where(sa.or_(col(Proceeding.id).in_(final), left), ~_is_held()).order_by(col(Proceeding.id))
    return [key for key in db.connection().execute(query).scalars() if key is not None]


def unclear(db: Session, last: date) -> int:
    """Return how many proceedings ended on ``last`` or before, and yet have no FINAL decision: nothing of them ever goes by itself."""
    final = sa.select(col(StageEvent.proceeding_id)).where(col(StageEvent.kind) == StageKind.FINAL)
    is_final = col(Proceeding.id).in_(final)
    is_unsaid = sa.or_(col(Proceeding.end_cause).is_(None), col(Proceeding.end_cause).not_in(OBSERVATION_ENDS))
    return _count(db, sa.select(col(Proceeding.id)).where(col(Proceeding.ended_on) <= last, is_unsaid, ~is_final))


def held(db: Session) -> int:
    """Return how many proceedings are on hold."""
    return _count(db, sa.select(col(LegalHold.proceeding_id)))


def has_contact(db: Session, proceeding_id: int) -> bool:
    """Tell whether contact data, or a court calendar's words, are left of a case."""
    return any(db.connection().execute(query.limit(1)).first() is not None for _, query in _contact(proceeding_id))


def delete_contact(db: Session, proceeding_id: int) -> None:
    """Take contact data of the victims of a case away, and what a court's calendar said in words."""
    for statement, _ in _contact(proceeding_id):
        db.connection().execute(statement)


def _contact(proceeding_id: int) -> Iterator[tuple[sa.Update | sa.Delete, sa.Select[Any]]]:
    told = (col(Hearing.proceeding_id) == proceeding_id, col(Hearing.outcome_text_sealed).is_not(None))
    yield sa.update(Hearing).where(*told).values(outcome_text_sealed=None), sa.select(col(Hearing.id)).where(*told)
    victims = sa.select(col(Victim.id)).where(col(Victim.proceeding_id) == proceeding_id)
    for table in (METADATA.tables[name] for name in CONTACT_TABLES if name in METADATA.tables):
        theirs = table.c.victim_id.in_(victims)
        yield sa.delete(table).where(theirs), sa.select(table.c.victim_id).where(theirs)


def people_only_here(db: Session, proceeding_id: int, today: date) -> int:
    """Return how many people may be counted in a proceeding and are in no other one; one without a known victim is about one."""
    known = people_of(db, proceeding_id, proceeding_id, today)
    if proceeding_id not in known:
        return 1
    here = set(known[proceeding_id])
    elsewhere = sa.select(col(Victim.person_key)).where(col(Victim.person_key).in_(here), col(Victim.proceeding_id) != proceeding_id)
    return len(here - set(db.connection().execute(elsewhere).scalars()))


def case_rows(db: Session, proceeding_id: int) -> tuple[str, int, list[str]]:
    """Return a proceeding's external id and court, and its victims' external ids."""
    case = sa.select(col(Proceeding.external_id), col(Proceeding.court_id)).where(col(Proceeding.id) == proceeding_id)
    row = db.connection().execute(case).one()
    victims = sa.select(col(Victim.external_id)).where(col(Victim.proceeding_id) == proceeding_id)
    return row[0], row[1], list(db.connection().execute(victims).scalars())


def messages_until(instant: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the conditions on messages whose last news is from ``instant`` or before."""
    return (_settled_at <= instant,)


def message_rows(instant: datetime) -> sa.Delete:
    """Return how messages go whole whose last news is from ``instant`` or before."""
    return sa.delete(Message).where(*messages_until(instant))


def watched(instant: datetime) -> sa.Delete:
    """Return how hearings go that no proceeding has and that started at ``instant`` or before; one whose follower stays, stays."""
    moved_on = sa.and_(col(Hearing.superseded_by_id).is_not(None), col(Hearing.superseded_by_id).in_(_staying(instant)))
    is_old = sa.and_(col(Hearing.proceeding_id).is_(None), col(Hearing.starts_at) <= instant)
    return sa.delete(Hearing).where(is_old, ~moved_on, ~_is_followed(instant))


def _staying(instant: datetime) -> sa.Select[Any]:
    other = sa.orm.aliased(Hearing)
    return sa.select(col(other.id)).where(col(other.starts_at) > instant)


def _is_followed(instant: datetime) -> sa.ColumnElement[bool]:
    """Tell of a hearing that one which stays was moved to it."""
    other = sa.orm.aliased(Hearing)
    pointing = sa.select(col(other.superseded_by_id)).where(col(other.superseded_by_id).is_not(None), col(other.starts_at) > instant)
    return col(Hearing.id).in_(pointing)


def empty_numbers() -> sa.Delete:
    """Return how case numbers go that neither a proceeding nor a hearing has."""
    used = sa.select(col(Hearing.case_number_id)).where(col(Hearing.case_number_id).is_not(None))
    return sa.delete(CaseNumber).where(col(CaseNumber.proceeding_id).is_(None), col(CaseNumber.id).not_in(used))


def captures(instant: datetime) -> sa.Delete:
    """Return how notes of imported calendars go that were made at ``instant`` or before; the newest of each court stays."""
    other = sa.orm.aliased(CalendarCapture)
    newest = sa.select(sa.func.max(col(other.captured_at))).where(col(other.court_id) == col(CalendarCapture.court_id)).scalar_subquery()
    return sa.delete(CalendarCapture).where(col(CalendarCapture.imported_at) <= instant, col(CalendarCapture.captured_at) < newest)


def feed_tokens(instant: datetime) -> sa.Delete:
    """Return how calendar addresses go that were closed at ``instant`` or before."""
    return sa.delete(FeedToken).where(col(FeedToken.revoked_at) <= instant)


def links(instant: datetime) -> sa.Delete:
    """Return how one-use links go that were used, withdrawn or expired at ``instant`` or before."""
    return sa.delete(SignInLink).where(sa.func.coalesce(col(SignInLink.closed_at), col(SignInLink.expires_at)) <= instant)


def old_reports(last: date) -> sa.Delete:
    """Return how reports go that were made on ``last`` or before."""
    return sa.delete(RetentionReport).where(col(RetentionReport.made_on) <= last)


def sign_ins(instant: datetime) -> sa.Delete:
    """Return how sign-ins go that are disabled and were last used at ``instant`` or before."""
    used = sa.func.coalesce(col(Account.last_seen_at), col(Account.created_at))
    return sa.delete(Account).where(col(Account.active).is_(False), used <= instant)


def aged(db: Session, statement: sa.Delete, *, act: bool) -> int:
    """Return how many rows a deletion takes away, or would."""
    if act:
        return db.connection().execute(statement).rowcount
    found = sa.select(sa.func.count()).select_from(statement.table).where(statement.whereclause)  # type: ignore[arg-type]
    return int(db.connection().execute(found).scalar_one())


def keep_report(db: Session, row: Mapping[str, Any]) -> None:
    """Keep one report for each day and way: a later one of only looking takes the earlier one's place, one of acting adds to it."""
    same = (col(RetentionReport.made_on) == row["made_on"], col(RetentionReport.acted) == row["acted"])
    earlier = db.connection().execute(sa.select(col(RetentionReport.counts)).where(*same)).scalar_one_or_none()
    if earlier is None:
        db.connection().execute(sa.insert(RetentionReport), dict(row))
        return
    counts = row["counts"] if not row["acted"] else {name: earlier.get(name, 0) + number for name, number in row["counts"].items()}
    db.connection().execute(sa.update(RetentionReport).where(*same).values(counts=counts, made_at=row["made_at"]))


def reports(db: Session, newest: int) -> Sequence[Mapping[str, Any]]:
    """Return the newest reports."""
    table = SQLModel.metadata.tables["retention_report"]
    query = sa.select(table).order_by(table.c.made_on.desc(), table.c.id.desc()).limit(newest)
    return [dict(row) for row in db.connection().execute(query).mappings()]


def _is_held() -> sa.ColumnElement[bool]:
    return col(Proceeding.id).in_(sa.select(col(LegalHold.proceeding_id)))


def _count(db: Session, query: sa.Select[Any]) -> int:
    return int(db.connection().execute(sa.select(sa.func.count()).select_from(query.subquery())).scalar_one())
