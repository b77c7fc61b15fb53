"""The tables, the migrations and the exchange format say the same."""

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from tracker.domain.errors import DatabaseNotReadyError
from tracker.storage import schema
from tracker.storage.engine import Database
from tracker.storage.tables.catalogue import METADATA


def constraints(database: Database) -> set[str]:
    """Return every constraint and index of a database, in its own words."""
    with database.engine.connect() as connection:
        if database.is_sqlite:
            rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'alembic%' AND sql IS NOT NULL")
            return {" ".join(sorted(f"{name} {sql}".replace('"', "").replace(",", " ").split())) for name, sql in rows}
        statement = sa.text(
            "SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text NOT LIKE 'alembic%'"
            " UNION SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT LIKE 'alembic%'"
        )
        return {text for (text,) in connection.execute(statement)}


def emptied(database: Database) -> None:
    """Drop every table."""
    with database.engine.begin() as connection:
        command.downgrade(schema.configuration(connection), "base")


def test_migrations_make_exactly_the_tables(disposable_database: Database) -> None:
    """What `upgrade` builds equals what the table classes declare, CHECK constraints and partial indexes included."""
    migrated = constraints(disposable_database)
    emptied(disposable_database)
    METADATA.create_all(disposable_database.engine)

    assert constraints(disposable_database) == migrated


def test_alembic_sees_no_difference(disposable_database: Database) -> None:
    """Columns, types and nullability agree as well."""
    with disposable_database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), METADATA) == []


def test_migrations_go_down_and_up_again(disposable_database: Database) -> None:
    """A downgrade to nothing leaves no table; an upgrade makes the same schema again."""
    before = constraints(disposable_database)
    emptied(disposable_database)
    left = [name for name in sa.inspect(disposable_database.engine).get_table_names() if name != "alembic_version"]
    schema.upgrade(disposable_database)

    assert left == []
    assert constraints(disposable_database) == before


def test_a_newer_database_is_refused(disposable_database: Database) -> None:
    """A database that a newer program migrated is not touched."""
    with disposable_database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    for refused in (schema.upgrade, schema.require_newest):
        with pytest.raises(DatabaseNotReadyError, match="newer than this program"):
            refused(disposable_database)


def test_an_empty_database_is_refused_with_a_hint(disposable_database: Database) -> None:
    """Without tables, people are told which command makes them."""
    emptied(disposable_database)

    with pytest.raises(DatabaseNotReadyError, match="tracker init"):
        schema.require_newest(disposable_database)


def test_rows_outlive_an_upgrade(disposable_database: Database) -> None:
    """SQLite alters a table by dropping the old one: what refers to it must not go with it."""
    with schema.altering(disposable_database) as connection:
        command.downgrade(schema.configuration(connection), "0001")
    with disposable_database.engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO person (id, external_id, role, sms_detail) VALUES (1, 'N1', 'ADVOCATE', 'TIME')")
        connection.exec_driver_sql(
            "INSERT INTO account (id, person_id, login, password, active, fs_uniquifier, created_at)"
            " VALUES (1, 1, 'ana', 'x', true, 'u', '2026-01-01 00:00:00')"
        )
    schema.upgrade(disposable_database)
    with disposable_database.engine.connect() as connection:
        counts = [connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() for table in ("person", "account")]  # noqa: S608 - our own names
        watched = connection.exec_driver_sql("PRAGMA foreign_keys").scalar() if disposable_database.is_sqlite else 1

    assert (counts, watched) == ([1, 1], 1)
