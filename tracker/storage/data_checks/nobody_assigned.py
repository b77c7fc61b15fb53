"""Proceedings that go on, and that nobody is assigned to today."""

import sqlalchemy as sa
from sqlmodel import col

from tracker.domain.flags import N_
from tracker.storage.data_check import DataCheck, Moment
from tracker.storage.tables.proceedings import Assignment, Proceeding


def ask(moment: Moment) -> sa.Select[str, int]:
    """Find them."""
    begun = sa.or_(col(Assignment.from_on).is_(None), col(Assignment.from_on) <= moment.today)
    lasts = sa.or_(col(Assignment.to_on).is_(None), col(Assignment.to_on) >= moment.today)
    assigned = sa.exists().where(col(Assignment.proceeding_id) == col(Proceeding.id), begun, lasts)
    return sa.select(col(Proceeding.ref), sa.literal(1).label("found")).where(col(Proceeding.ended_on).is_(None), ~assigned)


DATA_CHECK = DataCheck(
    title=N_("Going on, nobody assigned"),
    remedy=N_("Ask a supervisor to assign somebody: nobody is told of hearings."),
    ask=ask,
)
