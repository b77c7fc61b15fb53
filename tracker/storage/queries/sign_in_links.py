"""One-use links: found by the hash of their token, closed once."""

from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.domain.codes.sign_ins import LinkPurpose
from tracker.storage.tables.accounts import Account
from tracker.storage.tables.people import Person
from tracker.storage.tables.sign_in_links import SignInLink


class LinkRow(NamedTuple):
    """An open link, its person, and the sign-in that they have already."""

    id: int
    purpose: LinkPurpose
    person_id: int
    person: str
    account_id: int | None
    login: str | None


def find(db: Session, token_hash: bytes, now: datetime) -> LinkRow | None:
    """Return a link that is neither used, withdrawn nor over, of somebody whose sign-in, if any, is not shut."""
    query = (
        sa.select(col(SignInLink.id), col(SignInLink.purpose), col(Person.id), col(Person.external_id), col(Account.id), col(Account.login))
        .join(Person, col(Person.id) == col(SignInLink.person_id))
        .outerjoin(Account, col(Account.person_id) == col(Person.id))
        .where(col(SignInLink.token_hash) == token_hash, col(SignInLink.closed_at).is_(None), col(SignInLink.expires_at) > now)
        .where(sa.or_(col(Account.id).is_(None), col(Account.active).is_(True)))
    )
    found = db.connection().execute(query).one_or_none()
    return None if found is None else LinkRow._make(found)


def spend(db: Session, link_id: int, now: datetime) -> bool:
    """Use a link up; false where somebody else did first."""
    statement = sa.update(SignInLink).where(
        col(SignInLink.id) == link_id, col(SignInLink.closed_at).is_(None), col(SignInLink.expires_at) > now
    )
    return bool(db.connection().execute(statement.values(closed_at=now)).rowcount)


def withdraw(db: Session, person_id: int, now: datetime) -> int:
    """Close every open link of a person; returns how many there were."""
    statement = sa.update(SignInLink).where(
        col(SignInLink.person_id) == person_id, col(SignInLink.closed_at).is_(None), col(SignInLink.expires_at) > now
    )
    return int(db.connection().execute(statement.values(closed_at=now)).rowcount)
