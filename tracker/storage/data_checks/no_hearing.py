"""Proceedings that go on without any hearing."""

import sqlalchemy as sa
from sqlmodel import col

from tracker.domain.flags import N_
from tracker.storage.data_check import DataCheck, Moment
from tracker.storage.tables.hearings import Hearing
from tracker.storage.tables.proceedings import Proceeding


def ask(_moment: Moment) -> sa.Select[str, int]:
    """Find them."""
    heard = sa.exists().where(col(Hearing.proceeding_id) == col(Proceeding.id))
    return sa.select(col(Proceeding.ref), sa.literal(1).label("found")).where(col(Proceeding.ended_on).is_(None), ~heard)


DATA_CHECK = DataCheck(
    title=N_("Going on, without any hearing"),
    remedy=N_("Enter the first hearing, or the end of the proceeding."),
    ask=ask,
)
