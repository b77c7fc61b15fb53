"""What a backup says of itself: the head line before the rows, the end line after them."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from tracker.domain.errors import TrackerError

FORMAT = "court-process-tracker-backup"
VERSION = 1
MANY = 1000

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
Count = Annotated[int, Field(ge=0)]


class BackupRefusedError(TrackerError):
    """A backup that cannot be made or used; nothing was changed."""


class ColumnKind(StrEnum):
    """What a column holds, whichever database keeps it."""

    INTEGER = "integer"
    NUMBER = "number"
    TEXT = "text"
    BOOLEAN = "boolean"
    INSTANT = "instant"
    DATE = "date"
    BYTES = "bytes"
    JSON = "json"


class Part(BaseModel):
    """A frozen part of a manifest that refuses unknown keys and never repeats a value in an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Column(Part):
    """One column of a table."""

    name: Name
    kind: ColumnKind


class TableShape(Part):
    """One table: its columns in the order of the rows' values, and the columns of its primary key."""

    name: Name
    columns: Annotated[tuple[Column, ...], Field(min_length=1, max_length=MANY)]
    key: Annotated[tuple[Name, ...], Field(min_length=1, max_length=MANY)]


class KeyCheck(Part):
    """With which a key ring can tell whether it is the one whose values are in the backup; says nothing about the keys."""

    sealed: Annotated[str, Field(max_length=MANY)]
    index: Annotated[str, Field(max_length=MANY)]


class BackupHead(Part):
    """The first line: what this is, and what the rows will look like."""

    format: str
    version: int
    program: Annotated[str, Field(max_length=MANY)]
    schema_revision: Annotated[str, Field(pattern=r"^[0-9A-Za-z_]{1,40}$")]
    engine: Annotated[str, Field(max_length=40)]
    created_at: datetime
    keys: KeyCheck
    tables: Annotated[tuple[TableShape, ...], Field(max_length=MANY)]


class TableContents(Part):
    """How many rows a table has, and the SHA-256 of their lines."""

    rows: Count
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class BackupEnd(Part):
    """The last line: what was written, the ids of the keys in use, and the head of the audit log (empty: none).

    ``mark`` is a code of head and end that only the office's own keys make: anybody who knows a recipient could seal a file for it.
    """

    tables: dict[Name, TableContents]
    key_ids: tuple[Annotated[int, Field(ge=0, le=255)], ...]
    audit_head: Annotated[str, Field(max_length=MANY)]
    mark: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""

    @property
    def rows(self) -> int:
        """Return the number of all rows."""
        return sum(contents.rows for contents in self.tables.values())


def marked(head: BackupHead, end: BackupEnd) -> bytes:
    """Return what the mark of a backup is made of: everything that it says of itself, and so of every row."""
    return head.model_dump_json().encode() + b"\n" + end.model_copy(update={"mark": ""}).model_dump_json().encode()
