"""Tests of ``tracker calendar import`` as scripts meet it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests import calendars
from tests.calendars import COURT, KRAKOW, line
from tracker.cli.commands.calendar import COMMAND
from tracker.cli.program import program
from tracker.domain.errors import TrackerError
from tracker.privacy.keys import fresh_key
from tracker.storage.engine import Database

AT = "2021-12-31T04:28:48+01:00"


@pytest.fixture
def folder(tmp_path: Path, sqlite_database: Database) -> Path:
    """A folder with a configuration and an empty database."""
    sqlite_database.probe()
    (tmp_path / "config.toml").touch(0o600)
    (tmp_path / "config.toml").write_text(f'[keys]\nindex = "{fresh_key()}"\n[keys.ring]\n1 = "{fresh_key()}"\n', encoding="utf-8")
    return tmp_path


def run(folder: Path, *arguments: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(COMMAND, ["import", *arguments, "--config", str(folder / "config.toml")])


def test_the_acceptance_of_the_issue(folder: Path) -> None:
    """828 rows, and the same again 828 unchanged."""
    arguments = (str(KRAKOW), "--court", COURT, "--captured", AT, "--json")
    first, second = (json.loads(run(folder, *arguments).stdout) for _ in range(2))
    zero = {"rows": 828, "added": 0, "moved": 0, "cancelled": 0, "unchanged": 0, "outcomes": 0, "ignored": 0, "errors": []}
    assert first == zero | {"added": 828}
    assert second == zero | {"unchanged": 828}


def test_people_get_one_line(folder: Path) -> None:
    """Also of a run that writes nothing."""
    done = run(folder, str(KRAKOW), "--court", COURT, "--captured", "2021-12-31", "--dry-run")
    assert (done.exit_code, done.stdout) == (
        0, "828 rows: 828 added, 0 moved, 0 unchanged, 0 outcomes, 0 ignored; 0 hearings cancelled (nothing was written)\n",
    )  # fmt: skip


def test_errors_are_told_with_their_place_and_exit_1(folder: Path) -> None:
    """On standard error for people; as JSON too where that was asked for."""
    path = calendars.write(folder / "list.csv", [line("K 1/22", "2022-02-30"), line("", "2022-02-01")])
    told = 'list.csv: row 2, column "date": expected a date that exists, such as 2021-11-30\n'
    told += 'list.csv: row 3, column "case_number": is empty; expected a case number\n'
    for options in ([], ["--json"], ["--dry-run"]):
        refused = run(folder, str(path), "--court", COURT, *options)
        assert refused.exit_code == 1
        assert refused.stderr == told
        assert bool(refused.stdout) == ("--json" in options)
    errors = json.loads(run(folder, str(path), "--court", COURT, "--json").stdout)["errors"]
    assert errors[0] == {"row": 2, "column": "date", "message": "expected a date that exists, such as 2021-11-30"}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "list.csv: is empty"),
        (b"\x00\x01", "list.csv: line 1: is not text in utf-8 or cp1250"),
        (b"court,case_number\n", 'list.csv: row 1: missing column: "date"'),
        (",".join(calendars.HEADER).encode(), "list.csv: no row can be read; nothing was changed"),
        ((",".join(calendars.HEADER) + '\n"').encode(), "list.csv: row 2: a quotation mark is opened here and not closed"),
    ],
)
def test_broken_files(folder: Path, content: bytes, told: str) -> None:
    """No traceback, whatever the file is."""
    path = folder / "list.csv"
    path.write_bytes(content)
    refused = run(folder, str(path), "--court", COURT)
    assert refused.exit_code == 1
    assert refused.stderr.startswith(told)
    assert refused.exception is None or isinstance(refused.exception, SystemExit)


def test_a_file_that_is_not_there(folder: Path) -> None:
    """Refused like any other broken input."""
    refused = run(folder, str(folder / "none.csv"), "--court", COURT)
    assert (refused.exit_code, refused.stderr) == (1, "none.csv: cannot be read (No such file or directory)\n")


def test_wrong_usage(folder: Path) -> None:
    """A court is needed; an instant needs an offset."""
    assert run(folder, str(KRAKOW)).exit_code == 2
    assert run(folder, str(KRAKOW), "--court", COURT, "--captured", "2021-12-31T04:28:48").exit_code == 2


def test_expected_failures_reach_the_program(folder: Path) -> None:
    """The program prints them in one line."""
    refused = run(folder, str(KRAKOW), "--court", COURT, "--mapping", "none")
    assert isinstance(refused.exception, TrackerError)


def test_the_command_is_found_by_its_file() -> None:
    """No registration is needed."""
    assert "Import FILE" in CliRunner().invoke(program, ["calendar", "import", "--help"]).output
