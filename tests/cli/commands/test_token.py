"""``tracker token``: a person's calendar address is told once, and closed for good."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from tests import rows
from tracker import bootstrap
from tracker.cli.program import program
from tracker.domain.errors import NotFoundError
from tracker.services.setup import prepare_database, write_configuration
from tracker.settings import load_settings


def run(config: Path, *arguments: str) -> Result:
    """Run one command on a configuration of this test's own."""
    return CliRunner().invoke(program, [*arguments, "--config", str(config)])


def test_issue_and_revoke(tmp_path: Path) -> None:
    """The address holds the token; after closing, and for an unknown person, there is nothing to close."""
    config = tmp_path / "config.toml"
    write_configuration(config, demo=False)
    prepare_database(load_settings(config))
    database = bootstrap.build(load_settings(config)).database
    with database.writing() as db:
        rows.person(db, external_id="ana")
    database.close()

    issued = json.loads(run(config, "token", "issue", "ana", "--json").stdout)
    assert issued["url"].endswith(f"/feeds/{issued['token']}.ics")
    assert "shown this once" in run(config, "token", "issue", "ana").stdout
    assert json.loads(run(config, "token", "revoke", "ana", "--json").stdout) == {"person": "ana", "revoked": 1}
    for person in ("ana", "nobody"):
        ran = run(config, "token", "revoke", person)
        assert isinstance(ran.exception, NotFoundError)
