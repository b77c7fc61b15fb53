"""Make the key that opens backups, to be kept away from the server."""

from pathlib import Path

import click

from tracker.cli.options import CliRun, common
from tracker.services.backup_keys import make_key, read_passphrase


@click.command("backup-key")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--passphrase-file", type=click.Path(path_type=Path), help="Lock the key itself with the first line of this file.")
@common
def COMMAND(cli: CliRun, *, file: Path, passphrase_file: Path | None) -> None:  # noqa: N802 - the name by which commands are found
    """Make the key FILE that opens backups; print its recipient for the configuration."""
    recipient = make_key(file, None if passphrase_file is None else read_passphrase(passphrase_file))
    cli.emit(
        {"file": str(file), "recipient": recipient},
        f'recipients = ["{recipient}"]\n\nThis line goes into section [backups] of the configuration. Move {file} away from this machine, '
        "and keep two copies:\nwithout it no backup can be opened, with it every one can.",
    )
