"""Tests of telling text from what is none."""

import hashlib
from pathlib import Path

import pytest

from tracker.domain.errors import InvalidInputError
from tracker.formats.text_files import CHUNK, inspect

POLISH = "Wojewódzki Sąd, uchylono zaskarżoną decyzję\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file to fill."""
    return tmp_path / "list.csv"


@pytest.mark.parametrize(
    ("written_as", "read_as"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("cp1250", "cp1250"), ("utf-16", "utf-16"), ("utf-16-be", None)],
)
def test_the_encoding_is_found(path: Path, written_as: str, read_as: str | None) -> None:
    """A mark decides, else the first encoding that fits; UTF-16 without a mark is full of NUL bytes and refused."""
    path.write_bytes(POLISH.encode(written_as) * 3)
    if read_as is None:
        with pytest.raises(InvalidInputError, match=r"line 1: is not text in utf-8 or cp1250"):
            inspect(path, ["utf-8", "cp1250"])
        return
    found = inspect(path, ["utf-8", "cp1250"])
    assert found.encoding == read_as
    assert path.read_text(encoding=found.encoding).startswith("Wojewódzki")
    assert found.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_letter_across_two_pieces_is_whole(path: Path) -> None:
    """The file is read in pieces, and a piece may end inside a letter."""
    path.write_bytes(b"x" * (CHUNK - 1) + "ą".encode() + b"\n")
    assert inspect(path, ["utf-8"]).encoding == "utf-8"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "list.csv: is empty"),
        (b" \n\n ", "list.csv: is empty"),
        (b"PK\x03\x04rest", "list.csv: is a spreadsheet or an archive; save it as CSV"),
        (b"%PDF-1.7", "list.csv: is a PDF; expected a CSV file"),
        (b"BEGIN:VCALENDAR\r\n", "list.csv: is an iCalendar file; only CSV calendars are read so far"),
        (b"a,b\nc,\0\n", "list.csv: line 2: is not text in utf-8"),
        (b"a\n" * CHUNK + b"b\n\xff\n", f"list.csv: line {CHUNK + 2}: is not text in utf-8"),
        (b"a\nb\xc4", "list.csv: line 2: ends in the middle of a character"),
    ],
)
def test_what_is_no_text_is_refused_with_its_place(path: Path, content: bytes, message: str) -> None:
    """One line says what it is, and where."""
    path.write_bytes(content)
    with pytest.raises(InvalidInputError) as refusal:
        inspect(path, ["utf-8"])
    assert str(refusal.value) == message


def test_a_file_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    """A missing file and a folder are told apart from broken ones."""
    with pytest.raises(InvalidInputError, match=r"none.csv: cannot be read \(No such file or directory\)"):
        inspect(tmp_path / "none.csv", ["utf-8"])
    with pytest.raises(InvalidInputError, match=r"cannot be read \(Is a directory\)"):
        inspect(tmp_path, ["utf-8"])
