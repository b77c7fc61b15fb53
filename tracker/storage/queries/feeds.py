"""Feed tokens, and the hearings that one person's calendar shows."""

from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from tracker.domain.codes.hearing import HearingOutcome
from tracker.domain.codes.people import Language, Role, SmsDetail
from tracker.storage.tables.accounts import Account
from tracker.storage.tables.courts import Court
from tracker.storage.tables.feeds import FeedToken
from tracker.storage.tables.hearings import Hearing
from tracker.storage.tables.people import Person
from tracker.storage.tables.proceedings import Assignment, Proceeding

CALLED_OFF = (HearingOutcome.CANCELLED, HearingOutcome.POSTPONED_IN_ADVANCE)


class FeedOwner(NamedTuple):
    """Whose calendar a token opens, and how much it may say."""

    token_id: int
    person_id: int
    role: Role
    language: Language | None
    sms_detail: SmsDetail
    last_fetched_at: datetime | None


class FeedHearing(NamedTuple):
    """What a calendar may know of a hearing; ``court`` and ``room`` are for those who asked for the place."""

    calendar_uid: str
    calendar_sequence: int
    changed_at: datetime
    starts_at: datetime
    time_known: bool
    minutes_expected: int | None
    room: str | None
    outcome: HearingOutcome | None
    court: str
    timezone: str


def owner_of(db: Session, token_hash: bytes) -> FeedOwner | None:
    """Return the owner of a token that was not revoked; None too if that person may no longer sign in."""
    query = (
        sa.select(
            col(FeedToken.id),
            col(Person.id),
            col(Person.role),
            col(Person.language),
            col(Person.sms_detail),
            col(FeedToken.last_fetched_at),
        )
        .join(Person, col(Person.id) == col(FeedToken.person_id))
        .outerjoin(Account, col(Account.person_id) == col(Person.id))
        .where(
            col(FeedToken.token_hash) == token_hash,
            col(FeedToken.revoked_at).is_(None),
            sa.or_(col(Account.id).is_(None), col(Account.active).is_(True)),
        )
    )
    row = db.connection().execute(query).one_or_none()
    return None if row is None else FeedOwner._make(row)


def hearings_of(db: Session, person_id: int, today: date, *, since: datetime, changed_since: datetime) -> list[FeedHearing]:
    """Return the last date of every chain of hearings of a person's proceedings of ``today``.

    Open ones that start at ``since`` or later, and those called off at ``changed_since`` or later while they lay ahead;
    by (time, uid). The court is the hearing's own, else the proceeding's.
    """
    own, usual = aliased(Court), aliased(Court)
    assigned = sa.select(col(Assignment.proceeding_id)).where(
        col(Assignment.person_id) == person_id,
        sa.or_(col(Assignment.from_on).is_(None), col(Assignment.from_on) <= today),
        sa.or_(col(Assignment.to_on).is_(None), col(Assignment.to_on) >= today),
    )
    query = (
        sa.select(
            col(Hearing.calendar_uid),
            col(Hearing.calendar_sequence),
            col(Hearing.changed_at),
            col(Hearing.starts_at),
            col(Hearing.time_known),
            col(Hearing.minutes_expected),
            col(Hearing.room),
            col(Hearing.outcome),
            sa.func.coalesce(col(own.name), col(usual.name)),
            sa.func.coalesce(col(own.timezone), col(usual.timezone)),
        )
        .join(Proceeding, col(Proceeding.id) == col(Hearing.proceeding_id))
        .join(usual, col(usual.id) == col(Proceeding.court_id))
        .outerjoin(own, col(own.id) == col(Hearing.court_id))
        .where(
            col(Hearing.proceeding_id).in_(assigned),
            col(Hearing.superseded_by_id).is_(None),
            sa.or_(
                sa.and_(col(Hearing.outcome).is_(None), col(Hearing.starts_at) >= since),
                sa.and_(
                    col(Hearing.outcome).in_(CALLED_OFF),
                    col(Hearing.changed_at) >= changed_since,
                    col(Hearing.starts_at) >= col(Hearing.changed_at),
                ),
            ),
        )
        .order_by(col(Hearing.starts_at), col(Hearing.calendar_uid), col(Hearing.id))
    )
    return [FeedHearing._make(row) for row in db.connection().execute(query)]


def add_token(db: Session, person_id: int, token_hash: bytes, now: datetime) -> None:
    """Keep the hash of a new token."""
    db.add(FeedToken.model_validate({"person_id": person_id, "token_hash": token_hash, "created_at": now}))


def revoke_tokens(db: Session, person_id: int, now: datetime) -> int:
    """Revoke every token of a person; returns how many there were."""
    mine = (col(FeedToken.person_id) == person_id, col(FeedToken.revoked_at).is_(None))
    return db.connection().execute(sa.update(FeedToken).where(*mine).values(revoked_at=now)).rowcount


def created_at(db: Session, person_id: int) -> datetime | None:
    """Return when the person's present token was made, if there is one."""
    query = sa.select(sa.func.max(col(FeedToken.created_at))).where(
        col(FeedToken.person_id) == person_id, col(FeedToken.revoked_at).is_(None)
    )
    return db.connection().execute(query).scalar_one()


def mark_fetched(db: Session, token_id: int, now: datetime) -> None:
    """Remember that a calendar program came by."""
    db.connection().execute(sa.update(FeedToken).where(col(FeedToken.id) == token_id).values(last_fetched_at=now))


def person_id_of(db: Session, external_id: str) -> int | None:
    """Return the id of a person by external id."""
    return db.connection().execute(sa.select(col(Person.id)).where(col(Person.external_id) == external_id)).scalar_one_or_none()


def has_person(db: Session, person_id: int) -> bool:
    """Tell whether there is such a person."""
    return db.connection().execute(sa.select(sa.exists().where(col(Person.id) == person_id))).scalar_one()
