"""Runs of jobs: each scheduled instant once, failures entered, the rest forgotten in time."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col
from structlog.testing import capture_logs

from tracker.services.context import Context
from tracker.services.job_runs import is_overdue, run_now, run_scheduled, slot
from tracker.services.jobs import Job
from tracker.storage.tables.worker import JobRun

QUARTER = timedelta(minutes=15)


class Counting:
    """A job that counts its runs, or breaks."""

    def __init__(self, *, breaks: bool = False) -> None:
        """Begin with no run."""
        self.runs = 0
        self.breaks = breaks

    def __call__(self, _ctx: Context) -> Mapping[str, int]:
        """Run once."""
        self.runs += 1
        if self.breaks:
            raise RuntimeError("CANARY")
        return {"runs": self.runs}


def job(run: Counting) -> Job:
    """A job every quarter of an hour."""
    return Job("test", QUARTER, run, "Counts.")


def ledger(ctx: Context) -> list[tuple[str | None, object]]:
    """What the ledger says."""
    with ctx.database.reading() as db:
        query = sa.select(col(JobRun.outcome), col(JobRun.counts)).order_by(col(JobRun.id))
        return [(row[0], row[1]) for row in db.connection().execute(query)]


def test_one_instant_is_run_once(ctx: Context) -> None:
    """Whoever comes second runs nothing."""
    run = Counting()

    assert run_scheduled(ctx, job(run), ctx.now(), QUARTER) == {"runs": 1}
    assert run_scheduled(ctx, job(run), ctx.now(), QUARTER) is None
    assert run_scheduled(ctx, job(run), ctx.now() + QUARTER, QUARTER) == {"runs": 2}
    assert ledger(ctx) == [("done", {"runs": 1}), ("done", {"runs": 2})]


def test_a_failure_is_entered_and_told_without_its_text(ctx: Context) -> None:
    """The next run tries again, so the job stays overdue."""
    with capture_logs() as logs:
        assert run_scheduled(ctx, job(Counting(breaks=True)), ctx.now(), QUARTER) is None

    assert ledger(ctx) == [("failed: RuntimeError", None)]
    assert "RuntimeError at test_job_runs.py" in str(logs)
    assert "CANARY" not in str(logs)
    assert is_overdue(ctx, job(Counting()), QUARTER)


@pytest.mark.parametrize(("minutes", "overdue"), [(14.9, False), (15, True), (15.1, True)])
def test_a_job_is_overdue_after_its_period(sqlite_ctx: Context, minutes: float, overdue: bool) -> None:  # noqa: FBT001
    """And where it never ran at all."""
    counting = job(Counting())
    assert is_overdue(sqlite_ctx, counting, QUARTER)
    run_scheduled(sqlite_ctx, counting, sqlite_ctx.now(), QUARTER)

    assert is_overdue(sqlite_ctx.at(sqlite_ctx.now() + timedelta(minutes=minutes)), counting, QUARTER) is overdue


def test_old_runs_are_forgotten(sqlite_ctx: Context) -> None:
    """A job that runs every ten seconds must not fill the disk."""
    counting, often = job(Counting()), timedelta(seconds=10)
    run_scheduled(sqlite_ctx, counting, sqlite_ctx.now(), often)
    later = sqlite_ctx.at(sqlite_ctx.now() + timedelta(days=1, seconds=1))
    run_scheduled(later, counting, later.now(), often)

    assert len(ledger(sqlite_ctx)) == 1


def test_a_run_by_hand_is_not_in_the_ledger(sqlite_ctx: Context) -> None:
    """It may be repeated at the same instant."""
    counting = job(Counting())

    assert [run_now(sqlite_ctx, counting)["runs"] for _ in range(2)] == [1, 2]
    assert ledger(sqlite_ctx) == []


@given(st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2030, 1, 1)), st.integers(1, 86_400))  # noqa: DTZ001
def test_a_slot_is_the_last_scheduled_instant(at: datetime, seconds: int) -> None:
    """The same on every host: it depends on the instant and the period only."""
    instant, every = at.replace(tzinfo=UTC), timedelta(seconds=seconds)
    found = slot(instant, every)

    assert found <= instant < found + every
    assert slot(found, every) == found
