"""Proceedings that ended before the offence, or end in the future."""

import sqlalchemy as sa
from sqlmodel import col

from tracker.domain.flags import N_
from tracker.storage.data_check import DataCheck, Moment
from tracker.storage.tables.proceedings import Proceeding


def ask(moment: Moment) -> sa.Select[str, int]:
    """Find them."""
    ended = col(Proceeding.ended_on)
    impossible = sa.or_(ended < col(Proceeding.offence_on), ended > moment.today, col(Proceeding.offence_on) > moment.today)
    return sa.select(col(Proceeding.ref), sa.literal(1).label("found")).where(impossible)


DATA_CHECK = DataCheck(
    title=N_("Dates that cannot be true"),
    remedy=N_("Compare the dates of the offence and of the end with the file."),
    ask=ask,
)
