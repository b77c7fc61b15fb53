"""People who sign in: add, invite, list, disable, enable; new passwords by link; sessions ended."""

import secrets
import sys

import click

from tracker.cli.options import CliRun, common
from tracker.domain.codes.people import Language, Role
from tracker.domain.codes.sign_ins import LinkPurpose
from tracker.domain.errors import ConflictError, NotFoundError
from tracker.schemas.person import IdentityFields, PersonFields
from tracker.services import accounts, people, sign_in_links
from tracker.services.context import Context

PASSWORD_BYTES = 12
LINK_SAID = "Shown this once, good for three days and one use. Hand it over yourself: whoever has it can use it."


@click.group("user")
def COMMAND() -> None:  # noqa: N802 - the name by which commands are found
    """Say who may sign in."""


@COMMAND.command("add")
@click.argument("login")
@click.option("--person", metavar="ID", help="External id of somebody the record knows already.")
@click.option("--role", type=click.Choice([role.value for role in Role]), help="Take on a new person in this role; the name is asked for.")
@click.option("--language", type=click.Choice([language.value for language in Language]), help="Of pages and messages, for a new person.")
@click.option("--generate", is_flag=True, help="Make a password and print it once, instead of asking for one.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input (one line, after any other answers).")
@common
def add(cli: CliRun, /, login: str, **chosen: str | bool | None) -> None:
    """Let somebody sign in as LOGIN. Name, phone and password are asked for: on a command line they would stay in its history."""
    if (chosen["person"] is None) == (chosen["role"] is None):
        raise click.UsageError("name either --person (known already) or --role (a new person)")
    if chosen["generate"] and chosen["password_stdin"]:
        raise click.UsageError("the password is either made or read: --generate or --password-stdin")
    ctx = cli.context()
    if accounts.find(ctx, "login", login) is not None:
        raise ConflictError("this login name is taken")
    newcomer = _asked_about(ctx, chosen["role"], chosen["language"]) if chosen["role"] else None
    password = _password(generate=bool(chosen["generate"]), from_stdin=bool(chosen["password_stdin"]))
    accounts.require_acceptable(login, password)
    person = people.take_on(ctx, *newcomer) if newcomer else str(chosen["person"])
    accounts.create(ctx, person, login, password)
    shown = {"password": password} if chosen["generate"] else {}
    told = f" Password, shown this once: {password}" if shown else ""
    cli.emit({"login": login, "person": person} | shown, f"{login} may sign in.{told} A second factor is set up at the first sign-in.")


@COMMAND.command("list")
@common
def listed(cli: CliRun) -> None:
    """List the sign-ins."""
    found = accounts.everyone(cli.context())
    told = [
        {"login": each.login, "person": each.person, "role": each.role, "active": each.active, "last_seen_at": each.last_seen_at}
        for each in found
    ]
    cli.emit(told, "\n".join(map(_line, found)) or "Nobody can sign in yet: tracker user add.")


@COMMAND.command("disable")
@click.argument("login")
@common
def disable(cli: CliRun, login: str) -> None:
    """Shut the sign-in LOGIN and end its sessions at once."""
    accounts.disable(cli.context(), login)
    cli.emit({"login": login, "active": False}, f"{login} can no longer sign in; open sessions have ended.")


@COMMAND.command("enable")
@click.argument("login")
@common
def enable(cli: CliRun, login: str) -> None:
    """Open the sign-in LOGIN again that was shut."""
    accounts.enable(cli.context(), login)
    cli.emit({"login": login, "active": True}, f"{login} may sign in again.")


@COMMAND.command("end-sessions")
@click.argument("login")
@common
def end_sessions(cli: CliRun, login: str) -> None:
    """End every session of LOGIN at once, on every host."""
    accounts.end_sessions(cli.context(), login)
    cli.emit({"login": login}, f"Every session of {login} has ended.")


@COMMAND.command("invite")
@click.argument("person")
@common
def invite(cli: CliRun, person: str) -> None:
    """Print a link, this once, with which PERSON (an external id) chooses sign-in name and password within three days."""
    link = sign_in_links.make(cli.context(), person, LinkPurpose.INVITATION)
    cli.emit({"person": person, "link": link}, f"{link}\n{LINK_SAID}")


@COMMAND.command("reset")
@click.argument("login")
@click.option("--second-factor", is_flag=True, help="Remove the second factor, too: phone and recovery codes are lost.")
@common
def reset(cli: CliRun, login: str, *, second_factor: bool) -> None:
    """Print a link, this once, with which the person behind LOGIN chooses a new password within three days."""
    ctx = cli.context()
    found = accounts.find(ctx, "login", login.lower())
    if found is None:
        raise NotFoundError("there is no such sign-in")
    purpose = LinkPurpose.PASSWORD_AND_FACTOR if second_factor else LinkPurpose.PASSWORD
    link = sign_in_links.make(ctx, found.person, purpose)
    cli.emit({"login": found.login, "link": link}, f"{link}\n{LINK_SAID}")


def _asked_about(ctx: Context, role: object, language: object) -> tuple[PersonFields, IdentityFields]:
    name = click.prompt("Name", err=True)
    phone = click.prompt("Mobile phone (empty for none)", default="", show_default=False, err=True)
    return people.fields(ctx, str(role), name, phone, None if language is None else str(language))


def _password(*, generate: bool, from_stdin: bool) -> str:
    if generate:
        return secrets.token_urlsafe(PASSWORD_BYTES)
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))


def _line(each: accounts.SignIn) -> str:
    seen = f"last here {each.last_seen_at:%Y-%m-%d %H:%M}Z" if each.last_seen_at else "never here yet"
    return f"{each.login:<24} {each.role.value.lower():<12} {'active' if each.active else 'disabled':<10} {seen}"
