"""Why cases were opened: the words, in the rows of openings and in the audit log, counted or taken away."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.storage.queries.audit import Which
from tracker.storage.tables.audit import AuditEntry
from tracker.storage.tables.opened_cases import OpenedCase
from tracker.storage.tables.proceedings import Proceeding
from tracker.storage.tables.retention import LegalHold


def of_cases(db: Session, proceeding_ids: Collection[int]) -> dict[int, str]:
    """Return the openings of these proceedings: the ref of each, by its key."""
    query = sa.select(col(OpenedCase.id), col(OpenedCase.ref)).where(col(OpenedCase.proceeding_id).in_(proceeding_ids))
    return {key: ref for key, ref in db.connection().execute(query.order_by(col(OpenedCase.id))) if key is not None}


def rewrite(db: Session, reasons: Mapping[int, bytes]) -> None:
    """Write sealed reasons over those of the openings that they are for."""
    rows = [{"key": key, "sealed": sealed} for key, sealed in reasons.items()]
    if rows:
        statement = sa.update(OpenedCase).where(col(OpenedCase.id) == sa.bindparam("key")).values(reason_sealed=sa.bindparam("sealed"))
        db.connection().execute(statement, rows)


def expired_until(instant: datetime) -> sa.Delete:
    """Return how openings go that ended at ``instant`` or before; those of a case on hold stay."""
    held = sa.select(col(LegalHold.proceeding_id))
    return sa.delete(OpenedCase).where(col(OpenedCase.expires_at) <= instant, col(OpenedCase.proceeding_id).not_in(held))


def noted_about(proceeding_ids: Collection[int], unplaced: Sequence[str]) -> Which:
    """Return which entries of the audit log may name somebody in these cases: all about them, and those of ``unplaced`` about no case."""
    names = sa.select(col(Proceeding.external_id)).where(col(Proceeding.id).in_(proceeding_ids))
    is_unplaced = sa.and_(col(AuditEntry.case_id).is_(None), col(AuditEntry.action).in_(unplaced))
    return (sa.or_(col(AuditEntry.case_id).in_(names), is_unplaced),)


def noted_until(instant: datetime, actions: Sequence[str]) -> Which:
    """Return the entries of these actions from ``instant`` or before; those about a case on hold stay."""
    held = sa.select(col(Proceeding.external_id)).join(LegalHold, col(LegalHold.proceeding_id) == col(Proceeding.id))
    is_free = sa.or_(col(AuditEntry.case_id).is_(None), col(AuditEntry.case_id).not_in(held))
    return (col(AuditEntry.action).in_(actions), col(AuditEntry.at) <= instant, is_free)
