"""The number under which a proceeding is known today."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from tracker.storage.tables.proceedings import CaseNumber, Proceeding

NEWEST_FIRST = (
    sa.case((col(CaseNumber.to_on).is_(None), 0), else_=1),
    sa.case((col(CaseNumber.from_on).is_(None), 1), else_=0),
    col(CaseNumber.from_on).desc(),
    col(CaseNumber.id).desc(),
)
"""Numbers still in use before those given up, the newest of each first."""


def current_number() -> sa.ScalarSelect[Any]:
    """Return the id of the newest number that a court still uses for the proceeding of the enclosing query."""
    return (
        sa.select(col(CaseNumber.id))
        .where(col(CaseNumber.proceeding_id) == col(Proceeding.id))
        .order_by(*NEWEST_FIRST)
        .limit(1)
        .correlate(Proceeding)
        .scalar_subquery()
    )
