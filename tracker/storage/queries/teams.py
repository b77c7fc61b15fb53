"""Who answers for whose cases."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.domain.codes.people import Role
from tracker.storage.tables.people import Person


def put_under(db: Session, supervisor: str, people: Collection[str]) -> int:
    """Make a supervisor answer for these people (external ids, never for themselves); returns for how many."""
    boss = sa.select(col(Person.id)).where(col(Person.external_id) == supervisor, col(Person.role) == Role.SUPERVISOR).scalar_subquery()
    statement = sa.update(Person).where(col(Person.external_id).in_(people), col(Person.external_id) != supervisor)
    return int(db.connection().execute(statement.values(supervisor_id=boss)).rowcount)
