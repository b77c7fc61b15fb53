"""``tracker flags``: the list that scripts rely on, now and as of a past day."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests import rows
from tests.factories import records
from tests.factories.facts import appearance, hearing, held, in_trial
from tracker import bootstrap
from tracker.cli.program import program
from tracker.domain.codes.appearance import VisualContact
from tracker.services.setup import prepare_database, write_configuration
from tracker.settings import load_settings

FACTS = in_trial(
    filed="2026-06-01",
    opened="2026-10-01",
    hearings=(held("old", "2020-11-20"), hearing("next", "2026-12-05 09:30", summoned=("v",))),
    appearances=(appearance("old", visual_contact=VisualContact.DIRECT),),
)


def run(config: Path, *arguments: str) -> Result:
    """Run one command on a configuration of this test's own."""
    ran = CliRunner().invoke(program, [*arguments, "--config", str(config)])
    assert ran.exit_code == 0, ran.output
    return ran


def rules(config: Path, *arguments: str) -> list[tuple[str, str | None]]:
    """Return rule and end of each flag listed."""
    return [(each["rule"], each["closed_on"]) for each in json.loads(run(config, "flags", "--json", *arguments).stdout)]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """An office with one case, swept on 23 November and on 6 December 2026."""
    path = tmp_path / "config.toml"
    write_configuration(path, demo=False)
    prepare_database(load_settings(path))
    database = bootstrap.build(load_settings(path)).database
    with database.writing() as db:
        records.store(db, FACTS, rows.court(db))
    database.close()
    for on in ("2026-11-23", "2026-12-06T10:00:00+01:00"):
        run(path, "job", "sweep", "--as-of", on)
    return path


def test_json_is_that_of_the_contract(config: Path) -> None:
    """Every field, external ids, ISO dates; the gravest first."""
    listed = json.loads(run(config, "flags", "--all", "--json").stdout)

    assert listed[0] == {
        "rule": "confrontation",
        "subject_kind": "appearance",
        "subject": "p-old/p-v",
        "proceeding": "p",
        "severity": 3,
        "opened_on": "2026-11-23",
        "since": "2020-11-20",
        "closed_on": "2026-11-23",
        "close_reason": "BEFORE_TRACKING",
        "facts": {"hearing": "p-old", "victim": "p-v", "on": "2020-11-20", "number": 1},
    }


def test_open_ones_are_listed_now_and_as_of_a_past_day(config: Path) -> None:
    """With --all the closed ones too."""
    assert rules(config) == []
    assert rules(config, "--as-of", "2026-12-05") == [("no-special-status", None)]
    assert rules(config, "--as-of", "2026-11-22", "--all") == []
    assert rules(config, "--all") == [("confrontation", "2026-11-23"), ("no-special-status", "2026-12-06")]


def test_people_read_one_line_a_flag(config: Path) -> None:
    """Severity, rule, subject, since when, how it ended."""
    assert "No flags." in run(config, "flags").stdout
    assert "closed 2026-11-23 (BEFORE_TRACKING)" in run(config, "flags", "--all").stdout
    assert "since 2026-11-21" in run(config, "flags", "--as-of", "2026-12-01").stdout
