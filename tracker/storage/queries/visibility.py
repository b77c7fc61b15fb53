"""Whose cases: the one condition that every page's query carries.

A case is somebody's own while they are assigned, their team's while a person is assigned whose supervisor they are, and
open to them for some hours where they opened it (`docs/access.md`).
"""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from tracker.domain.codes.people import Role
from tracker.storage.queries.binding import NOW, PERSON, TODAY
from tracker.storage.tables.opened_cases import OpenedCase
from tracker.storage.tables.people import Person
from tracker.storage.tables.proceedings import Assignment, Proceeding

Who = int | sa.BindParameter[Any]
Day = date | sa.BindParameter[Any]
Instant = datetime | sa.BindParameter[Any]


def is_visible(person_id: Who = PERSON, today: Day = TODAY, now: Instant = NOW) -> sa.ColumnElement[bool]:
    """Return the condition that the person may read the proceeding of the row: own, the team's, or opened."""
    opened_ids = sa.select(col(OpenedCase.proceeding_id)).where(*opened(person_id, now))
    return sa.or_(is_theirs(person_id, today), col(Proceeding.id).in_(opened_ids))


def is_theirs(person_id: Who = PERSON, today: Day = TODAY) -> sa.ColumnElement[bool]:
    """Return the condition that the proceeding of the row is the person's own or their team's: theirs to act on."""
    return col(Proceeding.id).in_(sa.select(col(Assignment.proceeding_id)).where(*assigned_to_team(person_id, today)))


def is_visible_here() -> sa.ColumnElement[bool]:
    """Return `is_visible` for a statement that has found its one proceeding: asked of that row, not of all of a person's."""
    theirs = sa.select(sa.literal(1)).where(col(Assignment.proceeding_id) == col(Proceeding.id), *assigned_to_team())
    open_now = sa.select(sa.literal(1)).where(col(OpenedCase.proceeding_id) == col(Proceeding.id), *opened())
    return sa.or_(theirs.correlate(Proceeding).exists(), open_now.correlate(Proceeding).exists())


def is_theirs_here() -> sa.ColumnElement[bool]:
    """Return `is_theirs` for a statement that has found its one proceeding."""
    theirs = sa.select(sa.literal(1)).where(col(Assignment.proceeding_id) == col(Proceeding.id), *assigned_to_team())
    return theirs.correlate(Proceeding).exists()


def assigned(person_id: Who = PERSON, today: Day = TODAY) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the conditions on an assignment of the person that holds on ``today``; absent ends are open."""
    return (col(Assignment.person_id) == person_id, *_holds(today))


def assigned_to_team(person_id: Who = PERSON, today: Day = TODAY) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the conditions on an assignment of the person, or of somebody whose supervisor the person is, that holds on ``today``.

    The role is asked of the database: who is no supervisor any more has no team, whatever the people's rows still say.
    """
    boss = aliased(Person)
    team = (
        sa.select(col(Person.id))
        .join(boss, col(boss.id) == col(Person.supervisor_id))
        .where(col(Person.supervisor_id) == person_id, col(boss.role) == Role.SUPERVISOR)
    )
    return (sa.or_(col(Assignment.person_id) == person_id, col(Assignment.person_id).in_(team)), *_holds(today))


def opened(person_id: Who = PERSON, now: Instant = NOW) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the conditions on an opening of the person's that is still open at ``now``."""
    return (
        col(OpenedCase.person_id) == person_id,
        col(OpenedCase.expires_at) > now,
        col(OpenedCase.opened_at) <= now,
        col(OpenedCase.given_back_at).is_(None),
    )


def _holds(today: Day) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        sa.or_(col(Assignment.from_on).is_(None), col(Assignment.from_on) <= today),
        sa.or_(col(Assignment.to_on).is_(None), col(Assignment.to_on) >= today),
    )
