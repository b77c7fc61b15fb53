"""Tell whether everything is in order; exit code 1 where it is not."""

import sys
from dataclasses import asdict

import click

from tracker.bootstrap import SystemClock
from tracker.cli.options import CliRun, common
from tracker.services.checkup import CheckLine, check_all


@click.command("check")
@common
def COMMAND(cli: CliRun) -> None:  # noqa: N802 - the name by which commands are found
    """Look at database, schema, keys, worker, queue, channel, disk, clock and backups; nothing is changed."""
    lines = check_all(cli.settings, cli.config, SystemClock().now())
    cli.emit([asdict(line) for line in lines], "\n".join(map(_told, lines)))
    if not all(line.ok for line in lines):
        sys.exit(1)


def _told(line: CheckLine) -> str:
    return f"{'ok ' if line.ok else 'BAD'}  {line.name:<10} {line.detail}"
