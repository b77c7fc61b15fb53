"""``tracker init``: from an empty folder to a place to work, and never over what is there."""

import json
from pathlib import Path

from tests.processes import tracker
from tracker.cli.demo_words import sign_in_lines
from tracker.demo.people import SIGN_INS
from tracker.storage.schema import newest_revision


def test_an_empty_folder_becomes_a_place_to_work(tmp_path: Path) -> None:
    """The first time it makes both, the second time it finds both."""
    first, second = (json.loads(tracker("init", "--json", cwd=tmp_path).stdout) for _ in range(2))

    assert first == {"database": str(tmp_path / "tracker.sqlite3"), "revision": newest_revision(), "created": True}
    assert second == {**first, "created": False}


def test_a_demo_is_loaded_once_and_says_how_to_sign_in(tmp_path: Path) -> None:
    """Starting again keeps the data and loads nothing over it."""
    first = tracker("init", "--demo", cwd=tmp_path)
    second = tracker("init", "--demo", cwd=tmp_path)

    assert (first.returncode, second.returncode) == (0, 0)
    assert "Demo caseload loaded" in first.stdout
    assert "no demo caseload was loaded" in second.stdout


def test_every_demo_sign_in_is_told() -> None:
    """One line each, after a line that says that all is invented."""
    lines = sign_in_lines()

    assert "invented" in lines[0]
    assert len(lines) == 2 + len(SIGN_INS)
    assert "tracker demo code" in lines[-1]
