"""Make the configuration and the database; with --demo, load the demo caseload."""

from dataclasses import asdict

import click

from tracker.cli.options import CliRun, common
from tracker.services.demo import DemoSignIn, load_demo
from tracker.services.setup import prepare_database, write_configuration


@click.command("init")
@click.option("--demo", is_flag=True, help="Load the demo caseload and demo people if the database is empty.")
@common
def COMMAND(cli: CliRun, *, demo: bool) -> None:  # noqa: N802 - the name by which commands are found
    """Make config.toml with fresh keys where there is none, and bring the database to the newest schema."""
    made = write_configuration(cli.config, demo=demo)
    prepared = prepare_database(cli.settings)
    sign_ins: tuple[DemoSignIn, ...] = load_demo(cli.context()) if demo else ()
    lines = [
        f"Configuration {cli.config}: {'made, with fresh keys' if made else 'was there, left as it is'}.",
        f"Database {prepared.database}: {'made' if prepared.created else 'was there'}, schema {prepared.revision}.",
        *(f"Demo sign-in: {each.login} / {each.password} ({each.role.lower()})" for each in sign_ins),
    ]
    cli.emit({**asdict(prepared)}, "\n".join(lines))
