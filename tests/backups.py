"""Backups for tests: a key, settings that seal for it, files, and what a database holds as a backup would say it."""

from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from tracker.formats.backup.envelope import fresh_identity, identities, opened, seal
from tracker.formats.backup.writing import contents_of
from tracker.schemas.backup import TableContents
from tracker.services.backup_making import pour
from tracker.services.context import Context
from tracker.settings import BackupSettings, DatabaseSettings, Settings
from tracker.storage import schema
from tracker.storage.blueprint import blueprint
from tracker.storage.engine import Database
from tracker.storage.queries import copying

SECRET, RECIPIENT = fresh_identity()


def key_file(folder: Path) -> Path:
    """Write the key that opens what `backing_up` makes."""
    path = folder / "key.txt"
    path.write_text(f"# made for a test\n{SECRET}\n", encoding="ascii")
    return path


def backing_up(ctx: Context, **values: object) -> Context:
    """Return the context with somebody who can open its backups."""
    chosen = BackupSettings.model_validate({"recipients": [RECIPIENT], **values})
    return replace(ctx, settings=ctx.settings.model_copy(update={"backups": chosen}))


def at(settings: Settings, url: str) -> Settings:
    """Return the settings for another database."""
    return settings.model_copy(update={"database": DatabaseSettings(url=url)})


def url_of(database: Database) -> str:
    """Return a database's address, password and all."""
    return database.engine.url.render_as_string(hide_password=False)


def written(ctx: Context, path: Path) -> Path:
    """Write a backup to a file, past the audit log."""
    with path.open("wb") as file:
        pour(backing_up(ctx), file)
    return path


def clear(path: Path) -> bytes:
    """Return what a backup holds, opened and unpacked."""
    pieces: list[bytes] = []
    with path.open("rb") as file:
        opened(file, identities(SECRET.encode()), pieces.append)
    return b"".join(pieces)


def sealed(parts: Iterable[bytes], path: Path) -> Path:
    """Write what somebody made up into a file that our key opens."""
    sink = BytesIO()
    seal(parts, sink, [RECIPIENT])
    path.write_bytes(sink.getvalue())
    return path


def contents(database: Database) -> dict[str, TableContents]:
    """Return rows and digest of every table: equal digests, equal rows, whichever database keeps them."""
    tables = blueprint(schema.newest_revision())
    with database.reading() as db:
        return {table.name: contents_of(table, copying.batches(db.connection(), table)) for table in tables}
