"""Fixtures for everybody: an empty database of each kind, and a context over it."""

import os
import shutil
import uuid
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from pydantic import SecretStr

from tests import postgres
from tracker.domain.clock import FixedClock
from tracker.domain.codes.people import Role
from tracker.formats.pack_toml import load_pack
from tracker.privacy.keys import fresh_key
from tracker.services.context import SYSTEM, Actor, Context
from tracker.settings import KeySettings, Settings, WebSettings
from tracker.storage import schema
from tracker.storage.engine import Database
from tracker.storage.tables.catalogue import METADATA

ADDRESS = "TRACKER_TEST_POSTGRES"
MORNING = datetime(2026, 11, 23, 8, 0, tzinfo=ZoneInfo("Europe/Belgrade"))
THROW_OUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
EMPTY = f"""
DO $$ DECLARE name text; found bool; BEGIN
  SET LOCAL session_replication_role = replica;
  FOREACH name IN ARRAY ARRAY{list(METADATA.tables)} LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM %I)', name) INTO found;
    IF found THEN
      EXECUTE format('DELETE FROM %I', name);
    END IF;
  END LOOP;
  PERFORM setval(seqrelid, 1, false) FROM pg_sequence;
END $$
"""  # noqa: S608 - our own table names
"""Deletes from the few tables that hold something: truncating all of them costs a tenth of a second a test."""
IN_CI = os.environ.get("CI") == "true"  # noqa: TID251 - in CI nothing that matters may be skipped


def pytest_configure(config: pytest.Config) -> None:
    """Start PostgreSQL once for all test processes."""
    if hasattr(config, "workerinput") or os.environ.get(ADDRESS) or config.option.collectonly:  # noqa: TID251
        return
    server = postgres.start()
    if server is not None:
        os.environ[ADDRESS] = server.url  # noqa: TID251 - handed to the worker processes
        config.add_cleanup(server.stop)


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file to copy."""
    path = tmp_path_factory.mktemp("template") / "empty.sqlite3"
    database = Database(f"sqlite:///{path}")
    schema.upgrade(database)
    database.close()
    return path


@pytest.fixture(scope="session")
def postgres_address() -> str:
    """The address of the throw-away server."""
    address = os.environ.get(ADDRESS)  # noqa: TID251 - set above
    if not address:
        if IN_CI:
            pytest.fail("PostgreSQL is needed in CI")
        pytest.skip("no PostgreSQL binaries")
    return address


@pytest.fixture(scope="session")
def emptied_postgres(postgres_address: str) -> Iterator[Database]:
    """A migrated PostgreSQL database of this test process, emptied after each test: making one for each takes seconds."""
    yield from _new_postgres(postgres_address)


def _new_postgres(address: str) -> Iterator[Database]:
    name = f"test_{uuid.uuid4().hex[:12]}"
    with _maintenance(address).connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    database = Database(_named(address, name))
    schema.upgrade(database)
    yield database
    database.close()
    with _maintenance(address).connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


def _maintenance(address: str) -> sa.Engine:
    return sa.create_engine(address, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)


def _named(address: str, name: str) -> str:
    return sa.make_url(address).set(database=name).render_as_string(hide_password=False)


@pytest.fixture
def sqlite_database(empty_sqlite: Path, tmp_path: Path) -> Iterator[Database]:
    """An empty SQLite database of this test's own."""
    path = tmp_path / "tracker.sqlite3"
    shutil.copy(empty_sqlite, path)
    database = Database(f"sqlite:///{path}")
    yield database
    database.close()


@pytest.fixture
def postgres_database(emptied_postgres: Database) -> Iterator[Database]:
    """An empty PostgreSQL database; whoever is still connected to it after the test is thrown out."""
    yield emptied_postgres
    emptied_postgres.close()
    with emptied_postgres.engine.begin() as connection:
        connection.exec_driver_sql(THROW_OUT)
        connection.execute(sa.text(EMPTY))
    emptied_postgres.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def disposable_database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database whose very tables a test may drop, once of each kind."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_database")
    else:
        yield from _new_postgres(request.getfixturevalue("postgres_address"))


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    """An empty database of this test's own, once of each kind."""
    found = request.getfixturevalue("sqlite_database" if request.param == "sqlite" else "postgres_database")
    assert isinstance(found, Database)
    return found


@pytest.fixture(scope="session")
def settings() -> Settings:
    """Settings with fresh keys and nothing else changed."""
    return Settings(
        keys=KeySettings(ring={1: SecretStr(fresh_key())}, index=SecretStr(fresh_key())),
        web=WebSettings(secret_key=SecretStr(fresh_key()), password_salt=SecretStr(fresh_key())),
    )


@pytest.fixture
def ctx(database: Database, settings: Settings) -> Context:
    """The system at 8 o'clock on 23 November 2026 in Belgrade, over each kind of database."""
    return _context(database, settings)


@pytest.fixture
def sqlite_ctx(sqlite_database: Database, settings: Settings) -> Context:
    """The same over SQLite alone, for what does not touch the database's own ways."""
    return _context(sqlite_database, settings)


def _context(database: Database, settings: Settings) -> Context:
    return Context(
        clock=FixedClock(MORNING), database=database, keys=settings.key_ring(), pack=load_pack("RS"), settings=settings, actor=SYSTEM
    )


def acting(ctx: Context, person_id: int, role: Role) -> Context:
    """Return ``ctx`` as a person would have it."""
    return ctx.acting_as(Actor(person_id=person_id, role=role))
