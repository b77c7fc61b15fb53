"""Make or close the secret address of a person's calendar."""

import click

from tracker.cli.options import CliRun, common
from tracker.domain.errors import NotFoundError
from tracker.services.feeds import address, new_token, person_by_external_id, revoke_token


@click.group("token")
def token() -> None:
    """Make or close the secret address of a person's calendar."""


@token.command("issue")
@click.argument("person")
@common
def issue(cli: CliRun, *, person: str) -> None:
    """Give PERSON (an external id) a new calendar address, told this once, and close the old one."""
    ctx = cli.context()
    secret = new_token(ctx, person_by_external_id(ctx, person))
    url = address(ctx, secret)
    cli.emit({"person": person, "token": secret, "url": url}, f"{url}\nIt is shown this once: who has it can read the calendar.")


@token.command("revoke")
@click.argument("person")
@common
def revoke(cli: CliRun, *, person: str) -> None:
    """Close the calendar address of PERSON (an external id)."""
    ctx = cli.context()
    revoked = revoke_token(ctx, person_by_external_id(ctx, person))
    if not revoked:
        raise NotFoundError("this person has no calendar address")
    cli.emit({"person": person, "revoked": revoked}, "The calendar address is closed.")


COMMAND = token
