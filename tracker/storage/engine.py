"""The database: one engine, and the only two ways to talk to it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from sqlite3 import Connection as SqliteConnection
from sqlite3 import OperationalError
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from tracker.domain.errors import DatabaseNotReadyError

SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=15000",
    "cache_size=-65536",
    "temp_store=MEMORY",
    "secure_delete=ON",
)
VACUUMED_UP_TO = 256 * 1024 * 1024
"""Bytes of a SQLite file that is rewritten whole after an erasure; the copy is made in memory."""
POSTGRES_OPTIONS = "-c timezone=UTC -c statement_timeout=60000 -c idle_in_transaction_session_timeout=60000"


LAST = "last"
"""Where a session keeps what is done at the very end of its transaction."""


def do_last(session: Session, task: Callable[[Session], None]) -> None:
    """Have ``task`` done at the end of the transaction, once for all that was asked under the same task.

    What locks a row that every writer needs waits until everything else is done, so that no two writers wait for each other.
    """
    tasks: list[Callable[[Session], None]] = session.info.setdefault(LAST, [])
    if task not in tasks:
        tasks.append(task)


class Database:
    """One database; opens no connection before it is asked to.

    ``writing()`` is the only place that commits. On SQLite a writer takes the write lock at once
    (``BEGIN IMMEDIATE``): a transaction that reads first and writes later would otherwise lose updates without
    an error. Never keep either open across a call to another machine.
    """

    def __init__(self, url: str) -> None:
        """Prepare the engine of ``url`` (``sqlite:///...`` or ``postgresql+psycopg://...``).

        Raises:
            DatabaseNotReadyError: the address cannot be understood (it is not repeated: it may hold a password).
        """
        try:
            self.engine = _engine(sa.make_url(url))
        except (sa.exc.ArgumentError, sa.exc.NoSuchModuleError, ImportError):
            raise DatabaseNotReadyError("database.url is not an address this program knows: use sqlite:/// or postgresql://") from None

    @property
    def is_sqlite(self) -> bool:
        """Tell whether this is the embedded database."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Yield a session whose work is committed at the end, or rolled back whole if anything fails."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session
            for task in session.info.pop(LAST, ()):
                session.flush()
                task(session)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Yield a session that only reads, from one consistent state, without waiting for writers."""
        with self.engine.connect() as connection:
            options = {"readonly": True} if self.is_sqlite else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
            with Session(connection.execution_options(**options), autoflush=False) as session:
                yield session

    def wipe(self) -> bool | None:
        """Overwrite what deleted rows left behind in SQLite's files, and tell whether that was done; None on PostgreSQL.

        Deleted values are overwritten in the file anyway (``secure_delete``), but the write-ahead log still holds older pages: it is
        emptied here. A file of moderate size is also rewritten whole, for what was deleted before and for copies of moved rows. It is
        not done while others read; whoever waits for it asks again.
        """
        if not self.is_sqlite:
            return None
        try:
            with self.engine.connect() as connection:
                driver: Any = connection.connection.driver_connection
                pages, size = (driver.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
                if pages * size <= VACUUMED_UP_TO:
                    driver.execute("VACUUM")
                return bool(driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0)
        except OperationalError:
            return False

    def close(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()

    def probe(self) -> None:
        """Reach the database once.

        Raises:
            DatabaseNotReadyError: it cannot be reached, or not be written.
        """
        try:
            with self.writing() as session:
                session.connection().execute(sa.text("SELECT 1"))
        except SQLAlchemyError as error:
            raise DatabaseNotReadyError(f"the database cannot be used: {_reason(error)}") from None


def _reason(error: SQLAlchemyError) -> str:
    origin = str(getattr(error, "orig", None) or "").lower()
    for sign, meaning in (
        ("unable to open", "its folder does not exist or may not be written"),
        ("readonly", "its file may not be written"),
        ("not a database", "the file is not a database"),
        ("locked", "another program holds it locked"),
        ("password", "the sign-in was refused"),
        ("connection refused", "nothing answers at its address"),
        ("no such file", "nothing answers at its address"),
        ("does not exist", "there is no database of that name"),
    ):
        if sign in origin:
            return meaning
    return type(error).__name__


def _engine(url: sa.URL) -> sa.Engine:
    if url.get_backend_name() == "sqlite":
        engine = sa.create_engine(url, hide_parameters=True)
        sa.event.listen(engine, "connect", _prepare_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
        return engine
    if url.get_backend_name() != "postgresql":
        raise sa.exc.ArgumentError
    return sa.create_engine(url, hide_parameters=True, pool_pre_ping=True, connect_args={"options": POSTGRES_OPTIONS})


def _prepare_sqlite(connection: SqliteConnection, _record: object) -> None:
    connection.isolation_level = None
    for pragma in SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN" if connection.get_execution_options().get("readonly") else "BEGIN IMMEDIATE")
