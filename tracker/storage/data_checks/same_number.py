"""Proceedings that share a case number of one court: perhaps one case, entered twice."""

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from tracker.domain.flags import N_
from tracker.storage.data_check import DataCheck, Moment
from tracker.storage.tables.proceedings import CaseNumber, Proceeding


def ask(_moment: Moment) -> sa.Select[str, int]:
    """Find them."""
    other = aliased(CaseNumber)
    return (
        sa.select(col(Proceeding.ref), sa.func.count(sa.distinct(col(other.proceeding_id))).label("found"))
        .join(CaseNumber, col(CaseNumber.proceeding_id) == col(Proceeding.id))
        .join(other, sa.and_(col(other.number_index) == col(CaseNumber.number_index), col(other.court_id) == col(CaseNumber.court_id)))
        .where(col(other.proceeding_id) != col(CaseNumber.proceeding_id))
        .group_by(col(Proceeding.ref))
    )


DATA_CHECK = DataCheck(
    title=N_("Perhaps entered twice: the same number at the same court"),
    remedy=N_("Compare the entries; keep one of them."),
    ask=ask,
)
