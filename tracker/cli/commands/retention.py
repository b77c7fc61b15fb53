"""Say what was kept long enough, and let it go."""

import click

from tracker.cli.options import CliRun, as_of_option, common
from tracker.services.retaining import retain


@click.command("retention")
@click.option("--dry-run/--act", "is_rehearsal", default=True, show_default=True, help="Only report, or let go what is due.")
@as_of_option
@common
def COMMAND(cli: CliRun, *, is_rehearsal: bool, as_of: str | None) -> None:  # noqa: N802 - the name by which commands are found
    """Report what the retention rules ask to let go; with --act do it now, whatever the configuration says."""
    counts = retain(cli.context(as_of), act=not is_rehearsal)
    head = "Due to go (nothing was changed):" if is_rehearsal else "Let go:"
    cli.emit(counts, "\n".join([head, *(f"  {name:<14} {number}" for name, number in counts.items() if name != "acted")]))
