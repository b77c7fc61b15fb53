"""``tracker statistics``: the document that scripts rely on, and a page for people."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from tests import rows
from tracker import bootstrap
from tracker.cli.program import program
from tracker.services.setup import prepare_database, write_configuration
from tracker.settings import load_settings


def run(config: Path, *arguments: str) -> Result:
    """Run one command on a configuration of this test's own."""
    return CliRunner().invoke(program, [*arguments, "--config", str(config)])


def office(tmp_path: Path) -> Path:
    """Return the configuration of an office with one judged and one open proceeding."""
    config = tmp_path / "config.toml"
    write_configuration(config, demo=False)
    prepare_database(load_settings(config))
    database = bootstrap.build(load_settings(config)).database
    with database.writing() as db:
        court = rows.court(db)
        rows.stage(db, judged := rows.proceeding(db, court), "INDICTMENT_FILED", "2020-01-01")
        rows.stage(db, judged, "FIRST_INSTANCE_JUDGMENT", "2020-01-31")
        rows.stage(db, rows.proceeding(db, court, lead_offence="THB_MINOR"), "INDICTMENT_FILED", "2020-01-01")
    database.close()
    return config


def test_json_has_the_shape_of_the_contract(tmp_path: Path) -> None:
    """Groups with indicators, curves with points, at the data date that was asked for."""
    ran = run(office(tmp_path), "statistics", "--json", "--as-of", "2021-01-01", "--by", "lead_offence")
    assert ran.exit_code == 0, ran.output
    document = json.loads(ran.stdout)
    assert (document["as_of"], document["scope"]) == ("2021-01-01", "internal")
    assert [(group["dimension"], group["value"], group["n"], group["open"]) for group in document["groups"]] == [
        ("all", "all", 2, 1), ("lead_offence", "THB_ADULT", 1, 0), ("lead_offence", "THB_MINOR", 1, 1),
    ]  # fmt: skip
    assert document["groups"][0]["indicators"]["first_instance.median_days"]["value"] == 30
    assert document["curves"][0]["points"] == [[0, 1.0, 2, 0], [30, 0.5, 2, 1]]


def test_public_scope_hides_a_small_office(tmp_path: Path) -> None:
    """Two proceedings are no statistic for the public."""
    ran = run(office(tmp_path), "statistics", "--json", "--scope", "public")
    document = json.loads(ran.stdout)
    assert document["groups"][0]["n"] == "<10"
    assert document["curves"] == []


def test_people_read_it_too(tmp_path: Path) -> None:
    """Without ``--json``: lines with values and limits, and the table."""
    config = office(tmp_path)
    text = run(config, "statistics", "--as-of", "2021-01-01").stdout
    assert "All proceedings (n = 2, still open 1)" in text
    assert "first_instance.p75_days" in text
    assert "not reached" in text
    assert "2020 trial (n = 1): share_up_to_365 1" in text
    assert "hidden" in run(config, "statistics", "--scope", "public").stdout


def test_unknown_dimension_is_wrong_usage(tmp_path: Path) -> None:
    """Exit code 2, as for any option's wrong value."""
    assert run(tmp_path / "config.toml", "statistics", "--by", "shoe_size").exit_code == 2
