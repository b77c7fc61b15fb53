"""What people wrote of hearings: one account each, and which hearing an address means."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.domain.codes.people import Role
from tracker.storage.tables.accounts import Account
from tracker.storage.tables.debriefs import Debrief
from tracker.storage.tables.hearings import Hearing
from tracker.storage.tables.people import Person


class AccountRow(NamedTuple):
    """One person's account of a hearing."""

    id: int
    person_id: int
    login: str | None
    role: Role
    content: Mapping[str, Any]
    saved_at: datetime
    finished_at: datetime | None


def hearings(db: Session, proceeding_id: int) -> dict[str, int]:
    """Return the database's id of each hearing of a proceeding, by external id."""
    query = sa.select(col(Hearing.external_id), col(Hearing.id)).where(col(Hearing.proceeding_id) == proceeding_id)
    return {name: int(number) for name, number in db.connection().execute(query) if number is not None}


def of_hearing(db: Session, hearing_id: int) -> list[AccountRow]:
    """Return the accounts of a hearing: finished ones in the order in which they were finished, then drafts."""
    columns = (col(Debrief.id), col(Debrief.person_id), col(Account.login), col(Person.role), col(Debrief.content))
    query = (
        sa.select(*columns, col(Debrief.saved_at), col(Debrief.finished_at))
        .join(Person, col(Person.id) == col(Debrief.person_id))
        .outerjoin(Account, col(Account.person_id) == col(Person.id))
        .where(col(Debrief.hearing_id) == hearing_id)
        .order_by(col(Debrief.finished_at).is_(None), col(Debrief.finished_at), col(Debrief.id))
    )
    return [AccountRow._make(row) for row in db.connection().execute(query)]


def about(db: Session, proceeding_id: int, victim: str) -> list[dict[str, Any]]:
    """Return what each observer wrote of a victim (external id) at hearings of a proceeding, without who they are."""
    query = (
        sa.select(col(Hearing.external_id), col(Debrief.content), col(Debrief.saved_at), col(Debrief.finished_at))
        .join(Hearing, col(Hearing.id) == col(Debrief.hearing_id))
        .where(col(Hearing.proceeding_id) == proceeding_id)
        .order_by(col(Hearing.starts_at), col(Debrief.id))
    )
    return [
        {"hearing": hearing, "answers": content["victims"][victim], "saved_at": saved_at, "finished_at": finished_at}
        for hearing, content, saved_at, finished_at in db.connection().execute(query)
        if victim in content.get("victims", {})
    ]


def keep(db: Session, hearing_id: int, person_id: int, **values: object) -> None:
    """Keep a person's account in the place of what they wrote before."""
    mine = (col(Debrief.hearing_id) == hearing_id, col(Debrief.person_id) == person_id)
    if not db.connection().execute(sa.update(Debrief).where(*mine).values(**values)).rowcount:
        db.connection().execute(sa.insert(Debrief).values(hearing_id=hearing_id, person_id=person_id, **values))


def without_victims(db: Session, proceeding_ids: list[int], victims: set[str]) -> int:
    """Take what accounts of these proceedings say of victims (external ids); returns how many accounts said anything."""
    ids = sa.select(col(Hearing.id)).where(col(Hearing.proceeding_id).in_(proceeding_ids))
    rows = db.connection().execute(sa.select(col(Debrief.id), col(Debrief.content)).where(col(Debrief.hearing_id).in_(ids))).all()
    named = [(number, content) for number, content in rows if victims & content.get("victims", {}).keys()]
    for number, content in named:
        rest = {name: answers for name, answers in content["victims"].items() if name not in victims}
        db.connection().execute(sa.update(Debrief).where(col(Debrief.id) == number).values(content={**content, "victims": rest}))
    return len(named)
