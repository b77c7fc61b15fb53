"""Proceedings that go on, and that nobody wrote to for half a year."""

from datetime import timedelta

import sqlalchemy as sa
from sqlmodel import col

from tracker.domain.flags import N_
from tracker.storage.data_check import DataCheck, Moment
from tracker.storage.tables.proceedings import Proceeding

QUIET = timedelta(days=182)


def ask(moment: Moment) -> sa.Select[str, int]:
    """Find them."""
    long_ago = moment.now - QUIET
    return sa.select(col(Proceeding.ref), sa.literal(1).label("found")).where(
        col(Proceeding.ended_on).is_(None), col(Proceeding.changed_at) < long_ago
    )


DATA_CHECK = DataCheck(
    title=N_("Going on, unchanged for half a year"),
    remedy=N_("Ask the court where the case stands."),
    ask=ask,
)
