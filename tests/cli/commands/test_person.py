"""A person's own request, from the command line."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from tests.factories.caseload import small, spelt
from tests.processes import configuration
from tracker.cli.program import program
from tracker.services.caseload_import import import_caseload
from tracker.services.context import Context


def run(config: Path, *arguments: str, asked: str = "") -> Result:
    """Run the program in this process."""
    return CliRunner().invoke(program, [*arguments, "--config", str(config)], input=asked, catch_exceptions=True)


def test_export_and_erase(sqlite_ctx: Context, tmp_path: Path) -> None:
    """Taken out to a file; erased only after it was said what goes and somebody agreed; a second time says so."""
    import_caseload(sqlite_ctx, spelt(small()))
    config = configuration(tmp_path / "config.toml", sqlite_ctx)
    assert "Breza" in run(config, "person", "export", "v1").output
    assert run(config, "person", "export", "v1", str(tmp_path / "v1.json")).exit_code == 0
    assert json.loads((tmp_path / "v1.json").read_text(encoding="utf-8"))["kind"] == "victim"

    plan = run(config, "person", "erase", "v1", "--dry-run", "--json")
    assert json.loads(plan.output)["erased"] is False
    refused = run(config, "person", "erase", "v1", asked="n\n")
    assert refused.exit_code == 1
    assert "This would be erased" in refused.output
    done = json.loads(run(config, "person", "erase", "v1", "--yes", "--json").output)
    assert (done["erased"], done["counts"]["victim"], done["backups_until"] > "2026") == (True, 1, True)
    assert "was erased before" in run(config, "person", "erase", "v1").output
    assert run(config, "person", "erase", "nobody", "--yes").exit_code == 1


def test_holds_and_retention(sqlite_ctx: Context, tmp_path: Path) -> None:
    """A case is kept back and let go; the rules only report unless told to act."""
    import_caseload(sqlite_ctx, spelt(small()))
    config = configuration(tmp_path / "config.toml", sqlite_ctx)
    assert "No case is kept back" in run(config, "hold", "list").output
    assert run(config, "hold", "place", "p1", asked="Tužba\n").exit_code == 0
    assert "Tužba" in run(config, "hold", "list").output
    assert json.loads(run(config, "hold", "release", "p1", "--json").output)["was_held"] is True

    assert "nothing was changed" in run(config, "retention").output
    assert json.loads(run(config, "retention", "--act", "--json").output)["acted"] == 1
