"""The outbox on the command line."""

import json
from pathlib import Path

from click.testing import CliRunner

from tests.office import Office
from tests.processes import configuration
from tracker.cli.program import program
from tracker.services.context import Context
from tracker.services.reminding import remind


def test_the_outbox_by_state(sqlite_ctx: Context, tmp_path: Path) -> None:
    """For people and as JSON."""
    office = Office.open(sqlite_ctx).at(2026, 11, 23, 10, 0)
    office.person(external_id="A")
    office.hearing(2026, 11, 24, 9, 30)
    remind(office.ctx)
    config = ["--config", str(configuration(tmp_path / "config.toml", office.ctx))]
    queued, sent, shown, wrong = (
        CliRunner().invoke(program, ["messages", *arguments, *config])
        for arguments in (["--state", "queued", "--json"], ["--state", "sent", "--json"], [], ["--state", "lost"])
    )

    assert [message["due_at"] for message in json.loads(queued.stdout)] == ["2026-11-23T09:00:00+00:00"]
    assert json.loads(sent.stdout) == []
    assert "Hearing Tue 24 Nov 09:30" in shown.stdout
    assert wrong.exit_code == 2


def test_an_empty_outbox_says_so(sqlite_ctx: Context, tmp_path: Path) -> None:
    """Rather than nothing at all."""
    config = configuration(tmp_path / "config.toml", sqlite_ctx)

    assert CliRunner().invoke(program, ["messages", "--config", str(config)]).stdout == "The outbox is empty.\n"
