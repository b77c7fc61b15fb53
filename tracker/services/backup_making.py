"""Make an encrypted copy of the whole database while others go on writing."""

import base64
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from tracker.domain.errors import DatabaseNotReadyError
from tracker.formats.backup.envelope import Sink, require_recipients, seal
from tracker.formats.backup.writing import Spelling
from tracker.privacy.keys import KeyRing
from tracker.privacy.places import BACKUP_CHECK
from tracker.schemas.backup import FORMAT, VERSION, BackupEnd, BackupHead, KeyCheck
from tracker.services import audit
from tracker.services.context import Context
from tracker.services.whole_file import whole_file
from tracker.storage import schema
from tracker.storage.blueprint import blueprint
from tracker.storage.engine import Database
from tracker.storage.queries import audit as audit_queries
from tracker.storage.queries import copying

CHECKED = "backup"
"""What every key ring seals into a backup, to know its own again."""


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made: the file, its size in bytes, and what it holds."""

    file: str
    size: int
    created_at: datetime
    schema: str
    rows: int
    tables: dict[str, int]


def make_backup(ctx: Context, path: Path, *, replace: bool = False) -> Made:
    """Write a copy of the database, sealed for the recipients of the settings, to ``path``, whole or not at all.

    Raises:
        NotConfiguredError: nobody is named who could open it.
        InvalidInputError: there is a file already, or it cannot be written there.
        DatabaseNotReadyError: the database broke off.
    """
    recipients = ctx.settings.backups.recipients
    require_recipients(recipients)
    with whole_file(path, replace=replace) as file:
        head, end = pour(ctx, file)
    audit.record(ctx, "backup.made", details={"rows": end.rows, "recipients": len(recipients)})
    tables = {name: contents.rows for name, contents in end.tables.items()}
    return Made(str(path), path.stat().st_size, head.created_at, head.schema_revision, end.rows, tables)


def pour(ctx: Context, sink: Sink) -> tuple[BackupHead, BackupEnd]:
    """Write a sealed copy of the database to ``sink``, from one consistent state; return what it says of itself.

    Raises:
        NotConfiguredError: nobody is named who could open it.
        DatabaseNotReadyError: the database broke off.
    """
    head = _head(ctx.database, ctx.keys, ctx.now())
    try:
        with ctx.database.reading() as db:
            connection = db.connection()
            found = audit_queries.head(db) if any(table.name == "audit_head" for table in head.tables) else None
            audit_head = "" if found is None else f"{found.seq}:{found.seal.hex()}"
            spelling = Spelling(head, lambda table: copying.batches(connection, table), audit_head, partial(ctx.keys.mac, BACKUP_CHECK))
            seal(spelling.lines(), sink, ctx.settings.backups.recipients)
    except (SQLAlchemyError, ValueError, TypeError) as error:  # the latter two: a value that is none of its column
        raise DatabaseNotReadyError(f"the database broke off ({type(error).__name__}); no backup was made") from None
    return head, spelling.end


def _key_check(keys: KeyRing) -> KeyCheck:
    return KeyCheck(sealed=base64.b64encode(keys.seal(BACKUP_CHECK, CHECKED, CHECKED)).decode(), index=keys.token(BACKUP_CHECK, CHECKED))


def _head(database: Database, keys: KeyRing, now: datetime) -> BackupHead:
    revision = schema.current_revision(database)
    if revision is None:
        raise DatabaseNotReadyError("the database is empty: there is nothing to back up")
    return BackupHead(
        format=FORMAT,
        version=VERSION,
        program=version("court-process-tracker"),
        schema_revision=revision,
        engine=database.engine.dialect.name,
        created_at=now,
        keys=_key_check(keys),
        tables=blueprint(revision),
    )
