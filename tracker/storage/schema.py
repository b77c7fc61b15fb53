"""Bring a database to the newest schema, and tell where it stands."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import SQLAlchemyError

from tracker.domain.errors import DatabaseNotReadyError
from tracker.privacy.keys import KeyRing
from tracker.storage.engine import Database

Keys = Callable[[], KeyRing]
MIGRATIONS = Path(__file__).parent / "migrations"
VERSION_TABLE = "alembic_version"
"""Where a database keeps its own revision."""


def configuration(connection: sa.Connection | None = None, keys: Keys | None = None) -> Config:
    """Return Alembic's configuration for our migrations, over ``connection``, with ``keys`` for those that seal what lay open."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    config.attributes["keys"] = keys
    return config


@lru_cache(maxsize=1)
def _scripts() -> ScriptDirectory:
    """Return our migrations, read once: they do not change under a running program."""
    return ScriptDirectory.from_config(configuration())


def newest_revision() -> str:
    """Return the revision that this program was written for."""
    head = _scripts().get_current_head()
    if head is None:
        raise DatabaseNotReadyError("this installation has no migrations: it is incomplete")
    return head


def current_revision(database: Database) -> str | None:
    """Return the revision of the database; ``None`` where it is empty."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def upgrade(database: Database, keys: Keys | None = None) -> str:
    """Bring the database to the newest schema, in one transaction, and return that revision; ``keys`` are asked for only if needed.

    Raises:
        DatabaseNotReadyError: it cannot be reached or written, or is newer than the program.
        NotConfiguredError: what it holds must be sealed anew, and the keys for that are missing.
    """
    database.probe()
    _refuse_unknown(current_revision(database))
    with altering(database) as connection:
        command.upgrade(configuration(connection, keys), "head")
    return newest_revision()


@contextmanager
def altering(database: Database) -> Iterator[sa.Connection]:
    """Yield a connection in one transaction in which tables may be altered.

    SQLite alters a table by making it anew and dropping the old one; with foreign keys watched, dropping it would take
    along every row that refers to it. They are not watched meanwhile, and checked before the end.

    Raises:
        DatabaseNotReadyError: something refers to what is not there any more; nothing was changed.
    """
    with database.engine.connect() as connection:
        if database.is_sqlite:
            _watch_foreign_keys(connection, watched=False)
        try:
            with connection.begin():
                yield connection
                if database.is_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise DatabaseNotReadyError("the database holds references to what is not there; it was left as it is")
        finally:
            if database.is_sqlite:
                _watch_foreign_keys(connection, watched=True)


def _watch_foreign_keys(connection: sa.Connection, *, watched: bool) -> None:
    """Switch it past SQLAlchemy, which would begin a transaction first; inside one SQLite ignores the switch."""
    driver: Any = connection.connection.driver_connection
    driver.execute(f"PRAGMA foreign_keys={'ON' if watched else 'OFF'}")


def require_newest(database: Database) -> None:
    """Do nothing where program and database agree.

    Raises:
        DatabaseNotReadyError: the database is unreachable, empty, older or newer than the program.
    """
    try:
        found = current_revision(database)
    except SQLAlchemyError:
        database.probe()
        raise
    _refuse_unknown(found)
    if found != newest_revision():
        state = "is empty" if found is None else f"has the older schema {found}"
        raise DatabaseNotReadyError(f"the database {state}: run `tracker init` to bring it to {newest_revision()}")


def is_known(revision: str) -> bool:
    """Tell whether this program has a migration of that name; one that it has not is newer than the program."""
    return any(script.revision == revision for script in _scripts().walk_revisions())


def _refuse_unknown(revision: str | None) -> None:
    if revision is not None and not is_known(revision):
        raise DatabaseNotReadyError(f"the database has schema {revision}, which is newer than this program: install the newer program")
