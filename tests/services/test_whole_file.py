"""A file is there whole, or not at all."""

import stat
from pathlib import Path

import pytest

from tracker.domain.errors import InvalidInputError
from tracker.services.whole_file import whole_file


def write(path: Path, *, replace: bool = False) -> None:
    """Write a word."""
    with whole_file(path, replace=replace) as file:
        file.write(b"new")


def test_it_is_its_owners_alone(tmp_path: Path) -> None:
    """And nothing else is left beside it."""
    write(tmp_path / "x")

    assert (tmp_path / "x").read_bytes() == b"new"
    assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["x"]


def test_an_older_one_stays_unless_told_otherwise(tmp_path: Path) -> None:
    """Told, it is replaced by a file that again is its owner's alone."""
    path = tmp_path / "x"
    path.write_bytes(b"old")
    with pytest.raises(InvalidInputError, match="is there already"):
        write(path)
    assert path.read_bytes() == b"old"
    write(path, replace=True)

    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_one_that_came_meanwhile_stays(tmp_path: Path) -> None:
    """Also where it came while ours was written."""
    path = tmp_path / "x"
    with pytest.raises(InvalidInputError, match="is there already"), whole_file(path):
        path.write_bytes(b"other")

    assert path.read_bytes() == b"other"


def test_what_breaks_leaves_nothing(tmp_path: Path) -> None:
    """Neither the file nor its part."""

    def breaking() -> None:
        with whole_file(tmp_path / "x") as file:
            file.write(b"half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        breaking()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("name", "why"), [("nowhere/x", "No such file or directory"), (".", "is a folder"), ("file/x", "Not a directory")])
def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, name: str, why: str) -> None:
    """In one line."""
    (tmp_path / "file").touch()
    with pytest.raises(InvalidInputError, match=why):
        write(tmp_path / name, replace=True)
