"""Run one job now, or list the jobs."""

import sys

import click

from tracker.cli.options import CliRun, as_of_option, common
from tracker.privacy.redaction import configure_logging
from tracker.services.job_runs import run_now
from tracker.services.jobs import all_jobs, job_named, period


@click.command("job")
@click.argument("name", required=False)
@click.option("--list", "is_list", is_flag=True, help="List the jobs.")
@as_of_option
@common
def COMMAND(cli: CliRun, *, name: str | None, is_list: bool, as_of: str | None) -> None:  # noqa: N802 - the name by which commands are found
    """Run the job NAME now; running it twice changes nothing."""
    if is_list:
        _show(cli)
        return
    if name is None:
        raise click.UsageError("name a job, or ask for --list")
    configure_logging(sys.stderr)
    job = job_named(name)
    counts = run_now(cli.context(as_of), job)
    cli.emit(dict(counts), f"{name}: " + (", ".join(f"{key} {number}" for key, number in counts.items()) or "nothing to do"))


def _show(cli: CliRun) -> None:
    settings = cli.settings.worker
    jobs = [{"name": job.name, "every_seconds": int(period(job, settings).total_seconds()), "summary": job.summary} for job in all_jobs()]
    cli.emit(jobs, "\n".join(f"{job['name']:<12} every {job['every_seconds']:>5} s  {job['summary']}" for job in jobs))
