"""Run the jobs, alone: as many as you like on as many hosts; one of them leads."""

import logging
import sys
from importlib import import_module

import click

from tracker.cli.options import CliRun, common
from tracker.privacy.redaction import configure_logging
from tracker.services.jobs import JOBS


@click.command("worker")
@click.option("--quiet", is_flag=True, help="Log warnings only.")
@common
def COMMAND(cli: CliRun, *, quiet: bool) -> None:  # noqa: N802 - the name by which commands are found
    """Run the jobs on their schedule until Ctrl-C or SIGTERM."""
    configure_logging(sys.stderr, logging.WARNING if quiet else logging.INFO)
    import_module(f"{JOBS}.__main__").main(cli.context())
