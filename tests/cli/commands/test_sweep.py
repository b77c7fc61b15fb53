"""``tracker sweep``: by hand, and in full."""

import json
from pathlib import Path

from click.testing import CliRunner

from tests import rows
from tracker import bootstrap
from tracker.cli.program import program
from tracker.services.setup import prepare_database, write_configuration
from tracker.settings import load_settings


def test_a_full_sweep_shows_its_progress_beside_its_answer(tmp_path: Path) -> None:
    """Counts on standard output, progress on standard error; what is not due is left alone without --full."""
    config = tmp_path / "config.toml"
    write_configuration(config, demo=False)
    prepare_database(load_settings(config))
    database = bootstrap.build(load_settings(config)).database
    with database.writing() as db:
        rows.proceeding(db, rows.court(db))
    database.close()

    def swept(*arguments: str) -> tuple[int, str]:
        ran = CliRunner().invoke(program, ["sweep", "--json", "--as-of", "2026-11-23", *arguments, "--config", str(config)])
        assert ran.exit_code == 0, ran.output
        return json.loads(ran.stdout)["proceedings"], ran.stderr.strip()

    assert swept() == (1, "")
    assert swept() == (0, "")
    assert swept("--full") == (1, "1 of 1")
