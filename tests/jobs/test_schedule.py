"""The worker: as real processes, one of which leads, and in this process for what it does at its start."""

import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from threading import enumerate as living_threads

import sqlalchemy as sa
from sqlmodel import col

from jobs._schedule import work
from tests.processes import configuration, finished, kill, running, wait_for
from tracker.bootstrap import SystemClock
from tracker.services.context import Context
from tracker.services.jobs import all_jobs
from tracker.settings import WorkerSettings
from tracker.storage.tables.worker import JobRun, Lease

QUICK = WorkerSettings(deliver_seconds=1, lease_seconds=2)


def quick(ctx: Context) -> Context:
    """The same context with a short lease and the real clock."""
    return replace(ctx, clock=SystemClock(), settings=ctx.settings.model_copy(update={"worker": QUICK}))


def leader(ctx: Context) -> str:
    """Who holds the lease now; nobody where it ran out."""
    with ctx.database.reading() as db:
        row = db.connection().execute(sa.select(col(Lease.holder), col(Lease.expires_at))).one_or_none()
    return "" if row is None or row[1] <= ctx.now() else row[0]


def runs(ctx: Context) -> list[tuple[str, datetime, str | None]]:
    """The ledger."""
    with ctx.database.reading() as db:
        query = sa.select(col(JobRun.job), col(JobRun.scheduled_for), col(JobRun.outcome)).order_by(col(JobRun.id))
        return [(row[0], row[1], row[2]) for row in db.connection().execute(query)]


def working(ctx: Context, until: Callable[[], object]) -> None:
    """Work in this process until something holds."""
    stop = Event()
    thread = Thread(target=work, args=(ctx, stop))
    thread.start()
    try:
        wait_for(until)
    finally:
        stop.set()
        thread.join()


def test_two_workers_one_leader_and_a_power_cut(ctx: Context, tmp_path: Path) -> None:
    """The other takes over when the leader dies, and ends cleanly when it is asked to."""
    here = quick(ctx)
    config = str(configuration(tmp_path / "config.toml", here))
    with running("worker", "--config", config) as one, running("worker", "--config", config) as two:
        wait_for(lambda: leader(here) and any(outcome == "done" for _, _, outcome in runs(here)))
        first = leader(here)
        processes = {f"-{process.pid}-": process for process in (one, two)}
        dying = next(process for mark, process in processes.items() if mark in first)
        surviving = two if dying is one else one
        kill(dying)
        wait_for(lambda: leader(here) not in {"", first})
        assert f"-{surviving.pid}-" in leader(here)
        surviving.send_signal(signal.SIGTERM)
        code, _, err = finished(surviving)

    assert code == 0, err
    assert "worker.stopped" in err
    assert leader(here) == ""
    slots = [(job, scheduled_for) for job, scheduled_for, _ in runs(here)]
    assert len(slots) == len(set(slots))


def test_what_was_missed_is_run_at_the_start(sqlite_ctx: Context) -> None:
    """Every job at once, without waiting for its time; a worker stopped before its lease ran out gives it up."""
    here = quick(sqlite_ctx)
    names = {job.name for job in all_jobs()}
    working(here, lambda: {job for job, _, outcome in runs(here) if outcome is not None} >= names)

    assert all(outcome == "done" for _, _, outcome in runs(here)), runs(here)
    assert leader(here) == ""


def test_what_ran_lately_is_not_run_again_at_the_start(sqlite_ctx: Context) -> None:
    """A restart is no reason to do everything anew."""
    here = quick(sqlite_ctx)
    now = datetime.now(UTC)  # noqa: TID251 - the ledger of a real worker
    with here.database.writing() as db:
        for job in all_jobs():
            if job.name != "deliver":
                values = {"job": job.name, "scheduled_for": now, "started_at": now, "finished_at": now, "outcome": "done"}
                db.connection().execute(sa.insert(JobRun).values(**values))
    before = len(runs(here))
    working(here, lambda: len(runs(here)) > before + 1)

    assert {job for job, _, _ in runs(here)[before:]} == {"deliver"}


def test_a_worker_that_loses_the_lease_stops_its_jobs(sqlite_ctx: Context) -> None:
    """Another host took it."""
    here = quick(sqlite_ctx)
    stop = Event()
    thread = Thread(target=work, args=(here, stop))
    thread.start()
    try:
        wait_for(lambda: leader(here))
        with here.database.writing() as db:
            later = here.now() + timedelta(hours=1)
            db.connection().execute(sa.update(Lease).values(holder="another", expires_at=later))
        wait_for(lambda: not any(each.name.startswith("APScheduler") for each in living_threads()))
    finally:
        stop.set()
        thread.join()

    assert leader(here) == "another"
