"""``tracker user``: who may sign in; what identifies them is asked for, never an argument."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests import rows
from tracker import bootstrap
from tracker.cli.program import program
from tracker.domain.errors import ConflictError, InvalidInputError, NotFoundError
from tracker.services.setup import prepare_database, write_configuration
from tracker.settings import load_settings

PASSWORD = "dovoljno-duga-lozinka"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A configuration over an office in which only ``ana`` works, without a sign-in."""
    path = tmp_path / "config.toml"
    write_configuration(path, demo=False)
    prepare_database(load_settings(path))
    database = bootstrap.build(load_settings(path)).database
    with database.writing() as db:
        rows.person(db, external_id="ana")
    database.close()
    return path


def run(config: Path, *arguments: str, asked: str = "") -> Result:
    """Run one command, typing ``asked`` where it asks."""
    return CliRunner().invoke(program, ["user", *arguments, "--config", str(config)], input=asked)


def listed(config: Path) -> list[dict[str, object]]:
    """Return what the list says."""
    found = json.loads(run(config, "list", "--json").stdout)
    assert isinstance(found, list)
    return found


def test_a_known_person_gets_a_sign_in(config: Path) -> None:
    """The password is asked for twice and appears nowhere."""
    made = run(config, "add", "ana", "--person", "ana", asked=f"{PASSWORD}\n{PASSWORD}\n")

    assert made.exit_code == 0
    assert PASSWORD not in made.output
    assert listed(config) == [{"login": "ana", "person": "ana", "role": "ADVOCATE", "active": True, "last_seen_at": None}]


def test_a_new_person_is_taken_on(config: Path) -> None:
    """An office that begins with nothing can make its first people; the name is sealed and not told."""
    made = run(config, "add", "vesna", "--role", "SUPERVISOR", "--language", "sr-Latn", "--generate", "--json", asked="CANARY-NAME\n\n")

    told = json.loads(made.stdout)
    assert set(told) == {"login", "person", "password"}
    assert "CANARY-NAME" not in made.stdout
    assert b"CANARY-NAME" not in config.with_name("tracker.sqlite3").read_bytes()
    assert [(each["person"], each["role"]) for each in listed(config)] == [(told["person"], "SUPERVISOR")]


@pytest.mark.parametrize(
    ("arguments", "asked", "error"),
    [
        (("ana", "--person", "nobody"), f"{PASSWORD}\n{PASSWORD}\n", NotFoundError),
        (("ana", "--person", "ana"), "short\nshort\n", InvalidInputError),
        (("Ana!", "--person", "ana"), f"{PASSWORD}\n{PASSWORD}\n", InvalidInputError),
        (("mira", "--role", "ADVOCATE"), f"Mira\n064\n{PASSWORD}\n{PASSWORD}\n", InvalidInputError),
        (("mira", "--role", "ADVOCATE"), f"Mira\n011 333 4444\n{PASSWORD}\n{PASSWORD}\n", InvalidInputError),
        (("ana", "--person", "ana", "--password-stdin"), "short\n", InvalidInputError),
        (("ana", "--person", "ana", "--password-stdin"), "", InvalidInputError),
        (("mira", "--role", "ADVOCATE"), "Mira\n\nshort\nshort\n", InvalidInputError),
    ],
)
def test_what_will_not_do_changes_nothing(config: Path, arguments: tuple[str, ...], asked: str, error: type[Exception]) -> None:
    """An unknown person, a short password, a strange login name, a number that is none: refused whole."""
    assert isinstance(run(config, "add", *arguments, asked=asked).exception, error)
    assert listed(config) == []


def test_person_or_role(config: Path) -> None:
    """Neither or both is wrong usage."""
    assert run(config, "add", "ana").exit_code == 2
    assert run(config, "add", "ana", "--person", "ana", "--role", "ADVOCATE").exit_code == 2


def test_a_script_hands_in_the_password(config: Path) -> None:
    """Once, by standard input, where neither the list of processes nor a history shows it; the answers of a newcomer come before."""
    assert run(config, "add", "ana", "--person", "ana", "--password-stdin", asked=f"{PASSWORD}\n").exit_code == 0
    made = run(config, "add", "mira", "--role", "ADMIN", "--password-stdin", asked=f"Mira\n064 123 4567\n{PASSWORD}\n")

    assert made.exit_code == 0
    assert PASSWORD not in made.output
    assert [each["login"] for each in listed(config)] == ["ana", "mira"]
    assert run(config, "add", "vera", "--role", "ADMIN", "--password-stdin", "--generate").exit_code == 2


def test_a_login_name_is_taken_once(config: Path) -> None:
    """Before anything is asked."""
    run(config, "add", "ana", "--person", "ana", asked=f"{PASSWORD}\n{PASSWORD}\n")

    assert isinstance(run(config, "add", "ana", "--role", "ADVOCATE").exception, ConflictError)


def test_disable(config: Path) -> None:
    """A disabled sign-in stays in the list; an unknown one cannot be disabled."""
    run(config, "add", "ana", "--person", "ana", asked=f"{PASSWORD}\n{PASSWORD}\n")

    assert run(config, "disable", "Ana").exit_code == 0
    assert [each["active"] for each in listed(config)] == [False]
    assert "disabled" in run(config, "list").stdout
    assert isinstance(run(config, "disable", "mira").exception, NotFoundError)


def test_invitations_and_new_passwords_are_links_shown_once(config: Path) -> None:
    """Each takes the place of the one before; somebody who signs in gets no invitation, and nobody without a sign-in a new password."""
    invited = json.loads(run(config, "invite", "ana", "--json").stdout)
    again = run(config, "invite", "ana")
    assert invited["person"] == "ana"
    assert "/join/" in invited["link"]
    assert "Shown this once" in again.stdout
    assert invited["link"] not in again.stdout

    run(config, "add", "ana", "--person", "ana", asked=f"{PASSWORD}\n{PASSWORD}\n")
    assert "/join/" in json.loads(run(config, "reset", "ANA", "--json").stdout)["link"]
    assert run(config, "reset", "ana", "--second-factor").exit_code == 0
    assert isinstance(run(config, "invite", "ana").exception, ConflictError)
    assert isinstance(run(config, "reset", "nobody").exception, NotFoundError)
    assert isinstance(run(config, "invite", "nobody").exception, NotFoundError)


def test_a_sign_in_is_opened_again_and_sessions_end(config: Path) -> None:
    """What was shut opens; a name that is not there is said."""
    run(config, "add", "ana", "--person", "ana", asked=f"{PASSWORD}\n{PASSWORD}\n")
    run(config, "disable", "ana")
    assert json.loads(run(config, "enable", "ana", "--json").stdout) == {"login": "ana", "active": True}
    assert listed(config)[0]["active"] is True
    assert run(config, "end-sessions", "ana").exit_code == 0
    assert isinstance(run(config, "end-sessions", "nobody").exception, NotFoundError)
