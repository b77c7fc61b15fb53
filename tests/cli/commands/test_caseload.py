"""The caseload commands as scripts meet them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.factories.caseload import said, small, spelt
from tracker.cli.commands.caseload import COMMAND
from tracker.domain.errors import InvalidInputError
from tracker.services.setup import prepare_database, write_configuration
from tracker.settings import load_settings

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run ``tracker caseload`` in an installation of its own."""
    config = tmp_path / "config.toml"
    write_configuration(config, demo=False)
    prepare_database(load_settings(config))

    def command(name: str, *arguments: str) -> Result:
        return CliRunner().invoke(COMMAND, [name, "--config", str(config), *arguments])

    return command


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The small document in a file."""
    path = tmp_path / "caseload.json"
    path.write_bytes(spelt(small()))
    return path


def test_import_counts_and_a_second_one_changes_nothing(run: Run, file: Path) -> None:
    """The documented JSON."""
    first = json.loads(run("import", str(file), "--json").stdout)
    second = json.loads(run("import", str(file), "--json").stdout)

    assert first["created"]["hearings"] == 3
    assert (first["updated"], first["unchanged"], first["errors"]) == ({}, {}, [])
    assert (second["created"], second["updated"], second["unchanged"]) == ({}, {}, first["created"])


def test_a_rehearsal_keeps_nothing(run: Run, file: Path) -> None:
    """With ``--dry-run`` the next import still has everything to create."""
    rehearsed = run("import", str(file), "--dry-run")

    assert "rehearsal" in rehearsed.stdout
    assert "created" in run("import", str(file)).stdout
    assert "unchanged" in run("import", str(file)).stdout


@pytest.mark.parametrize("as_json", [False, True])
def test_a_bad_document_is_refused_with_its_places(run: Run, file: Path, as_json: bool) -> None:  # noqa: FBT001
    """Machines get the places on standard output, people one line each; neither gets a value."""
    document = small()
    document["proceedings"][0]["hearings"][0]["starts_at"] = "CANARY"
    del document["courts"][0]["name"]
    file.write_bytes(spelt(document))

    refused = run("import", str(file), *(["--json"] if as_json else []))

    assert isinstance(refused.exception, InvalidInputError)
    assert "$.proceedings[0].hearings[0].starts_at: expected" in str(refused.exception)
    assert "CANARY" not in refused.output + str(refused.exception)
    if as_json:
        assert [error["path"] for error in json.loads(refused.stdout)["errors"]] == [
            "$.courts[0]",
            "$.proceedings[0].hearings[0].starts_at",
        ]
    else:
        assert refused.stdout == ""


@pytest.mark.parametrize("name", ["missing.json", "."])
def test_a_file_that_cannot_be_read_is_told(run: Run, tmp_path: Path, name: str) -> None:
    """Not there, or a folder."""
    with pytest.raises(InvalidInputError, match="cannot be read"):
        raise run("import", str(tmp_path / name)).exception or AssertionError


def test_export_gives_the_document_back(run: Run, file: Path, tmp_path: Path) -> None:
    """On standard output, and in a file."""
    run("import", str(file))

    assert said(json.loads(run("export").stdout)) == said(small())
    assert "1 proceedings" in run("export", str(tmp_path / "out.json")).stdout
    assert said(json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))) == said(small())
