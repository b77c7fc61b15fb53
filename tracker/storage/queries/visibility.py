"""Whose cases: the one condition that every page's query carries."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from tracker.storage.queries.binding import PERSON, TODAY
from tracker.storage.tables.proceedings import Assignment, Proceeding


def is_visible(person_id: int | sa.BindParameter[Any] = PERSON, today: date | sa.BindParameter[Any] = TODAY) -> sa.ColumnElement[bool]:
    """Return the condition that the person is assigned to the proceeding of the row on ``today``."""
    return col(Proceeding.id).in_(sa.select(col(Assignment.proceeding_id)).where(*assigned(person_id, today)))


def is_visible_here() -> sa.ColumnElement[bool]:
    """Return the same condition for a statement that has found its one proceeding: asked of that row, not of all of a person's."""
    mine = sa.select(sa.literal(1)).where(col(Assignment.proceeding_id) == col(Proceeding.id), *assigned())
    return mine.correlate(Proceeding).exists()


def assigned(
    person_id: int | sa.BindParameter[Any] = PERSON, today: date | sa.BindParameter[Any] = TODAY
) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the conditions on an assignment of the person that holds on ``today``; absent ends are open."""
    return (
        col(Assignment.person_id) == person_id,
        sa.or_(col(Assignment.from_on).is_(None), col(Assignment.from_on) <= today),
        sa.or_(col(Assignment.to_on).is_(None), col(Assignment.to_on) >= today),
    )
