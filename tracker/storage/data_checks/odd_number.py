"""Case numbers that are not written as the jurisdiction pack expects."""

import sqlalchemy as sa
from sqlmodel import col

from tracker.domain.flags import N_
from tracker.storage.data_check import DataCheck, Moment
from tracker.storage.tables.proceedings import CaseNumber, Proceeding


def ask(_moment: Moment) -> sa.Select[str, int]:
    """Find them."""
    return (
        sa.select(col(Proceeding.ref), sa.func.count().label("found"))
        .join(CaseNumber, col(CaseNumber.proceeding_id) == col(Proceeding.id))
        .where(col(CaseNumber.is_parsed).is_(False))
        .group_by(col(Proceeding.ref))
    )


DATA_CHECK = DataCheck(
    title=N_("Case numbers that could not be read"),
    remedy=N_("Compare the number with the court's letter: calendars find the case by it."),
    ask=ask,
)
