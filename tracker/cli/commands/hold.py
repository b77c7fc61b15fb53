"""Keep a case back from retention, or let it go its way again."""

import click

from tracker.cli.options import CliRun, common
from tracker.services import holds


@click.group("hold")
def COMMAND() -> None:  # noqa: N802 - the name by which commands are found
    """Keep cases back from retention and erasure, while a claim needs what the record says."""


@COMMAND.command("place")
@click.argument("proceeding")
@common
def place(cli: CliRun, *, proceeding: str) -> None:
    """Keep PROCEEDING (an external id) back. The reason is asked for: on a command line it would stay in its history."""
    holds.place(cli.context(), proceeding, click.prompt("Reason", err=True))
    cli.emit({"proceeding": proceeding, "held": True}, "Nothing of this case goes until the hold is released.")


@COMMAND.command("release")
@click.argument("proceeding")
@common
def release(cli: CliRun, *, proceeding: str) -> None:
    """Let PROCEEDING (an external id) go its way again."""
    was_held = holds.release(cli.context(), proceeding)
    cli.emit({"proceeding": proceeding, "held": False, "was_held": was_held}, "The case goes its way again.")


@COMMAND.command("list")
@common
def listed(cli: CliRun) -> None:
    """List the cases that are kept back, with the reasons."""
    found = holds.listed(cli.context())
    lines = [{"proceeding": each.proceeding, "placed_at": each.placed_at, "reason": each.reason} for each in found]
    cli.emit(
        lines, "\n".join(f"{each.proceeding}  since {each.placed_at:%Y-%m-%d}  {each.reason}" for each in found) or "No case is kept back."
    )
