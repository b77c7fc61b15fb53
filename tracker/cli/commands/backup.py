"""Write an encrypted copy of the whole database to a file."""

from dataclasses import asdict
from pathlib import Path

import click

from tracker.cli.options import CliRun, common
from tracker.services.backup_making import make_backup


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Write over FILE if it is there.")
@common
def COMMAND(cli: CliRun, *, file: Path, replace: bool) -> None:  # noqa: N802 - the name by which commands are found
    """Write a copy of the whole database to FILE, sealed for the recipients of the configuration; others may go on writing."""
    made = make_backup(cli.context(), file, replace=replace)
    cli.emit(
        asdict(made),
        f"{made.file}: {made.rows:,} rows, {made.size:,} bytes, schema {made.schema}.\n"
        "The keys in the configuration are not in it: keep a copy of them apart, both are needed.",
    )
