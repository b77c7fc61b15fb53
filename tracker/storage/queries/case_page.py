"""What the page of one proceeding shows beside its facts: names, numbers, rooms, flags and messages."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from tracker.domain.codes.appearance import Attended
from tracker.domain.codes.people import Role
from tracker.domain.codes.proceeding import NumberReason
from tracker.domain.flags import FlagKind, SubjectKind
from tracker.domain.messages import AlertKind, MessageState
from tracker.storage.queries.binding import LIMIT, param
from tracker.storage.queries.numbers import NEWEST_FIRST
from tracker.storage.queries.visibility import is_theirs_here, is_visible_here
from tracker.storage.tables.appearances import Appearance
from tracker.storage.tables.courts import Court
from tracker.storage.tables.flags import Flag
from tracker.storage.tables.hearings import Hearing
from tracker.storage.tables.outbox import Message
from tracker.storage.tables.people import Person
from tracker.storage.tables.proceedings import CaseNumber, Proceeding
from tracker.storage.tables.victims import Victim, VictimIdentity


class HeadRow(NamedTuple):
    """The proceeding itself; ``is_theirs`` tells that the person works on it, rather than having opened it to read."""

    id: int
    ref: str
    external_id: str
    court: str
    zone: str
    is_theirs: bool


class NumberRow(NamedTuple):
    """One case number, sealed under ``ref``."""

    ref: str
    text: bytes
    court: str
    from_on: date | None
    to_on: date | None
    reason: NumberReason | None


class PlaceRow(NamedTuple):
    """Where a hearing takes place."""

    external_id: str
    room: str | None
    court: str | None


class NameRow(NamedTuple):
    """A victim's pseudonym, sealed under her external id."""

    external_id: str
    pseudonym: bytes | None


class WaitRow(NamedTuple):
    """How long (minutes) a victim who came had to wait at one hearing; ``None``: nobody wrote it down."""

    hearing: str
    victim: str
    minutes: int | None


class FlagRow(NamedTuple):
    """One flag, open or closed."""

    ref: str
    rule: str
    rule_version: int
    kind: FlagKind
    subject_kind: SubjectKind
    subject: str
    victim: str | None
    severity: int
    facts: Mapping[str, Any]
    opened_on: date
    since: date
    last_changed_on: date
    closed_on: date | None
    close_reason: str | None
    close_note: bytes | None
    closed_by_role: Role | None
    dismissed_severity: int | None
    acknowledged_at: datetime | None
    acknowledged_by: int | None
    acknowledged_by_role: Role | None


class MessageRow(NamedTuple):
    """One message about the proceeding, without its words."""

    kind: AlertKind
    state: MessageState
    due_at: datetime
    sent_at: datetime | None
    acknowledged_at: datetime | None
    person_id: int
    role: Role


