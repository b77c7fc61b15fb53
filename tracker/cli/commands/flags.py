"""Show the flags: what the rules found."""

import click

from tracker.cli.options import CliRun, as_of_option, common
from tracker.services.flags import FlagLine, listed

FIELDS = (
    "rule", "subject_kind", "subject", "proceeding", "severity", "opened_on", "since", "closed_on", "close_reason", "facts",
)  # fmt: skip


@click.command("flags")
@click.option("--all", "with_closed", is_flag=True, help="Also the closed ones.")
@as_of_option
@common
def COMMAND(cli: CliRun, *, with_closed: bool, as_of: str | None) -> None:  # noqa: N802 - the name by which commands are found
    """Show the open flags, gravest first; with --as-of those that were open at the end of that day, as the sweeps kept them."""
    ctx = cli.context(as_of)
    lines = listed(ctx, with_closed=with_closed, on=None if as_of is None else ctx.office_today())
    cli.emit([{name: getattr(line, name) for name in FIELDS} for line in lines], "\n".join(map(_told, lines)) or "No flags.")


def _told(line: FlagLine) -> str:
    ended = f", closed {line.closed_on} ({line.close_reason})" if line.closed_on else " (dismissed)" if line.is_quiet else ""
    return f"{line.severity}  {line.rule:<24} {line.subject_kind:<10} {line.subject:<24} since {line.since}{ended}"
