"""One engine, two ways to talk to it, and no silent loss."""

import multiprocessing
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from tracker.domain.errors import DatabaseNotReadyError
from tracker.storage.engine import Database
from tracker.storage.tables.worker import Lease

LEASE = sa.table("lease", sa.column("name"), sa.column("holder"), sa.column("expires_at"), sa.column("fence"))
ROUNDS = 25
WORKERS = 3


def counted_up(url: str) -> None:
    """Read a number and write it one higher, again and again, as a careless use-case would."""
    database = Database(url)
    for _ in range(ROUNDS):
        with database.writing() as session:
            fence = session.connection().scalar(sa.select(LEASE.c.fence).with_for_update())
            session.connection().execute(sa.update(LEASE).values(fence=(fence or 0) + 1))
    database.close()


def a_lease(database: Database) -> None:
    """Store one row to write to."""
    with database.writing() as session:
        session.add(Lease.model_validate({"name": "x", "holder": "nobody", "expires_at": "2026-01-01T00:00:00Z", "fence": 0}))


def fence(database: Database) -> int:
    """Return the number stored."""
    with database.reading() as session:
        found = session.connection().scalar(sa.select(LEASE.c.fence))
        assert isinstance(found, int)
        return found


def test_read_then_write_loses_no_update(database: Database) -> None:
    """Several processes that read and then write never overwrite each other."""
    a_lease(database)
    url = database.engine.url.render_as_string(hide_password=False)
    start = multiprocessing.get_context("spawn")
    workers = [start.Process(target=counted_up, args=(url,)) for _ in range(WORKERS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert fence(database) == WORKERS * ROUNDS


def test_a_failure_rolls_everything_back(database: Database) -> None:
    """What was written before the failure is gone."""
    a_lease(database)

    def failing() -> None:
        with database.writing() as session:
            session.connection().execute(sa.update(LEASE).values(fence=7))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()
    assert fence(database) == 0


def test_readers_do_not_wait_for_a_writer(database: Database) -> None:
    """While one session writes, another reads the state before it."""
    a_lease(database)

    with database.writing() as session:
        session.connection().execute(sa.update(LEASE).values(fence=7))
        assert fence(database) == 0

    assert fence(database) == 7


def test_errors_hold_no_values(database: Database) -> None:
    """A refused row does not appear in the error's text."""
    a_lease(database)

    statement = sa.insert(LEASE).values(name="x", holder="CANARY", expires_at="2026-01-01", fence=1)

    with pytest.raises(SQLAlchemyError) as refused, database.writing() as session:
        session.connection().execute(statement)

    assert "CANARY" not in str(refused.value)


@pytest.mark.parametrize("url", ["", "nonsense", "mysql://a:CANARY@b/c", "oracle://x", "postgres://a:CANARY@b/c"])
def test_an_unknown_address_is_refused_without_repeating_it(url: str) -> None:
    """The address may hold a password."""
    with pytest.raises(DatabaseNotReadyError) as refused:
        Database(url)

    assert "CANARY" not in str(refused.value)


def test_a_database_in_a_missing_folder_is_told(tmp_path: Path) -> None:
    """People are told what to look at, in one line."""
    with pytest.raises(DatabaseNotReadyError, match="folder does not exist or may not be written"):
        Database(f"sqlite:///{tmp_path}/nowhere/x.sqlite3").probe()


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    """A picture named as database is not a traceback."""
    path = tmp_path / "x.sqlite3"
    path.write_bytes(b"certainly not a database" * 100)

    with pytest.raises(DatabaseNotReadyError, match="not a database"):
        Database(f"sqlite:///{path}").probe()


def test_a_server_that_does_not_answer_is_told() -> None:
    """Nothing listens there: said so, without the password."""
    with pytest.raises(DatabaseNotReadyError) as refused:
        Database("postgresql://somebody:CANARY@127.0.0.1:1/x?connect_timeout=2").probe()

    assert "CANARY" not in str(refused.value)
    assert "nothing answers" in str(refused.value)


def test_reading_refuses_to_write_on_postgres(postgres_database: Database) -> None:
    """A reader that writes is a mistake, and the server says so."""
    with pytest.raises((OperationalError, SQLAlchemyError)), postgres_database.reading() as session:
        session.connection().execute(sa.update(LEASE).values(fence=7))
