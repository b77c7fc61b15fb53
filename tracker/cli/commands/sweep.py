"""Ask the rules about what is due, or with --full about everything."""

import sys

import click

from tracker.cli.options import CliRun, as_of_option, common
from tracker.privacy.redaction import configure_logging
from tracker.services.sweeping import sweep


@click.command("sweep")
@click.option("--full", is_flag=True, help="Look at every proceeding, as after a change of rules or pack; progress on standard error.")
@as_of_option
@common
def COMMAND(cli: CliRun, *, full: bool, as_of: str | None) -> None:  # noqa: N802 - the name by which commands are found
    """Ask the rules about every proceeding that is due; one that was broken off is taken up where it was."""
    configure_logging(sys.stderr)
    counts = sweep(cli.context(as_of), full=full, progress=_shown if full else None)
    cli.emit(counts, ", ".join(f"{name} {number}" for name, number in counts.items()))


def _shown(done: int, total: int) -> None:
    click.echo(f"\r{done:,} of {total:,}", err=True, nl=done == total)
