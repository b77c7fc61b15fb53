"""The worker: waits to lead, then runs every job on its schedule until it is told to stop."""

import os
import secrets
import socket
from dataclasses import dataclass, field
from datetime import UTC, timedelta
from threading import Event

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from tracker.services.context import Context
from tracker.services.job_runs import EPOCH, is_overdue, run_scheduled, slot
from tracker.services.jobs import Job, all_jobs, period
from tracker.services.leadership import lead, step_down

RENEWALS = 3
"""The lease is renewed this often within its time, so that one missed renewal loses nothing."""

_log = structlog.get_logger(__name__)


def work(ctx: Context, stop: Event) -> None:
    """Run the jobs whenever this worker leads, until ``stop`` is set; then finish what runs and step down."""
    holder = f"{socket.gethostname()[:32]}-{os.getpid()}-{secrets.token_hex(4)}"
    pause = ctx.settings.worker.lease_seconds / RENEWALS
    scheduler: BackgroundScheduler | None = None
    try:
        while not stop.is_set():
            fence = lead(ctx, holder)
            if fence is not None and scheduler is None:
                scheduler = _started(ctx)
                _log.info("worker.leads", holder=holder, fence=fence)
            elif fence is None and scheduler is not None:
                _log.warning("worker.lost_the_lease", holder=holder)
                scheduler.shutdown(wait=False)
                scheduler = None
            stop.wait(pause)
    finally:
        if scheduler is not None:
            scheduler.shutdown(wait=True)
        step_down(ctx, holder)
        _log.info("worker.stopped", holder=holder)


@dataclass(slots=True)
class _Run:
    """One job as the scheduler calls it; the first call catches up, whatever the ledger says of this slot."""

    ctx: Context
    job: Job
    every: timedelta
    catches_up: bool = field(default=False)

    def __call__(self) -> None:
        now = self.ctx.now().astimezone(UTC)
        scheduled_for = now if self.catches_up else slot(now, self.every)
        self.catches_up = False
        run_scheduled(self.ctx, self.job, scheduled_for, self.every)


def _started(ctx: Context) -> BackgroundScheduler:
    scheduler = BackgroundScheduler(timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": 3600})
    for job in all_jobs():
        every = period(job, ctx.settings.worker)
        is_late = is_overdue(ctx, job, every)
        first = ctx.now().astimezone(UTC) if is_late else slot(ctx.now().astimezone(UTC), every) + every
        trigger = IntervalTrigger(seconds=int(every.total_seconds()), start_date=EPOCH, timezone=UTC)
        scheduler.add_job(_Run(ctx, job, every, is_late), trigger, id=job.name, name=job.name, next_run_time=first)
    scheduler.start()
    return scheduler
