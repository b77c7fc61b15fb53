"""The program as scripts meet it: exit codes, one-line refusals, quick help."""

import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tests.processes import tracker
from tracker.cli.options import instant
from tracker.cli.program import COMMANDS, program


def test_help_lists_every_command_with_a_sentence() -> None:
    """No command is listed without its sentence."""
    listing = CliRunner().invoke(program, ["--help"]).output

    for path in COMMANDS.glob("[a-z]*.py"):
        line = next(line for line in listing.splitlines() if line.strip().startswith(path.stem.replace("_", "-")))
        assert len(line.split()) > 2, line


def test_every_command_takes_a_configuration() -> None:
    """Also those within groups."""
    context = click.Context(program)

    def leaves(command: click.Command) -> list[click.Command]:
        return [leaf for each in command.commands.values() for leaf in leaves(each)] if isinstance(command, click.Group) else [command]

    for name in program.list_commands(context):
        command = program.get_command(context, name)
        assert command is not None
        for leaf in leaves(command):
            assert "config" in {parameter.name for parameter in leaf.params}, f"{name} {leaf.name}"


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["flags"], 1, "tracker init"),
        (["nonsense"], 2, "No such command"),
        (["flags", "--nonsense"], 2, "No such option"),
        (["flags", "--config", "broken.toml"], 1, "web.prot: unknown setting"),
        (["init", "--config", "nowhere/config.toml"], 1, "cannot be written"),
    ],
)
def test_refusals_are_short_and_say_what_to_do(tmp_path: Path, arguments: list[str], code: int, told: str) -> None:
    """Exit code 1 for what was refused, 2 for wrong usage; at most a few lines, never a traceback."""
    (tmp_path / "broken.toml").write_text("[web]\nprot = 1\n", encoding="utf-8")

    ran = tracker(*arguments, cwd=tmp_path)

    assert (ran.returncode, ran.stdout) == (code, "")
    assert told in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_command_that_ends_itself_hands_its_code_to_the_shell(tmp_path: Path) -> None:
    """A refused calendar is exit code 1 for scripts, with and without JSON; help is 0."""
    tracker("init", cwd=tmp_path)
    (tmp_path / "list.csv").write_text("court,case_number\n", encoding="utf-8")
    refused = ("calendar", "import", "list.csv", "--court", "X")

    codes = [tracker(*arguments, cwd=tmp_path).returncode for arguments in (refused, (*refused, "--json"), ("--help",), ("flags",))]

    assert codes == [1, 1, 0, 0]


def test_a_database_from_the_future_is_refused_by_every_use(tmp_path: Path) -> None:
    """One line, exit code 1, and nothing is changed."""
    tracker("init", cwd=tmp_path)
    path = tmp_path / "tracker.sqlite3"
    alter = "import sqlite3,sys; c=sqlite3.connect(sys.argv[1]); c.execute(\"UPDATE alembic_version SET version_num='9999'\"); c.commit()"
    subprocess.run([sys.executable, "-c", alter, str(path)], check=True)

    for arguments in (["init"], ["flags"], ["caseload", "export"]):
        ran = tracker(*arguments, cwd=tmp_path)
        assert (ran.returncode, ran.stdout) == (1, "")
        assert "newer than this program" in ran.stderr


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-31", "2026-01-31T08:00:00+01:00"),
        ("2026-07-31", "2026-07-31T08:00:00+02:00"),
        ("2021-12-31T04:28:48+01:00", "2021-12-31T03:28:48+00:00"),
        ("2021-12-31T04:28:48Z", "2021-12-31T04:28:48+00:00"),
    ],
)
def test_an_instant_or_a_day_stands_for_now(text: str, expected: str) -> None:
    """A date means eight in the morning in the pack's time zone, in summer and winter."""
    found = instant(text, "RS")

    assert found.isoformat() == expected


@pytest.mark.parametrize("text", ["", "yesterday", "2026-02-30", "2026-01-31T08:00:00", "0001-01-01T00:00:00+14:00"])
def test_anything_else_is_wrong_usage(text: str) -> None:
    """An instant without offset could mean two hours; it is refused."""
    with pytest.raises(click.BadParameter):
        instant(text, "RS")
