"""Backup, restore and check as people and scripts meet them."""

import json
import stat
import subprocess
from pathlib import Path

import pytest

from tests.processes import tracker

JSON = "--json"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An invented office with a key for its backups, and one backup."""
    folder = tmp_path_factory.mktemp("office")
    tracker("init", "--demo", cwd=folder)
    recipient = json.loads(tracker("backup-key", "key.txt", JSON, cwd=folder).stdout)["recipient"]
    config = folder / "config.toml"
    config.write_text(config.read_text(encoding="utf-8").replace("recipients = []", f'recipients = ["{recipient}"]'), encoding="utf-8")
    made = tracker("backup", "x.age", JSON, cwd=folder)
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout)["tables"]["proceeding"] > 20
    return folder


def refused(result: subprocess.CompletedProcess[str]) -> str:
    """Return the last line of a refusal, which is no traceback."""
    assert (result.returncode, result.stdout) == (1, "")
    assert "Traceback" not in result.stderr
    return result.stderr.splitlines()[-1]


def test_a_key_is_made_with_its_line_for_the_configuration(tmp_path: Path) -> None:
    """And is told to be kept elsewhere."""
    made = tracker("backup-key", "key.txt", cwd=tmp_path)

    assert made.stdout.startswith('recipients = ["age1')
    assert "Move key.txt away from this machine" in made.stdout
    assert stat.S_IMODE((tmp_path / "key.txt").stat().st_mode) == 0o600
    assert "is there already" in refused(tracker("backup-key", "key.txt", cwd=tmp_path))


def test_a_backup_is_not_written_over(place: Path) -> None:
    """Unless told so; that the keys are not in it is said."""
    assert "x.age: is there already" in refused(tracker("backup", "x.age", cwd=place))
    assert "keep a copy of them apart" in tracker("backup", "y.age", cwd=place).stdout


def test_a_restore_asks_before_it_replaces(place: Path) -> None:
    """Rehearsed, refused, done; what it replaces and what to do next are told, and the log knows."""
    arguments = ("restore", "x.age", "--identity", "key.txt")
    rehearsed = tracker(*arguments, "--dry-run", cwd=place)
    assert "is whole and unaltered" in rehearsed.stdout
    assert "--replace is needed" in rehearsed.stdout
    assert "--replace puts the backup in its place" in refused(tracker(*arguments, cwd=place))

    done = tracker(*arguments, "--replace", cwd=place)
    assert "The database holds " in done.stderr
    assert "tracker audit verify --head " in done.stdout
    assert "would be sent again" in done.stdout
    assert json.loads(tracker("audit", "verify", JSON, cwd=place).stdout)["ok"]
    assert stat.S_IMODE((place / "tracker.sqlite3").stat().st_mode) == 0o600


def test_what_is_no_backup_is_one_line(place: Path) -> None:
    """Another file, a missing one, a cut one, no key."""
    (place / "cut.age").write_bytes((place / "x.age").read_bytes()[:-1])
    for file, why in (("config.toml", "no backup"), ("missing.age", "cannot be read"), (".", "cannot be read"), ("cut.age", "damaged")):
        assert why in refused(tracker("restore", file, "--identity", "key.txt", "--replace", cwd=place))
    assert "holds no age secret key" in refused(tracker("restore", "x.age", "--identity", "config.toml", cwd=place))
    assert tracker("restore", "x.age", cwd=place).returncode == 2


def test_the_office_is_looked_at(place: Path) -> None:
    """Nobody runs the worker here: bad, exit 1, for people and as JSON; the folder of backups is none."""
    told, said = tracker("check", cwd=place), tracker("check", JSON, cwd=place)

    assert (told.returncode, said.returncode) == (1, 1)
    assert "BAD  worker     the worker never ran" in told.stdout
    assert [(line["name"], line["ok"]) for line in json.loads(said.stdout)][-2:] == [("schema", True), ("worker", False)]
    assert "backups.folder is not set" in refused(tracker("backups", "list", cwd=place))


def test_copies_are_listed(place: Path) -> None:
    """After the job made one."""
    (place / "copies").mkdir()
    config = place / "config.toml"
    before = config.read_text(encoding="utf-8")
    config.write_text(before.replace('folder = ""', 'folder = "copies"'), encoding="utf-8")
    assert json.loads(tracker("job", "backup", JSON, cwd=place).stdout) == {"made": 1, "removed": 0}
    (line,) = json.loads(tracker("backups", "list", JSON, cwd=place).stdout)
    config.write_text(before, encoding="utf-8")

    assert line["file"].startswith(str(place / "copies" / "tracker-"))
    assert line["size"] > 10_000
