"""What helps to show the demonstration."""

import time

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
    """Print a code that will be taken from the invented person LOGIN; refused for anybody else.

    Each code is taken once: where those of this moment were used, it waits for the next, half a minute at most.
    """
    found = code_of(cli.context(), login)
    if found.good_in:
        click.echo(f"the codes of this moment were used; {found.good_in} seconds until the next", err=True)
        time.sleep(found.good_in)
    cli.emit({"login": login, "code": found.code}, found.code)


COMMAND = demo
