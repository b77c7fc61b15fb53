"""The file with the keys, changed by the program: comments stay, numbers never come back, and nobody else reads it."""

import tomllib
from pathlib import Path

import pytest
from pydantic import SecretStr

from tracker.domain.errors import ConflictError, NotConfiguredError, NotFoundError
from tracker.privacy.keys import fresh_key
from tracker.services.key_files import MOST_KEYS, add_key, remove_key, use_key
from tracker.services.setup import write_configuration
from tracker.settings import load_settings


@pytest.fixture(params=["config.toml", "keys.toml"])
def config(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A configuration with its keys in it, and one that names a file of their own."""
    path = tmp_path / "config.toml"
    if request.param == "config.toml":
        write_configuration(path, demo=False)
        return path
    path.write_text('[keys]\nfile = "keys.toml" # elsewhere\n', encoding="utf-8")
    apart = tmp_path / "keys.toml"
    apart.touch(0o600)
    apart.write_text(f'# ours\nindex = "{fresh_key()}"\n[ring] # all\n1 = "{fresh_key()}"\n\n', encoding="utf-8")
    return path


def lines(config: Path) -> list[str]:
    """Return the lines of the file with the keys."""
    apart = config.with_name("keys.toml")
    return (apart if apart.exists() else config).read_text(encoding="utf-8").splitlines()


def test_a_key_is_added_used_and_taken_out(config: Path) -> None:
    """Every step is what the settings then say, and every line but the changed one stays."""
    before = lines(config)
    first = load_settings(config).keys
    assert add_key(config) == 2
    added = load_settings(config).keys

    assert (added.current, added.ring[1], added.index, sorted(added.ring)) == (1, first.ring[1], first.index, [1, 2])
    assert [line for line in lines(config) if line not in before] == [f'2 = "{added.ring[2].get_secret_value()}"']

    use_key(config, 2)
    assert load_settings(config).keys.current == 2
    remove_key(config, 1)
    assert load_settings(config).keys.ring == {2: added.ring[2]}
    assert [line for line in before if line.startswith("#")] == [
        line for line in lines(config) if line.startswith("# ") and "retired" not in line
    ]


def test_a_number_is_never_given_twice(config: Path) -> None:
    """A backup may still need the key that had it."""
    assert [add_key(config), add_key(config)] == [2, 3]
    remove_key(config, 3)

    assert add_key(config) == 4


def test_the_file_stays_the_owners_alone(config: Path) -> None:
    """After each change, and it is not changed at all where others can read it."""
    add_key(config)
    apart = config.with_name("keys.toml")
    path = apart if apart.exists() else config
    assert path.stat().st_mode & 0o777 == 0o600

    path.chmod(0o644)
    before = path.read_bytes()
    with pytest.raises(NotConfiguredError, match="chmod 600"):
        add_key(config)
    assert path.read_bytes() == before


def test_what_is_not_in_the_ring_is_neither_used_nor_removed(config: Path) -> None:
    """And the current key is never removed."""
    before = lines(config)
    for act in (use_key, remove_key):
        with pytest.raises(NotFoundError, match="no key 7"):
            act(config, 7)
    with pytest.raises(ConflictError, match="key 1 is the current one"):
        remove_key(config, 1)

    assert lines(config) == before


def test_a_form_that_the_program_does_not_write_is_left_to_people(tmp_path: Path) -> None:
    """An inline table is sound TOML; what an edit of lines would make of it is not, so nothing is written."""
    config = tmp_path / "config.toml"
    config.touch(0o600)
    config.write_text(f'keys = {{index = "{fresh_key()}", ring = {{1 = "{fresh_key()}"}}}}\n', encoding="utf-8")
    before = config.read_bytes()
    for act in (lambda: add_key(config), lambda: use_key(config, 1)):
        with pytest.raises(NotConfiguredError, match="by hand"):
            act()

    assert config.read_bytes() == before


def test_a_ring_without_a_section_gets_one(tmp_path: Path) -> None:
    """An installation may begin with a configuration that has no key at all."""
    config = tmp_path / "config.toml"
    config.touch(0o600)
    config.write_text(f'[keys]\nindex = "{fresh_key()}"', encoding="utf-8")

    assert add_key(config) == 1
    assert list(tomllib.loads(config.read_text(encoding="utf-8"))["keys"]["ring"]) == ["1"]


def test_numbers_end(config: Path) -> None:
    """A sealed value has one byte for them."""
    remove_later = "\n".join(f"# {number} was retired" for number in (2, MOST_KEYS))
    apart = config.with_name("keys.toml")
    path = apart if apart.exists() else config
    path.write_text(path.read_text(encoding="utf-8") + remove_later, encoding="utf-8")

    with pytest.raises(NotConfiguredError, match="all 255 numbers"):
        add_key(config)


def test_without_a_file_there_is_nothing_to_change(tmp_path: Path) -> None:
    """`tracker init` comes first."""
    with pytest.raises(NotConfiguredError, match="tracker init"):
        add_key(tmp_path / "config.toml")


def test_no_key_is_printed(config: Path) -> None:
    """Settings show dots."""
    number = add_key(config)
    found = load_settings(config).keys.ring[number]

    assert isinstance(found, SecretStr)
    assert found.get_secret_value() not in repr(load_settings(config))
