"""The audit log from the command line."""

import json
import sqlite3
from pathlib import Path

from tests.processes import tracker


def test_verify_head_and_what_was_altered(tmp_path: Path) -> None:
    """A fresh demo's log is whole; its head is found again; one altered entry ends it with exit code 1."""
    assert tracker("init", "--demo", cwd=tmp_path).returncode == 0
    head = json.loads(tracker("audit", "head", "--json", cwd=tmp_path).stdout)
    good = tracker("audit", "verify", "--json", "--head", head["head"], cwd=tmp_path)

    assert json.loads(good.stdout) == {"entries": head["entries"], "ok": True, "first_bad": None}
    assert tracker("audit", "head", cwd=tmp_path).stdout.strip() == head["head"]
    assert "unaltered" in tracker("audit", "verify", cwd=tmp_path).stdout
    assert tracker("audit", "verify", "--head", "nonsense", cwd=tmp_path).returncode == 1

    with sqlite3.connect(tmp_path / "tracker.sqlite3") as connection:
        connection.execute("DROP TRIGGER audit_entry_unchanged")
        connection.execute("UPDATE audit_entry SET program = 'job:other' WHERE seq = 1")
    connection.close()
    bad = tracker("audit", "verify", "--json", cwd=tmp_path)

    assert (bad.returncode, json.loads(bad.stdout)) == (1, {"entries": 0, "ok": False, "first_bad": 1})
    assert "it was altered" in bad.stderr
