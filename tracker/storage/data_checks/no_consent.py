"""Victims' entries without a consent that was given or withdrawn."""

import sqlalchemy as sa
from sqlmodel import col

from tracker.domain.flags import N_
from tracker.storage.data_check import DataCheck, Moment
from tracker.storage.tables.proceedings import Proceeding
from tracker.storage.tables.victims import Victim


def ask(_moment: Moment) -> sa.Select[str, int]:
    """Find them."""
    return (
        sa.select(col(Proceeding.ref), sa.func.count().label("found"))
        .join(Victim, col(Victim.proceeding_id) == col(Proceeding.id))
        .where(col(Victim.consent_given_on).is_(None), col(Victim.consent_withdrawn_on).is_(None))
        .group_by(col(Proceeding.ref))
    )


DATA_CHECK = DataCheck(
    title=N_("Entries of victims without consent"),
    remedy=N_("Enter the consent that was signed, under Consents."),
    ask=ask,
)
