"""Spell a backup: the head, the tables' rows, the end."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from tracker.formats.backup.rows import line_of
from tracker.schemas.backup import BackupEnd, BackupHead, BackupRefusedError, ColumnKind, TableContents, TableShape, marked

LONGEST_LINE = 32 * 1024**2
"""Bytes; a longer one is neither written nor read."""

SEALED = "_sealed"
"""How columns are called whose values name their key in the second byte."""

Batch = Sequence[Sequence[Any]]
Mac = Callable[[bytes], bytes]


class Spelling:
    """A backup as it is spelt; ``end`` is what it says at the end, once it was spelt to the end."""

    def __init__(self, head: BackupHead, rows: Callable[[TableShape], Iterable[Batch]], audit_head: str, mac: Mac) -> None:
        """Spell ``head`` and, for each of its tables, what ``rows`` gives in batches; ``mac`` makes the mark."""
        self.head = head
        self.end = BackupEnd(tables={}, key_ids=(), audit_head=audit_head)
        self._rows = rows
        self._mac = mac

    def lines(self) -> Iterator[bytes]:
        """Yield the lines, many at once.

        Raises:
            BackupRefusedError: a row is too long to be read again.
        """
        yield self.head.model_dump_json().encode() + b"\n"
        contents: dict[str, TableContents] = {}
        key_ids: set[int] = set()
        for table in self.head.tables:
            yield b'{"table":"%s"}\n' % table.name.encode()
            told = _Told(table)
            for batch in self._rows(table):
                yield told.lines(batch)
            contents[table.name] = told.contents()
            key_ids |= told.key_ids
        self.end = self.end.model_copy(update={"tables": contents, "key_ids": tuple(sorted(key_ids))})
        self.end = self.end.model_copy(update={"mark": self._mac(marked(self.head, self.end)).hex()})
        yield b'{"end":%s}\n' % self.end.model_dump_json().encode()


class _Told:
    """What is said of one table at the end."""

    def __init__(self, table: TableShape) -> None:
        self.table = table
        self.key_ids: set[int] = set()
        self._line = line_of(table.columns)
        self._sealed = [
            place for place, column in enumerate(table.columns) if column.kind is ColumnKind.BYTES and column.name.endswith(SEALED)
        ]
        self._rows = 0
        self._digest = hashlib.sha256()

    def lines(self, batch: Batch) -> bytes:
        lines = [self._line(row) for row in batch]
        if max(map(len, lines), default=0) > LONGEST_LINE:
            raise BackupRefusedError(f"a row of {self.table.name} is longer than a backup may hold")
        for place in self._sealed:
            self.key_ids.update(row[place][1] for row in batch if row[place] is not None and len(row[place]) > 1)
        text = b"".join(lines)
        self._rows += len(lines)
        self._digest.update(text)
        return text

    def contents(self) -> TableContents:
        return TableContents(rows=self._rows, sha256=self._digest.hexdigest())


def contents_of(table: TableShape, batches: Iterable[Batch]) -> TableContents:
    """Return what a backup would say of these rows."""
    told = _Told(table)
    for batch in batches:
        told.lines(batch)
    return told.contents()