_PROCEEDING = sa.bindparam("proceeding", type_=sa.Integer)
_REPLACEMENT = aliased(Hearing)
_ACKNOWLEDGED_BY, _CLOSED_BY = aliased(Person), aliased(Person)
_HEAD = (
    sa.select(
        col(Proceeding.id), col(Proceeding.ref), col(Proceeding.external_id), col(Court.name), col(Court.timezone), is_theirs_here()
    )
    .join(Court, col(Court.id) == col(Proceeding.court_id))
    .where(col(Proceeding.ref) == param("ref", col(Proceeding.ref)), is_visible_here())
)  # fmt: skip
_NUMBERS = (
    sa.select(
        col(CaseNumber.ref), col(CaseNumber.text_sealed), col(Court.name), col(CaseNumber.from_on), col(CaseNumber.to_on),
        col(CaseNumber.reason),
    )
    .join(Court, col(Court.id) == col(CaseNumber.court_id))
    .where(col(CaseNumber.proceeding_id) == _PROCEEDING)
    .order_by(*NEWEST_FIRST)
)  # fmt: skip
_PLACES = (
    sa.select(col(Hearing.external_id), col(Hearing.room), col(Court.name))
    .outerjoin(Court, col(Court.id) == col(Hearing.court_id))
    .where(col(Hearing.proceeding_id) == _PROCEEDING)
)
_NAMES = (
    sa.select(col(Victim.external_id), col(VictimIdentity.pseudonym_sealed))
    .outerjoin(VictimIdentity, col(VictimIdentity.victim_id) == col(Victim.id))
    .where(col(Victim.proceeding_id) == _PROCEEDING)
)
_WAITS = (
    sa.select(col(Hearing.external_id), col(Victim.external_id), col(Appearance.minutes_waiting))
    .join(Hearing, col(Hearing.id) == col(Appearance.hearing_id))
    .join(Victim, col(Victim.id) == col(Appearance.victim_id))
    .where(
        col(Appearance.proceeding_id) == _PROCEEDING,
        col(Appearance.attended).in_((Attended.TESTIFIED, Attended.PRESENT_NOT_HEARD)),
    )
)
_FLAGS = (
    sa.select(
        col(Flag.ref), col(Flag.rule), col(Flag.rule_version), col(Flag.kind), col(Flag.subject_kind), col(Flag.subject),
        col(Flag.victim), col(Flag.severity), col(Flag.facts), col(Flag.opened_on), col(Flag.since), col(Flag.last_changed_on),
        col(Flag.closed_on), col(Flag.close_reason), col(Flag.close_note_sealed), col(_CLOSED_BY.role),
        col(Flag.dismissed_severity), col(Flag.acknowledged_at), col(Flag.acknowledged_by_id), col(_ACKNOWLEDGED_BY.role),
    )
    .outerjoin(_ACKNOWLEDGED_BY, col(_ACKNOWLEDGED_BY.id) == col(Flag.acknowledged_by_id))
    .outerjoin(_CLOSED_BY, col(_CLOSED_BY.id) == col(Flag.closed_by_id))
    .where(col(Flag.proceeding_id) == _PROCEEDING)
    .order_by(
        sa.case((col(Flag.closed_on).is_(None), 0), else_=1),
        col(Flag.closed_on).desc(), col(Flag.severity).desc(), col(Flag.since).desc(), col(Flag.id).desc(),
    )
    .limit(LIMIT)
)  # fmt: skip
_MESSAGES = (
    sa.select(
        col(Message.kind), col(Message.state), col(Message.due_at), col(Message.sent_at), col(Message.acknowledged_at),
        col(Message.person_id), col(Person.role),
    )
    .join(Person, col(Person.id) == col(Message.person_id))
    .where(col(Message.proceeding_id) == _PROCEEDING)
    .order_by(col(Message.due_at).desc(), col(Message.id).desc())
    .limit(LIMIT)
)  # fmt: skip


def head(db: Session, person_id: int, ref: str, *, today: date, now: datetime) -> HeadRow | None:
    """Return the proceeding called ``ref`` if the person may read it on ``today`` and at ``now``."""
    row = db.connection().execute(_HEAD, {"person": person_id, "today": today, "now": now, "ref": ref}).one_or_none()
    return None if row is None else HeadRow._make(row)


def numbers(db: Session, proceeding_id: int) -> list[NumberRow]:
    """Return its case numbers, newest first."""
    return [NumberRow._make(row) for row in db.connection().execute(_NUMBERS, {"proceeding": proceeding_id})]


def places(db: Session, proceeding_id: int) -> list[PlaceRow]:
    """Return where each of its hearings takes place."""
    return [PlaceRow._make(row) for row in db.connection().execute(_PLACES, {"proceeding": proceeding_id})]


def names(db: Session, proceeding_id: int) -> list[NameRow]:
    """Return the sealed pseudonyms of its victims."""
    return [NameRow._make(row) for row in db.connection().execute(_NAMES, {"proceeding": proceeding_id})]


def waits(db: Session, proceeding_id: int) -> list[WaitRow]:
    """Return how long each victim who came had to wait, hearing by hearing."""
    return [WaitRow._make(row) for row in db.connection().execute(_WAITS, {"proceeding": proceeding_id})]


def flags(db: Session, proceeding_id: int, limit: int) -> list[FlagRow]:
    """Return its flags: the open ones first, gravest and newest first, then those closed last."""
    return [FlagRow._make(row) for row in db.connection().execute(_FLAGS, {"proceeding": proceeding_id, "limit": limit})]


def messages(db: Session, proceeding_id: int, limit: int) -> list[MessageRow]:
    """Return the messages about it, newest first: when and how it went, never the words."""
    return [MessageRow._make(row) for row in db.connection().execute(_MESSAGES, {"proceeding": proceeding_id, "limit": limit})]
