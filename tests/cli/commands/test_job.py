"""Jobs by hand."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from click.testing import CliRunner

from tests.office import Office
from tests.processes import configuration
from tracker.cli.program import program
from tracker.services.context import Context


@pytest.fixture(autouse=True)
def log_as_before() -> Iterator[None]:
    """The commands configure the log of their process; here that is the tests' own."""
    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = before
    structlog.reset_defaults()


@pytest.fixture
def office(sqlite_ctx: Context) -> Office:
    """An office with one advocate and a hearing tomorrow."""
    office = Office.open(sqlite_ctx)
    office.person(external_id="A")
    office.hearing(2026, 11, 24, 9, 30)
    return office


def run(office: Office, tmp_path: Path, *arguments: str) -> tuple[int, str, str]:
    """Run a command on the office's database; return its code and what it printed."""
    config = configuration(tmp_path / "config.toml", office.ctx)
    result = CliRunner().invoke(program, [*arguments, "--config", str(config)])
    return result.exit_code, result.stdout, result.stderr


def test_a_job_prints_its_counts(office: Office, tmp_path: Path) -> None:
    """As JSON, with another instant for now; the second run does nothing."""
    arguments = ("job", "remind", "--as-of", "2026-11-23T10:00:00+01:00", "--json")

    assert json.loads(run(office, tmp_path, *arguments)[1]) == {"hearings": 1, "queued": 1, "superseded": 0}
    assert json.loads(run(office, tmp_path, *arguments)[1]) == {"hearings": 1, "queued": 0, "superseded": 0}


def test_the_console_prints_the_message_and_the_outbox_keeps_it(office: Office, tmp_path: Path) -> None:
    """From reminder to delivered, by hand; a date stands for eight in the morning."""
    run(office, tmp_path, "job", "remind", "--as-of", "2026-11-23")
    code, out, err = run(office, tmp_path, "job", "deliver", "--as-of", "2026-11-23")
    assert code == 0, err
    assert "┌─ SMS" in out
    assert "Hearing Tue 24 Nov 09:30." in out
    run(office, tmp_path, "job", "reconcile", "--as-of", "2026-11-23")
    _, shown, _ = run(office, tmp_path, "messages", "--json")
    (message,) = json.loads(shown)

    assert list(message) == [
        "id", "kind", "recipient", "channel", "state", "due_at", "sent_at", "attempts", "subject_kind", "subject", "body",
    ]  # fmt: skip
    assert (message["kind"], message["recipient"], message["channel"], message["state"]) == ("hearing-ahead", "A", "console", "delivered")
    assert (message["subject_kind"], message["attempts"]) == ("hearing", 1)


def test_the_jobs_are_listed(office: Office, tmp_path: Path) -> None:
    """With how often they run."""
    _, out, _ = run(office, tmp_path, "job", "--list", "--json")

    assert {"name": "deliver", "every_seconds": 10, "summary": "Send the messages that are due."} in json.loads(out)
    assert "remind" in run(office, tmp_path, "job", "--list")[1]


def test_a_job_must_be_named(office: Office, tmp_path: Path) -> None:
    """Wrong usage, exit 2."""
    assert run(office, tmp_path, "job")[0] == 2
