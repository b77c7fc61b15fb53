"""Run the jobs, alone: as many as you like on as many hosts; one of them leads."""

import sys
from importlib import import_module

import click

from tracker.cli.options import CliRun, common
from tracker.privacy.redaction import configure_logging
from tracker.services.jobs import JOBS


@click.command("worker")
@common
def COMMAND(cli: CliRun) -> None:  # noqa: N802 - the name by which commands are found
    """Run the jobs on their schedule until Ctrl-C or SIGTERM."""
    configure_logging(sys.stderr)
    import_module(f"{JOBS}.__main__").main(cli.context())
