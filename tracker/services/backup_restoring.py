"""Put a backup in the place of the database: proved first as a whole, then all or nothing."""

import base64
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from tracker.domain.errors import ConflictError, DatabaseNotReadyError, InvalidInputError, NotConfiguredError, Problem
from tracker.formats.backup.envelope import identities, opened
from tracker.formats.backup.reading import BackupReader
from tracker.formats.backup.writing import contents_of
from tracker.privacy.keys import SealBrokenError
from tracker.privacy.places import BACKUP_CHECK
from tracker.schemas.backup import BackupEnd, BackupHead, BackupRefusedError, TableShape, marked
from tracker.services import audit
from tracker.services.backup_making import CHECKED
from tracker.services.context import Context
from tracker.settings import Settings
from tracker.storage import schema
from tracker.storage.blueprint import blueprint
from tracker.storage.engine import Database
from tracker.storage.queries import copying
from tracker.storage.rebuilding import is_there, rebuilding
from tracker.storage.tables.catalogue import METADATA

LONGEST_KEY_FILE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Proved:
    """A backup that was read to its end and holds what it says."""

    created_at: datetime
    program: str
    schema: str
    engine: str
    tables: dict[str, int]
    key_ids: tuple[int, ...]
    audit_head: str
    keys_match: bool
    """Whether the configuration holds the keys with which it was made; without them nobody can tell who made it."""

    @property
    def rows(self) -> int:
        """Return the number of all rows."""
        return sum(self.tables.values())


@dataclass(frozen=True, slots=True)
class Held:
    """What a database holds already: its schema (empty: there is none), and the rows of each table that has any."""

    schema: str
    tables: dict[str, int]


class _Prover:
    """Looks at everything, keeps nothing."""

    def begin(self, head: BackupHead) -> None:
        """Refuse a head that no migration of ours explains."""
        if not schema.is_known(head.schema_revision):
            raise BackupRefusedError(
                f"the backup has schema {head.schema_revision}, which is newer than this program: install the program {head.program}"
            )
        if head.tables != blueprint(head.schema_revision):
            raise BackupRefusedError(f"the backup's tables are not those of schema {head.schema_revision}: it was not made by this program")

    def take(self, table: TableShape, rows: Sequence[Sequence[Any]]) -> None:
        """Have them read, which checks them."""


