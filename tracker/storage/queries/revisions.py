"""Corrections: one proceeding locked for a writer, and what its entries said before."""

from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.storage.queries.visibility import is_theirs
from tracker.storage.tables.accounts import Account
from tracker.storage.tables.proceedings import Proceeding
from tracker.storage.tables.revisions import Revision


class CaseRow(NamedTuple):
    """One proceeding that the person works on."""

    id: int
    external_id: str


class RevisionRow(NamedTuple):
    """One change of an entry; ``before`` is sealed under ``ref``, absent where the entry was new."""

    ref: str
    before: bytes | None
    login: str | None
    written_at: datetime


def theirs(db: Session, person_id: int, ref: str, today: date, *, lock: bool) -> CaseRow | None:
    """Return the proceeding called ``ref`` if it is the person's own or their team's; with ``lock`` nobody else writes to it meanwhile."""
    query = sa.select(col(Proceeding.id), col(Proceeding.external_id)).where(col(Proceeding.ref) == ref, is_theirs(person_id, today))
    row = db.connection().execute(query.with_for_update() if lock else query).one_or_none()
    return None if row is None else CaseRow._make(row)


def of_entry(db: Session, proceeding_id: int, kind: str, entry: str) -> list[RevisionRow]:
    """Return the changes of an entry, newest first."""
    query = (
        sa.select(col(Revision.ref), col(Revision.before_sealed), col(Account.login), col(Revision.written_at))
        .outerjoin(Account, col(Account.person_id) == col(Revision.person_id))
        .where(col(Revision.proceeding_id) == proceeding_id, col(Revision.kind) == kind, col(Revision.entry) == entry)
        .order_by(col(Revision.id).desc())
    )
    return [RevisionRow._make(row) for row in db.connection().execute(query)]
