"""Read a backup line by line, and believe nothing of it before it is proved."""

import hashlib
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from pydantic import ValidationError

from tracker.formats.backup.rows import Row, plain_json, row_of
from tracker.formats.backup.writing import LONGEST_LINE
from tracker.schemas.backup import FORMAT, VERSION, BackupEnd, BackupHead, BackupRefusedError, TableContents, TableShape

BATCH = 1000
BATCH_BYTES = 4 * 1024**2


class Receiver(Protocol):
    """Who is told what a backup holds; nothing is proved before `end`."""

    def begin(self, head: BackupHead) -> None:
        """Take the head; raise where it cannot be used."""

    def take(self, table: TableShape, rows: Sequence[Row]) -> None:
        """Take some rows of a table."""


class Lines:
    """Cuts pieces of bytes into lines."""

    def __init__(self, take: Callable[[bytes], None]) -> None:
        """Hand each line, without its end, to ``take``."""
        self._take = take
        self._rest: list[bytes] = []
        self._length = 0

    def feed(self, piece: bytes) -> None:
        """Take the next piece.

        Raises:
            BackupRefusedError: a line has no end in sight.
        """
        first, *others = piece.split(b"\n")
        self._length += len(first)
        if self._length > LONGEST_LINE:
            raise BackupRefusedError("the backup holds a line that is longer than any row could be")
        self._rest.append(first)
        if others:
            self._take(b"".join(self._rest))
            for line in others[:-1]:
                self._take(line)
            self._rest, self._length = [others[-1]], len(others[-1])

    @property
    def is_between_lines(self) -> bool:
        """Tell whether the last line had its end."""
        return not self._length


class BackupReader:
    """Reads the lines of a backup: the head, the tables in the order that the head names, the end."""

    def __init__(self, receiver: Receiver) -> None:
        """Tell ``receiver`` what comes."""
        self._receiver = receiver
        self._lines = Lines(self._line)
        self._head: BackupHead | None = None
        self._end: BackupEnd | None = None
        self._contents: dict[str, TableContents] = {}
        self._table: _Table | None = None

    def feed(self, piece: bytes) -> None:
        """Take the next piece of the file.

        Raises:
            BackupRefusedError: it is not what a backup looks like.
        """
        self._lines.feed(piece)

    def close(self) -> tuple[BackupHead, BackupEnd]:
        """Return head and end after the last piece.

        Raises:
            BackupRefusedError: the end is missing, or does not say what the rows were.
        """
        if self._head is None or self._end is None or not self._lines.is_between_lines:
            raise BackupRefusedError("the backup has no end: it was cut short")
        if self._end.tables != self._contents:
            raise BackupRefusedError("the backup's rows are not those that its end counts: it was altered")
        return self._head, self._end

    def _line(self, line: bytes) -> None:
        if self._end is not None:
            raise BackupRefusedError("something was added behind the end of the backup")
        if self._head is None:
            self._head = _head(line)
            self._receiver.begin(self._head)
        elif line.startswith(b"["):
            if self._table is None:
                raise BackupRefusedError("the backup holds rows outside any table")
            self._table.add(line)
        else:
            self._next(line)

    def _next(self, line: bytes) -> None:
        if self._table is not None:
            self._contents[self._table.shape.name] = self._table.finish()
            self._table = None
        word, value = _control(line)
        expected = self._tables()[len(self._contents) :]
        if word == "table" and expected and value == expected[0].name:
            self._table = _Table(expected[0], self._receiver)
        elif word == "end" and not expected:
            self._end = _checked(BackupEnd, value)
        else:
            raise BackupRefusedError("the backup's tables are not those that its head names")

    def _tables(self) -> tuple[TableShape, ...]:
        return () if self._head is None else self._head.tables


class _Table:
    """The rows of one table as they come."""

    def __init__(self, shape: TableShape, receiver: Receiver) -> None:
        self.shape = shape
        self._receiver = receiver
        self._read = row_of(shape.name, shape.columns)
        self._waiting: list[Row] = []
        self._bytes = self._rows = 0
        self._digest = hashlib.sha256()

    def add(self, line: bytes) -> None:
        self._digest.update(line + b"\n")
        self._waiting.append(self._read(line))
        self._bytes += len(line)
        if len(self._waiting) >= BATCH or self._bytes > BATCH_BYTES:
            self._hand_on()

    def finish(self) -> TableContents:
        self._hand_on()
        return TableContents(rows=self._rows, sha256=self._digest.hexdigest())

    def _hand_on(self) -> None:
        if self._waiting:
            self._receiver.take(self.shape, self._waiting)
            self._rows += len(self._waiting)
            self._waiting, self._bytes = [], 0


def _head(line: bytes) -> BackupHead:
    try:
        found = plain_json(line)
    except ValueError:
        found = None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise BackupRefusedError("the file was sealed by its key, but is no backup of this program")
    if found.get("version") != VERSION:
        raise BackupRefusedError(f"the backup has another format than this program reads (version {VERSION}): use the program that made it")
    head: BackupHead = _checked(BackupHead, found)
    if len({table.name for table in head.tables}) < len(head.tables):
        raise BackupRefusedError("the backup names a table twice")
    return head


def _control(line: bytes) -> tuple[str, Any]:
    try:
        found = plain_json(line)
    except ValueError:
        found = None
    if not isinstance(found, dict) or len(found) != 1:
        raise BackupRefusedError("the backup holds a line that is neither a row nor the beginning of a table")
    ((word, value),) = found.items()
    return word, value


def _checked(part: type["Manifest"], value: object) -> Any:  # noqa: ANN401 - one of two kinds
    try:
        return part.model_validate(value)
    except ValidationError:
        raise BackupRefusedError("the backup's own description is malformed") from None


Manifest = BackupHead | BackupEnd
