"""What helps to show the demonstration."""

import click

from tracker.cli.options import CliRun, common
from tracker.services.demo_codes import code_of


@click.group("demo")
def demo() -> None:
    """What helps to show the demonstration."""


@demo.command("code")
@click.argument("login")
@common
def code(cli: CliRun, *, login: str) -> None:
    """Print the code that the authenticator of the invented person LOGIN would show now; refused for anybody else."""
    found = code_of(cli.context(), login)
    cli.emit({"login": login, "code": found}, found)


COMMAND = demo