class _Filler:
    """Puts the rows into the tables."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def begin(self, head: BackupHead) -> None:
        """Take the head, which was proved before."""

    def take(self, table: TableShape, rows: Sequence[Sequence[Any]]) -> None:
        """Insert them."""
        copying.add(self._connection, table, rows)


def prove(settings: Settings, path: Path, key_file: Path, passphrase: str | None = None) -> Proved:
    """Read a backup to its end and return what it is; nothing is written anywhere.

    Raises:
        BackupRefusedError: it is no backup, damaged, forged, of another key, of another format or of a newer schema.
        InvalidInputError: a file cannot be read.
    """
    head, end = _read(path, identities(_content(key_file), passphrase), _Prover())
    return Proved(
        created_at=head.created_at,
        program=head.program,
        schema=head.schema_revision,
        engine=head.engine,
        tables={name: contents.rows for name, contents in end.tables.items()},
        key_ids=end.key_ids,
        audit_head=end.audit_head,
        keys_match=_has_its_keys(settings, head, end),
    )


def held(settings: Settings) -> Held:
    """Return what the database of the settings holds, without making one where there is none.

    Raises:
        DatabaseNotReadyError: it cannot be reached or read, or has a newer schema.
    """
    database = Database(settings.database.url)
    try:
        if not is_there(database):
            return Held("", {})
        revision = _revision(database)
        if revision is not None and not schema.is_known(revision):
            raise DatabaseNotReadyError(
                f"the database has schema {revision}, which is newer than this program: nothing is put in its place"
            )
        with database.reading() as db:
            counts = copying.counted(db.connection(), sorted(METADATA.tables))
        return Held(revision or "", {name: count for name, count in counts.items() if count})
    finally:
        database.close()


def _revision(database: Database) -> str | None:
    try:
        return schema.current_revision(database)
    except SQLAlchemyError:
        database.probe()  # says in words what is wrong
        raise


def restore(
    settings: Settings, path: Path, key_file: Path, passphrase: str | None = None, *, replace: bool = False, other_keys: bool = False
) -> Proved:
    """Put the backup in the place of the database, then bring it to the newest schema: all of it, or nothing.

    With ``other_keys`` also one that the keys of the settings do not know.

    Raises:
        BackupRefusedError: the backup is refused, as `prove` tells; the database is as it was.
        ConflictError: the database holds something and ``replace`` is false.
        DatabaseNotReadyError: the database cannot be reached or written, or another program uses it.
    """
    proved = prove(settings, path, key_file, passphrase)
    if not proved.keys_match and not other_keys:
        raise BackupRefusedError(
            "the backup was not made with the keys of this configuration: put the [keys] of that time into it; nothing was changed"
            " (--other-keys restores it all the same)"
        )
    found = held(settings)
    if found.tables and not replace:
        raise ConflictError("the database holds something already; nothing was changed (--replace puts the backup in its place)")
    database = Database(settings.database.url)
    keys = identities(_content(key_file), passphrase)
    try:
        with rebuilding(database, proved.schema) as connection:
            head, end = _read(path, keys, _Filler(connection))
            _compare(connection, head, end)
    except SQLAlchemyError as error:
        raise BackupRefusedError(f"the database refused what the backup holds ({type(error).__name__}); nothing was changed") from None
    finally:
        database.close()
    return proved


def note_restored(ctx: Context, proved: Proved) -> None:
    """Enter in the audit log that this database came out of a backup."""
    audit.record(
        ctx,
        "backup.restored",
        details={"rows": proved.rows, "schema": proved.schema, "made": f"{proved.created_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"},
    )


def _compare(connection: sa.Connection, head: BackupHead, end: BackupEnd) -> None:
    """Read everything back before it counts."""
    for table in head.tables:
        if contents_of(table, copying.batches(connection, table)) != end.tables[table.name]:
            raise BackupRefusedError(f"{table.name} does not read back as it is in the backup; nothing was changed")


def _read(path: Path, keys: Sequence[object], receiver: _Prover | _Filler) -> tuple[BackupHead, BackupEnd]:
    reader = BackupReader(receiver)
    try:
        with path.open("rb") as file:
            opened(file, keys, reader.feed)
    except OSError as error:
        raise _unreadable(path, error) from None
    return reader.close()


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return _limited(file)
    except OSError as error:
        raise _unreadable(path, error) from None


def _limited(file: BinaryIO) -> bytes:
    return file.read(LONGEST_KEY_FILE)


def _unreadable(path: Path, error: OSError) -> InvalidInputError:
    return InvalidInputError([Problem(str(path), f"cannot be read ({error.strerror or 'no reason given'})")])


def _has_its_keys(settings: Settings, head: BackupHead, end: BackupEnd) -> bool:
    """Tell whether the settings hold the keys of the backup; where they do, its mark must be theirs too."""
    try:
        ring = settings.key_ring()
        ring.open(BACKUP_CHECK, CHECKED, base64.b64decode(head.keys.sealed, validate=True))
    except (NotConfiguredError, SealBrokenError, ValueError):
        return False
    if not hmac.compare_digest(ring.token(BACKUP_CHECK, CHECKED), head.keys.index) or not set(end.key_ids) <= set(settings.keys.ring):
        return False
    if not hmac.compare_digest(ring.mac(BACKUP_CHECK, marked(head, end)).hex(), end.mark):
        raise BackupRefusedError("the backup does not bear the mark of this office's keys: somebody else made or changed it")
    return True
