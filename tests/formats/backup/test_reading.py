"""A backup is read by its own description, and whatever departs from it is refused."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from tracker.formats.backup.reading import BackupReader
from tracker.formats.backup.writing import LONGEST_LINE, Spelling
from tracker.schemas.backup import BackupHead, BackupRefusedError, Column, ColumnKind, KeyCheck, TableShape

COURT = TableShape(
    name="court", columns=(Column(name="id", kind=ColumnKind.INTEGER), Column(name="x_sealed", kind=ColumnKind.BYTES)), key=("id",)
)
EMPTY = TableShape(name="empty", columns=(Column(name="id", kind=ColumnKind.INTEGER),), key=("id",))
ROWS: dict[str, list[list[tuple[Any, ...]]]] = {"court": [[(1, b"\x01\x07rest")], [(2, None), (3, b"\x01\x02rest")]], "empty": []}


class Collected:
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.rows: list[tuple[Any, ...]] = []

    def begin(self, head: BackupHead) -> None:
        """Take the head."""

    def take(self, table: TableShape, rows: Sequence[tuple[Any, ...]]) -> None:
        """Take rows."""
        assert table == COURT
        self.rows += rows


def lines() -> list[bytes]:
    """Return the lines of a backup of two tables."""
    head = BackupHead(
        format="court-process-tracker-backup", version=1, program="0", schema_revision="0001", engine="sqlite",
        created_at=datetime(2026, 11, 23, tzinfo=UTC), keys=KeyCheck(sealed="", index=""), tables=(COURT, EMPTY),
    )  # fmt: skip
    spelling = Spelling(head, lambda table: ROWS[table.name], "", lambda _data: bytes(32))
    return b"".join(spelling.lines()).splitlines(keepends=True)


def read(changed: list[bytes]) -> None:
    """Read these lines to the end."""
    reader = BackupReader(Collected())
    for line in changed:
        reader.feed(line)
    reader.close()


def refusal(changed: list[bytes]) -> str:
    """Return why these lines are refused."""
    with pytest.raises(BackupRefusedError) as refused:
        read(changed)
    return str(refused.value)


@pytest.mark.parametrize("size", [1, 7, 1000, 10**6])
def test_pieces_may_be_cut_anywhere(size: int) -> None:
    """What comes out are the rows, and the ids of the keys that sealed them."""
    whole, collected = b"".join(lines()), Collected()
    reader = BackupReader(collected)
    for start in range(0, len(whole), size):
        reader.feed(whole[start : start + size])
    _, end = reader.close()

    assert collected.rows == [row for batch in ROWS["court"] for row in batch]
    assert (end.rows, end.key_ids) == (3, (2, 7))


def edited(place: int, **values: object) -> list[bytes]:
    """Return the lines with another head (0) or end (-1)."""
    found = lines()
    document = json.loads(found[place])
    (document if place == 0 else document["end"]).update(values)
    found[place] = json.dumps(document).encode() + b"\n"
    return found


def test_whatever_departs_from_the_description_is_refused() -> None:
    """Lines left out, doubled, exchanged, added; another version; names that are no table's."""
    whole = lines()
    head, court, one, two, three, empty, end = whole
    cases = {
        "cut short": [[], [head], whole[:-1], [*whole[:-1], end[:-1]]],
        "it was altered": [
            [head, court, one, two, empty, end],
            [head, court, one, three, two, empty, end],
            [head, court, one, one, two, three, empty, end],
        ],
        "not those that its head names": [
            [head, empty, court, one, two, three, end],
            [head, end],
            [head, court, one, two, three, end],
            [head, court, court, end],
            [head, b'{"table":"../../etc/passwd"}\n'],
            [head, b'{"sql":"x"}\n'],
        ],
        "outside any table": [[head, one]],
        "behind the end": [[*whole, one], [*whole, end]],
        "neither a row nor": [[head, b"\n"], [head, b"{}\n"], [head, b"null\n"], [head, b"\xff\n"], [head, b'{"a":1,"b":2}\n']],
        "no row of court": [[head, court, b"[1]\n"], [head, court, b"[1,2,3]\n"], [head, court, b"[\n"]],
        "no backup of this program": [[b"[]\n"], [b"CANARY\n"], edited(0, format="tar")],
        "another format": [edited(0, version=2), edited(0, version=None)],
        "description is malformed": [
            edited(0, tables=[{"name": "../x", "columns": [], "key": []}]),
            edited(0, tables=[{"name": "court; DROP", "columns": [{"name": "id", "kind": "integer"}], "key": ["id"]}]),
            edited(0, more=1),
            edited(-1, tables=7),
        ],
        "a table twice": [edited(0, tables=[json.loads(COURT.model_dump_json())] * 2)],
    }  # fmt: skip
    for why, changes in cases.items():
        for changed in changes:
            assert why in refusal(changed), changed


def test_a_line_without_end_is_refused_before_it_fills_the_memory() -> None:
    """However it is cut."""
    assert "longer than any row" in refusal([lines()[0], *([b"x" * 2**20] * (LONGEST_LINE // 2**20 + 1))])
