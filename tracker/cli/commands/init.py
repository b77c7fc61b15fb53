"""Make the configuration and the database; with --demo, load the demo caseload."""

from dataclasses import asdict

import click

from tracker.cli.options import CliRun, common
from tracker.services.demo import is_empty, load_demo
from tracker.services.setup import prepare_database, write_configuration


@click.command("init")
@click.option("--demo", is_flag=True, help="Load the demo caseload and demo people if the database is empty.")
@common
def COMMAND(cli: CliRun, *, demo: bool) -> None:  # noqa: N802 - the name by which commands are found
    """Make config.toml with fresh keys where there is none, and bring the database to the newest schema."""
    made = write_configuration(cli.config, demo=demo)
    settings = cli.settings
    prepared = prepare_database(settings)
    lines = [
        f"Configuration {cli.config}: {'made, with fresh keys' if made else 'was there, left as it is'}.",
        f"Database {prepared.database}: {'made' if prepared.created else 'was there'}, schema {prepared.revision}.",
    ]
    if demo:
        ctx = cli.context()
        if is_empty(ctx):
            load_demo(ctx)
            lines.append("Demo caseload loaded; `tracker run` tells how to sign in.")
        else:
            lines.append("The database holds cases or people already: no demo caseload was loaded.")
    cli.emit(asdict(prepared), "\n".join(lines))
