"""One worker leads; the others wait to take over."""

from datetime import timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from tracker.services.context import Context
from tracker.storage.queries import lease

LEASE = "worker"

_log = structlog.get_logger(__name__)


def lead(ctx: Context, holder: str) -> int | None:
    """Lead, or go on leading, for the time of one lease; return the fencing number, ``None`` where another leads or nobody can tell."""
    try:
        with ctx.database.writing() as db:
            return lease.hold(db, LEASE, holder, now=ctx.now(), lasts=timedelta(seconds=ctx.settings.worker.lease_seconds))
    except SQLAlchemyError as broken:
        _log.warning("worker.database_unreachable", error=type(broken).__name__)
        return None


def step_down(ctx: Context, holder: str) -> None:
    """Let another worker lead at once."""
    try:
        with ctx.database.writing() as db:
            lease.release(db, LEASE, holder)
    except SQLAlchemyError as broken:
        _log.warning("worker.database_unreachable", error=type(broken).__name__)
