"""``tracker keys``: what an operator does with keys, from the first to the retired one; no key is ever printed."""

import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from tests.factories import sealed
from tracker import bootstrap
from tracker.cli.program import program
from tracker.domain.errors import ConflictError, NotConfiguredError
from tracker.services.context import Context
from tracker.services.setup import prepare_database, write_configuration
from tracker.settings import load_settings


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A configuration over a database with a value in every sealed column."""
    path = tmp_path / "config.toml"
    write_configuration(path, demo=False)
    prepare_database(load_settings(path))
    ctx = context(path)
    sealed.fill(ctx)
    ctx.database.close()
    return path


def context(config: Path) -> Context:
    """Return what a command starts with."""
    return bootstrap.build(load_settings(config))


def run(config: Path, *arguments: str) -> Result:
    """Run one command."""
    return CliRunner().invoke(program, ["keys", *arguments, "--config", str(config)])


def listed(config: Path) -> list[tuple[Any, ...]]:
    """Return what the list says: number, current, in the ring, needed, missing."""
    return [
        (use["id"], use["is_current"], use["is_in_ring"], use["values"] > 0, use["is_missing"])
        for use in json.loads(run(config, "list", "--json").stdout)
    ]


def test_the_life_of_a_key(config: Path) -> None:
    """New, used, everything sealed anew, the old one retired; each step says what comes next."""
    assert "every host" in run(config, "new").stdout
    assert listed(config) == [(1, True, True, True, False), (2, False, True, False, False)]
    assert "tracker keys rotate" in run(config, "use", "2").stdout
    assert isinstance(run(config, "retire", "1").exception, ConflictError)

    rotated = run(config, "rotate")
    assert (rotated.exit_code, "under key 2" in rotated.stdout) == (0, True)
    assert rotated.stderr.splitlines()[-1].endswith("values, about 0 s left")
    assert "Backups" in run(config, "retire", "1").stdout
    assert listed(config) == [(2, True, True, True, False)]
    assert run(config, "check").exit_code == 0
    assert json.loads(run(config, "new", "--json").stdout) == {"id": 3}
    assert "current" in run(config, "list").stdout


def test_a_lost_key_is_named(config: Path) -> None:
    """In the list, in the check and after a rotation; never as corruption."""
    run(config, "new")
    run(config, "use", "2")
    text = config.read_text(encoding="utf-8")
    config.write_text("\n".join(line for line in text.splitlines() if not line.startswith("1 = ")), encoding="utf-8")
    checked = run(config, "check")

    assert listed(config)[0] == (1, False, False, True, True)
    assert "MISSING" in run(config, "list").stdout
    assert (checked.exit_code, "key 1 is missing" in checked.stdout, "0 broken" in checked.stdout) == (1, True, True)
    assert run(config, "rotate").exit_code == 1


def test_a_broken_value_is_found(config: Path) -> None:
    """By the reference that pages show; a rotation tells of it too and goes on."""
    ctx = context(config)
    with ctx.database.writing() as db:
        db.connection().execute(sa.text("UPDATE message SET body_sealed = x'01010000000000000000000000000000' WHERE ref = 'm0'"))
    ctx.database.close()
    checked = run(config, "check")
    run(config, "new")
    run(config, "use", "2")
    rotated = run(config, "rotate")

    assert (checked.exit_code, "message.body_sealed, row 1: the seal is broken" in checked.stdout) == (1, True)
    assert (rotated.exit_code, "1 values do not open" in rotated.stdout) == (1, True)


def test_no_command_prints_a_key(config: Path) -> None:
    """Neither for people nor for programs."""
    shown = "".join(
        run(config, *words).output for words in (["new"], ["list"], ["list", "--json"], ["use", "2"], ["rotate", "--json"], ["check"])
    )
    keys = load_settings(config).keys

    assert not [key for key in (*keys.ring.values(), keys.index) if key.get_secret_value() in shown]


def test_every_command_refuses_keys_that_others_can_read(config: Path) -> None:
    """Whatever it is that loads them."""
    config.chmod(0o644)
    for words in (["keys", "list"], ["keys", "new"], ["sweep"], ["flags"], ["messages"], ["init"], ["caseload", "export"]):
        refused = CliRunner().invoke(program, [*words, "--config", str(config)])
        assert isinstance(refused.exception, NotConfiguredError), words
        assert f"chmod 600 {config}" in str(refused.exception)
