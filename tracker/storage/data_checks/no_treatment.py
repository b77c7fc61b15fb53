"""Appearances of which nobody wrote how the victim was treated."""

import sqlalchemy as sa
from sqlmodel import col

from tracker.domain.codes.appearance import Attended
from tracker.domain.flags import N_
from tracker.storage.data_check import DataCheck, Moment
from tracker.storage.tables.appearances import Appearance
from tracker.storage.tables.proceedings import Proceeding


def ask(_moment: Moment) -> sa.Select[str, int]:
    """Find them."""
    answers = (Appearance.visual_contact, Appearance.breaks_given, Appearance.degrading_conduct, Appearance.support_person)
    return (
        sa.select(col(Proceeding.ref), sa.func.count().label("found"))
        .join(Appearance, col(Appearance.proceeding_id) == col(Proceeding.id))
        .where(col(Appearance.attended) == Attended.TESTIFIED, *(col(answer).is_(None) for answer in answers))
        .group_by(col(Proceeding.ref))
    )


DATA_CHECK = DataCheck(
    title=N_("Appearances without a word on how she was treated"),
    remedy=N_("Ask whoever was there, while it is remembered."),
    ask=ask,
)
