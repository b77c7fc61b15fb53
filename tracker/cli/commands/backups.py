"""List the backups that the worker made."""

import click

from tracker.cli.options import CliRun, common
from tracker.services.backup_folder import copies


@click.group("backups")
def backups() -> None:
    """List the backups that the worker made."""


@backups.command("list")
@common
def list_(cli: CliRun) -> None:
    """List them, newest first."""
    found = copies(cli.settings.backups)
    lines = [{"file": str(copy.path), "made_at": copy.made_at, "size": copy.size} for copy in found]
    cli.emit(lines, "\n".join(f"{copy.made_at:%Y-%m-%d %H:%M}Z  {copy.size:>14,} bytes  {copy.path}" for copy in found) or "There is none.")


COMMAND = backups
