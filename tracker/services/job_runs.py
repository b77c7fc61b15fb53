"""Run jobs: by hand at once, or as scheduled and then once only, with a ledger of what ran."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import structlog

from tracker.privacy.redaction import told
from tracker.services import audit
from tracker.services.context import Actor, Context
from tracker.services.jobs import Job
from tracker.storage.queries import job_runs as ledger

KEPT_RUNS = 1000
KEPT_AT_LEAST = timedelta(days=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_log = structlog.get_logger(__name__)


def run_now(ctx: Context, job: Job) -> Mapping[str, int]:
    """Run a job by hand and return its counts; the ledger knows only what the schedule ran."""
    counts = job.run(_as_job(ctx, job))
    _audit(ctx, job, counts)
    return counts


def _as_job(ctx: Context, job: Job) -> Context:
    return ctx.acting_as(Actor(program=f"job:{job.name}"))


def _audit(ctx: Context, job: Job, counts: Mapping[str, int] | None) -> None:
    """Enter what a job did; one that found nothing to do, some every ten seconds, leaves no trace."""
    if job.is_audited and (counts is None or any(counts.values())):
        action = "job.failed" if counts is None else "job.ran"
        audit.record(_as_job(ctx, job), action, details={name: count for name, count in (counts or {}).items() if count})


def run_scheduled(ctx: Context, job: Job, scheduled_for: datetime, every: timedelta) -> Mapping[str, int] | None:
    """Run a job for one instant of its schedule, once over all workers, and return its counts.

    Returns ``None`` where that run was begun already, or failed: a failure is logged and entered, and the next run tries again.
    """
    with ctx.database.writing() as db:
        run_id = ledger.begin(db, job.name, scheduled_for, ctx.now())
    if run_id is None:
        _log.info("job.already_run", job=job.name)
        return None
    counts, outcome = None, ledger.DONE
    try:
        counts = job.run(_as_job(ctx, job))
    except Exception as broken:  # noqa: BLE001 - one broken job must not stop the others
        outcome = f"failed: {type(broken).__name__}"[:40]
        _log.error("job.failed", job=job.name, error=told(broken))
    now = ctx.now()
    with ctx.database.writing() as db:
        ledger.finish(db, run_id, now=now, outcome=outcome, counts=counts)
        ledger.forget(db, job.name, now - max(KEPT_AT_LEAST, KEPT_RUNS * every))
    _audit(ctx, job, counts)
    return counts


def is_overdue(ctx: Context, job: Job, every: timedelta) -> bool:
    """Tell whether the last run that ended well is longer ago than the job's period, or never was."""
    with ctx.database.reading() as db:
        last = ledger.last_success(db, job.name)
    return last is None or ctx.now() - last >= every


def slot(instant: datetime, every: timedelta) -> datetime:
    """Return the last instant for which a job of that period is scheduled: the same on every host."""
    return instant - (instant - EPOCH) % every
