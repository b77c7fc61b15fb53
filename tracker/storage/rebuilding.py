"""Build a database anew in the place of another: whole, or not at all.

SQLite is built in a file beside, which then takes the name of the old one. PostgreSQL drops and makes the tables in one
transaction. Whatever ends the program in the middle leaves the old database as it was.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from sqlalchemy.exc import OperationalError

from tracker.domain.errors import DatabaseNotReadyError
from tracker.storage import schema
from tracker.storage.engine import Database
from tracker.storage.tables.catalogue import METADATA

OWNER_ONLY = 0o600
LOCK_SECONDS = 5
IN_USE = "another program uses the database: end `tracker run`, `serve` and `worker` first"
TRIGGER_FUNCTIONS = """
SELECT DISTINCT tgfoid::regprocedure::text FROM pg_trigger
WHERE NOT tgisinternal AND tgrelid IN (
  SELECT oid FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relname = ANY(:names))
"""
FOREIGN_KEYS = """
SELECT conrelid::regclass::text AS table_name, quote_ident(conname) AS name, pg_get_constraintdef(oid) AS definition
FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY 1, 2
"""
SERIALS = """
SELECT quote_ident(table_name), quote_ident(column_name), pg_get_serial_sequence(quote_ident(table_name), column_name) AS sequence
FROM information_schema.columns WHERE table_schema = current_schema()
AND pg_get_serial_sequence(quote_ident(table_name), column_name) IS NOT NULL
"""


def is_there(database: Database) -> bool:
    """Tell whether there is a database at all, without making one as opening SQLite would."""
    return not database.is_sqlite or _file(database).exists()


@contextmanager
def rebuilding(database: Database, revision: str) -> Iterator[sa.Connection]:
    """Yield a connection to an empty database of the schema ``revision``; when the block ends well, that is the database.

    Foreign keys are looked at in the end only, so that rows may come in any order; then the newest schema is made of it.

    Raises:
        DatabaseNotReadyError: another program uses the database, it cannot be written, or rows refer to what is not there.
    """
    made = _rebuilt_file(database, revision) if database.is_sqlite else _rebuilt_tables(database, revision)
    with made as connection:
        yield connection


def _file(database: Database) -> Path:
    return Path(database.engine.url.database or "")


@contextmanager
def _rebuilt_file(database: Database, revision: str) -> Iterator[sa.Connection]:
    path = _file(database)
    fresh = path.with_name(f".{path.name}.restoring")
    database.close()
    with ExitStack() as stack:
        stack.enter_context(_held_alone(path))
        stack.callback(_removed, fresh)
        _removed(fresh)
        try:
            os.close(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY))
        except OSError as error:
            raise DatabaseNotReadyError(f"{path.parent}: cannot be written ({error.strerror})") from None
        building = Database(f"sqlite:///{fresh}")
        stack.callback(building.close)
        with schema.altering(building) as connection:
            command.upgrade(schema.configuration(connection), revision)
            yield connection
            command.upgrade(schema.configuration(connection), "head")
        building.close()
        _settled(fresh)
        fresh.replace(path)
        _synced(path.parent)


@contextmanager
def _held_alone(path: Path) -> Iterator[None]:
    """Keep every other program from the old file, and fold its write-ahead log into it: a log left over would be read into the new one."""
    if not path.exists():
        yield
        return
    old = sqlite3.connect(path, timeout=LOCK_SECONDS, isolation_level=None)
    try:
        try:
            old.execute("PRAGMA journal_mode=DELETE")
            old.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            raise DatabaseNotReadyError(IN_USE) from None
        except sqlite3.DatabaseError:
            raise DatabaseNotReadyError(f"{path} is no database that can be read: move it and its -wal file away, then restore") from None
        yield
    finally:
        old.close()


def _settled(path: Path) -> None:
    """Leave one file without a log, on the disk."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.close()
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _synced(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _removed(path: Path) -> None:
    for each in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal"))):
        with suppress(FileNotFoundError):
            each.unlink()


@contextmanager
def _rebuilt_tables(database: Database, revision: str) -> Iterator[sa.Connection]:
    with database.engine.begin() as connection:
        connection.exec_driver_sql(f"SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '{LOCK_SECONDS}s'")
        try:
            _drop(connection)
        except OperationalError:
            raise DatabaseNotReadyError(IN_USE) from None
        command.upgrade(schema.configuration(connection), revision)
        keys = connection.exec_driver_sql(FOREIGN_KEYS).all()
        for table, name, _definition in keys:
            connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        yield connection
        for table, name, definition in keys:
            connection.exec_driver_sql(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
        for table, column, sequence in connection.exec_driver_sql(SERIALS).all():
            highest = f"(SELECT max({column}) FROM {table})"  # nosec B608 # noqa: S608 - names of our own, quoted by the database
            connection.exec_driver_sql(f"SELECT setval('{sequence}', coalesce({highest}, 1), {highest} IS NOT NULL)")
        command.upgrade(schema.configuration(connection), "head")


def _drop(connection: sa.Connection) -> None:
    """Drop every table of ours, and the functions of their triggers, which would otherwise stay."""
    names = [name for name in sa.inspect(connection).get_table_names() if name in METADATA.tables or name == schema.VERSION_TABLE]
    functions = connection.scalars(sa.text(TRIGGER_FUNCTIONS), {"names": names}).all()
    for name in names:
        connection.exec_driver_sql(f'DROP TABLE "{name}" CASCADE')
    for function in functions:
        connection.exec_driver_sql(f"DROP FUNCTION {function}")
