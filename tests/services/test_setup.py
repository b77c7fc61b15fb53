"""A place to work is made once, with keys of its own."""

import stat
import tomllib
from pathlib import Path

import pytest

from tracker.domain.errors import NotConfiguredError
from tracker.services.setup import prepare_database, write_configuration
from tracker.settings import load_settings


def test_every_configuration_has_keys_of_its_own(tmp_path: Path) -> None:
    """Two installations share no secret, and only the owner may read them."""
    secrets = []
    for name in ("one.toml", "two.toml"):
        assert write_configuration(tmp_path / name, demo=False)
        settings = load_settings(tmp_path / name)
        settings.key_ring()
        secrets += [settings.keys.ring[1], settings.keys.index, settings.web.secret_key, settings.web.password_salt]
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600

    assert len({each.get_secret_value() for each in secrets}) == len(secrets)


def test_an_existing_configuration_is_left_alone(tmp_path: Path) -> None:
    """Keys in use are never overwritten."""
    path = tmp_path / "config.toml"
    path.write_text("[web]\nport = 1\n", encoding="utf-8")

    assert not write_configuration(path, demo=True)
    assert path.read_text(encoding="utf-8") == "[web]\nport = 1\n"


@pytest.mark.parametrize("demo", [True, False])
def test_a_demo_says_so_in_its_configuration(tmp_path: Path, *, demo: bool) -> None:
    """Only a database of invented cases is marked as one."""
    write_configuration(tmp_path / "config.toml", demo=demo)

    assert tomllib.loads((tmp_path / "config.toml").read_text(encoding="utf-8"))["office"]["demo"] is demo


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """One line, no traceback."""
    with pytest.raises(NotConfiguredError, match="cannot be written"):
        write_configuration(tmp_path / "nowhere" / "config.toml", demo=False)


def test_a_database_is_made_once(tmp_path: Path) -> None:
    """The second time it was there already."""
    write_configuration(tmp_path / "config.toml", demo=False)
    settings = load_settings(tmp_path / "config.toml")

    assert [prepare_database(settings).created for _ in range(2)] == [True, False]
    assert stat.S_IMODE((tmp_path / "tracker.sqlite3").stat().st_mode) == 0o600
