"""One worker leads at a time."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import sqlalchemy as sa

from tracker.services.context import Context
from tracker.services.leadership import lead, step_down
from tracker.storage.engine import Database
from tracker.storage.queries.lease import LONG_AGO
from tracker.storage.tables.worker import Lease


def lapse(ctx: Context) -> None:
    """Let the lease run out, whatever the clock says."""
    with ctx.database.writing() as db:
        db.connection().execute(sa.update(Lease).values(expires_at=LONG_AGO))


def test_the_first_leads_and_the_others_wait(ctx: Context) -> None:
    """Leading again is leading on, with the same number."""
    assert lead(ctx, "a") == 1
    assert lead(ctx, "b") is None
    assert lead(ctx, "a") == 1


def test_when_the_lease_runs_out_another_takes_over_with_a_higher_number(ctx: Context) -> None:
    """And the old leader learns it at its next renewal."""
    lead(ctx, "a")
    lapse(ctx)

    assert lead(ctx, "b") == 2
    assert lead(ctx, "a") is None


def test_stepping_down_hands_over_at_once(ctx: Context) -> None:
    """Only the holder can."""
    lead(ctx, "a")
    step_down(ctx, "b")
    assert lead(ctx, "b") is None
    step_down(ctx, "a")

    assert lead(ctx, "b") == 2


def test_of_many_at_once_exactly_one_leads(ctx: Context) -> None:
    """Whoever comes first."""
    with ThreadPoolExecutor(8) as threads:
        fences = list(threads.map(lambda number: lead(ctx, f"w{number}"), range(16)))

    assert [fence for fence in fences if fence is not None] == [1]


def test_an_unreachable_database_means_not_leading(sqlite_ctx: Context) -> None:
    """Said in the log, not raised: the worker tries again."""
    nowhere = Database("sqlite:////nowhere/at/all.sqlite3")

    assert lead(replace(sqlite_ctx, database=nowhere), "a") is None
    step_down(replace(sqlite_ctx, database=nowhere), "a")
    nowhere.close()
