"""Hearings of past days whose outcome nobody entered."""

from datetime import timedelta

import sqlalchemy as sa
from sqlmodel import col

from tracker.domain.flags import N_
from tracker.storage.data_check import DataCheck, Moment
from tracker.storage.tables.hearings import Hearing
from tracker.storage.tables.proceedings import Proceeding

PATIENCE = timedelta(days=7)
"""Courts and advocates may take a week."""


def ask(moment: Moment) -> sa.Select[str, int]:
    """Find them."""
    open_since = moment.now - PATIENCE
    return (
        sa.select(col(Proceeding.ref), sa.func.count().label("found"))
        .join(Hearing, col(Hearing.proceeding_id) == col(Proceeding.id))
        .where(col(Hearing.outcome).is_(None), col(Hearing.superseded_by_id).is_(None), col(Hearing.starts_at) < open_since)
        .group_by(col(Proceeding.ref))
    )


DATA_CHECK = DataCheck(
    title=N_("Hearings that are over, without outcome"),
    remedy=N_("Enter what came of each hearing."),
    ask=ask,
)
