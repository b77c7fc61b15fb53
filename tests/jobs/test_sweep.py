"""The job ``sweep``."""

from jobs.sweep import JOB
from tests import rows
from tracker.services.context import Context
from tracker.services.jobs import job_named, period


def test_it_is_found_by_name_and_runs_as_often_as_the_settings_say(sqlite_ctx: Context) -> None:
    """Every quarter of an hour unless told otherwise."""
    assert job_named("sweep") is JOB
    assert period(JOB, sqlite_ctx.settings.worker) == JOB.every


def test_it_sweeps_what_is_due_and_nothing_twice(ctx: Context) -> None:
    """Its counts are the job's own."""
    with ctx.database.writing() as db:
        rows.proceeding(db, rows.court(db))

    assert [JOB.run(ctx)["proceedings"], JOB.run(ctx)["proceedings"]] == [1, 0]
