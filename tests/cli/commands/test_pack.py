"""Tests of ``tracker pack`` as scripts meet it."""

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from tracker.cli.commands.pack import COMMAND
from tracker.formats.pack_toml import shipped_packs
from tracker.resources import folder


def run(*arguments: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(COMMAND, arguments)


@pytest.mark.parametrize("code", shipped_packs())
def test_what_ships_is_in_order(code: str) -> None:
    """For people and for scripts."""
    path = str(folder("packs") / f"{code}.toml")
    told, found = run("check", path), json.loads(run("check", path, "--json").stdout)

    assert told.exit_code == 0
    assert told.stdout.startswith(f"{code}.toml: in order. {code} ")
    assert (found["ok"], found["problems"], found["pack"]["code"]) == (True, [], code)
    assert found["pack"]["confirmed"] == 0


def test_faults_are_told_with_line_and_key_and_exit_1(tmp_path: Path) -> None:
    """On standard error for people; as JSON too where that was asked for."""
    path = tmp_path / "PL.toml"
    text = (folder("packs") / "PL.toml").read_text(encoding="utf-8")
    path.write_text(text.replace('timezone = "Europe/Warsaw"\n', 'timezone = "Mars"\nmoon = 1\n'), encoding="utf-8")
    line = text.splitlines().index('timezone = "Europe/Warsaw"') + 1
    told, found = run("check", str(path)), run("check", str(path), "--json")

    assert (told.exit_code, found.exit_code, told.stdout) == (1, 1, "")
    assert told.stderr == found.stderr
    assert told.stderr.splitlines() == [
        f"PL.toml, line {line}: timezone: no time zone is called 'Mars'; expected an IANA name, such as Africa/Accra",
        f"PL.toml, line {line + 1}: moon: is not known here",
    ]
    problems = json.loads(found.stdout)["problems"]
    assert [(each["line"], each["key"]) for each in problems] == [(line, "timezone"), (line + 1, "moon")]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("XX.toml", b"code = ", "XX.toml: is not valid TOML (at"),
        ("XX.toml", b"a = 1\nb = '\xff'\n", "XX.toml, line 2: is not UTF-8"),
        ("XX.toml", b"", "XX.toml: timezone: missing"),
        ("XX.toml", None, "XX.toml: cannot be read (No such file or directory)"),
        ("YY.toml", (folder("packs") / "PL.toml").read_bytes(), "code: expected the file to be called PL.toml"),
    ],
)
def test_what_is_no_pack_is_refused_in_one_way(tmp_path: Path, name: str, content: bytes | None, said: str) -> None:
    """No traceback."""
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    refused = run("check", str(path))

    assert refused.exit_code == 1
    assert said in refused.stderr
    assert "Traceback" not in refused.output


def test_the_packs_are_listed() -> None:
    """One line a country."""
    assert [each["code"] for each in json.loads(run("list", "--json").stdout)] == list(shipped_packs())
    assert "RS 2026.2, Serbia: 31 courts (2 contested)" in run("list").stdout


def test_the_schema_in_the_documents_is_the_one_of_the_program() -> None:
    """`tracker pack schema > docs/pack.schema.json` after every change of it."""
    kept = Path(__file__).parents[3] / "docs/pack.schema.json"

    assert kept.read_text(encoding="utf-8") == run("schema").stdout


def test_a_strict_reader_of_the_schema_agrees() -> None:
    """It takes the packs that ship, and refuses an unknown key and a severity that there is not."""
    schema = json.loads(run("schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for code in shipped_packs():
        stated = tomllib.loads((folder("packs") / f"{code}.toml").read_text(encoding="utf-8"))
        sound = json.loads(json.dumps(stated, default=str))
        assert list(validator.iter_errors(sound)) == []
        assert list(validator.iter_errors(sound | {"moon": 1}))
        assert list(validator.iter_errors(sound | {"rules": {"outcome-missing": {"over_days": [[3, 9]]}}}))
        assert list(validator.iter_errors(sound | {"retention": {"days": 1}}))
