"""The restore drill: from each database into each, and nothing but a whole, unaltered backup of this office gets in."""

import json
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory
from pydantic import SecretStr

from tests import demo_office, rows
from tests.backups import at, backing_up, clear, contents, key_file, sealed, url_of, written
from tests.web.visitor import Visitor
from tracker.domain.codes.people import Role
from tracker.domain.errors import ConflictError, DatabaseNotReadyError, InvalidInputError
from tracker.formats.backup.envelope import fresh_identity
from tracker.privacy.keys import fresh_key
from tracker.schemas.backup import BackupRefusedError
from tracker.services import audit_proof
from tracker.services.backup_making import make_backup
from tracker.services.backup_restoring import held, note_restored, prove, restore
from tracker.services.caseload_export import export_caseload
from tracker.services.context import Context
from tracker.services.figures import statistics
from tracker.settings import KeySettings, Settings
from tracker.storage import schema
from tracker.storage.engine import Database
from tracker.storage.tables.people import Person
from tracker.web.app import create_app


@pytest.fixture
def fresh_postgres(postgres_address: str) -> Iterator[list[str]]:
    """Addresses of two PostgreSQL databases without a table."""
    server = sa.create_engine(postgres_address, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    names = [f"restored_{uuid.uuid4().hex[:12]}" for _ in range(2)]
    with server.connect() as connection:
        for name in names:
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
    yield [sa.make_url(postgres_address).set(database=name).render_as_string(hide_password=False) for name in names]
    with server.connect() as connection:
        for name in names:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def backup(sqlite_ctx: Context, tmp_path: Path) -> Path:
    """A small backup: a court, and two people who stand in for each other."""
    with sqlite_ctx.database.writing() as db:
        rows.court(db, name="CANARY COURT")
        first = rows.person(db, external_id="A")
        second = rows.person(db, external_id="B", backup_id=first)
        db.get_one(Person, first).backup_id = second
    return written(sqlite_ctx, tmp_path / "small.age")


@pytest.fixture
def target(sqlite_ctx: Context, tmp_path: Path) -> Settings:
    """The same office's settings for a database that is not there yet."""
    return at(sqlite_ctx.settings, f"sqlite:///{tmp_path / 'restored.sqlite3'}")


def told(settings: Settings, path: Path, key: Path) -> str:
    """Return the sentence with which a backup is refused; nothing came into being."""
    with pytest.raises(BackupRefusedError) as refused:
        restore(settings, path, key)
    folder = Path(settings.database.url.removeprefix("sqlite:///")).parent
    assert [each.name for each in folder.iterdir() if "restor" in each.name] == []
    assert "\n" not in str(refused.value)
    return str(refused.value)


def test_the_drill(sqlite_ctx: Context, fresh_postgres: list[str], tmp_path: Path) -> None:
    """The invented office goes SQLite, PostgreSQL, PostgreSQL, SQLite, SQLite: every row, figure and export is equal each time."""
    demo_office.fill(sqlite_ctx)
    key = key_file(tmp_path)
    first = backing_up(demo_office.over(sqlite_ctx.database, sqlite_ctx.settings))
    exported, counted = export_caseload(first), statistics(first)
    make_backup(first, tmp_path / "0.age")
    here = first
    for number, url in enumerate([*fresh_postgres, *(f"sqlite:///{tmp_path}/restored-{each}.sqlite3" for each in "ab")]):
        said = json.loads(clear(tmp_path / f"{number}.age").splitlines()[-1])["end"]
        assert restore(at(first.settings, url), tmp_path / f"{number}.age", key).keys_match
        here = demo_office.over(Database(url), first.settings)
        assert {name: each.model_dump() for name, each in contents(here.database).items()} == said["tables"]
        assert audit_proof.verify(here, audit_proof.Head.parse(said["audit_head"])).ok
        assert statistics(here) == counted
        assert export_caseload(here) == exported
        written(here, tmp_path / f"{number + 1}.age")
        here.database.close()

    assert Visitor(create_app(here)).sign_in(demo_office.SIGN_IN[Role.ADVOCATE], demo_office.PASSWORD).status_code == 302
    here.database.close()


def test_new_rows_get_new_numbers(ctx: Context, backup: Path, fresh_postgres: list[str], tmp_path: Path) -> None:
    """After the highest that was restored, on PostgreSQL too."""
    url = fresh_postgres[0] if not ctx.database.is_sqlite else f"sqlite:///{tmp_path}/next.sqlite3"
    restore(at(ctx.settings, url), backup, key_file(tmp_path))
    database = Database(url)
    with database.writing() as db:
        assert rows.person(db, external_id="C") == 3
    database.close()


def test_every_older_schema_becomes_the_newest(tmp_path: Path, settings: Settings) -> None:
    """Restored as it was, then migrated."""
    revisions = [script.revision for script in ScriptDirectory.from_config(schema.configuration()).walk_revisions()]
    key = key_file(tmp_path)
    for revision in revisions:
        old = Database(f"sqlite:///{tmp_path}/{revision}.sqlite3")
        with schema.altering(old) as connection:
            command.upgrade(schema.configuration(connection), revision)
        with old.writing() as db:
            rows.court(db, name="Old court")
        made = written(demo_office.over(old, settings), tmp_path / f"{revision}.age")
        place = at(settings, f"sqlite:///{tmp_path}/new-{revision}.sqlite3")
        assert restore(place, made, key).schema == revision
        schema.require_newest(Database(place.database.url))
        assert held(place).tables == {"court": 1}

    assert revisions[-1] == "0001"


def test_a_newer_schema_is_refused(backup: Path, target: Settings, tmp_path: Path) -> None:
    """Its tables are unknown here; the program that made it is named."""
    head, *others = clear(backup).splitlines(keepends=True)
    newer = head.replace(f'"schema_revision":"{schema.newest_revision()}"'.encode(), b'"schema_revision":"9999"')

    assert "newer than this program: install the program" in told(target, sealed([newer, *others], tmp_path / "n.age"), key_file(tmp_path))


def test_a_database_that_holds_something_is_asked_about(ctx: Context, backup: Path, tmp_path: Path) -> None:
    """Without being told so, nothing is replaced; told so, all of it is."""
    place = at(ctx.settings, url_of(ctx.database))
    with ctx.database.writing() as db:
        rows.court(db, name="In the way", external_id="in-the-way")
    before = held(place)

    with pytest.raises(ConflictError, match="--replace"):
        restore(place, backup, key_file(tmp_path))

    assert held(place) == before


def test_what_was_there_is_gone_after_a_replacement(
    disposable_database: Database, settings: Settings, backup: Path, tmp_path: Path
) -> None:
    """The append-only log of what was there does not stand in the way, and the new one is append-only again."""
    place = at(settings, url_of(disposable_database))
    old = demo_office.over(disposable_database, settings)
    with disposable_database.writing() as db:
        rows.court(db, name="In the way", external_id="in-the-way")
    make_backup(backing_up(old), tmp_path / "old.age")
    disposable_database.close()

    proved = restore(place, backup, key_file(tmp_path), replace=True)
    note_restored(old, proved)

    assert held(place).tables | {"court": 1, "person": 2} == held(place).tables
    assert audit_proof.verify(old).entries == 1
    with pytest.raises(sa.exc.DatabaseError), disposable_database.writing() as db:
        db.connection().exec_driver_sql("DELETE FROM audit_entry")


def test_a_database_in_use_is_left_alone(sqlite_ctx: Context, backup: Path, tmp_path: Path) -> None:
    """Somebody still looks into it."""
    place = at(sqlite_ctx.settings, url_of(sqlite_ctx.database))
    with sqlite_ctx.database.reading() as other:
        other.connection().exec_driver_sql("SELECT count(*) FROM court").one()
        with pytest.raises(DatabaseNotReadyError, match="another program uses"):
            restore(place, backup, key_file(tmp_path), replace=True)
    assert held(place).tables == {"court": 1, "person": 2}


def test_a_rehearsal_makes_nothing(backup: Path, target: Settings, tmp_path: Path) -> None:
    """Proved and counted, no database afterwards."""
    proved = prove(target, backup, key_file(tmp_path))

    assert (proved.tables["person"], proved.rows, proved.keys_match) == (2, 3, True)
    assert held(target).schema == ""
    assert not (tmp_path / "restored.sqlite3").exists()


def test_a_cut_or_altered_file_is_refused(backup: Path, target: Settings, tmp_path: Path) -> None:
    """At every kind of place: header, first piece, middle, last byte; a bit more is refused as well."""
    whole, key, broken = backup.read_bytes(), key_file(tmp_path), tmp_path / "broken.age"
    places = sorted({0, 1, 21, 22, 60, 100, 166, 200, len(whole) // 2, len(whole) - 17, len(whole) - 16, len(whole) - 1})
    for place in places:
        broken.write_bytes(whole[:place])
        assert told(target, broken, key)
        broken.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert told(target, broken, key)
    for added in (b"\0", whole):
        broken.write_bytes(whole + added)
        assert told(target, broken, key)


def test_another_key_is_told(backup: Path, target: Settings, tmp_path: Path) -> None:
    """Somebody else's key, and files that are none."""
    other = tmp_path / "other.txt"
    for text, words in (
        (fresh_identity()[0], "this key does not open the backup"),
        ("AGE-SECRET-KEY-1CANARY", "holds no age secret key"),
        ("", "holds no age secret key"),
        ("\u0444", "holds no age secret key"),
    ):
        other.write_text(text, encoding="utf-8")
        assert words in told(target, backup, other)
    with pytest.raises(InvalidInputError, match="cannot be read"):
        restore(target, backup, tmp_path / "nowhere")
    with pytest.raises(InvalidInputError, match="cannot be read"):
        restore(target, tmp_path / "nowhere", key_file(tmp_path))


def test_a_forged_backup_is_refused(backup: Path, target: Settings, tmp_path: Path) -> None:
    """Everybody may know the recipient; the mark they cannot make."""
    lines = clear(backup).splitlines(keepends=True)
    end = json.loads(lines[-1])
    end["end"]["mark"] = "0" * 64
    forged = sealed([*lines[:-1], json.dumps(end).encode() + b"\n"], tmp_path / "forged.age")

    assert "does not bear the mark of this office" in told(target, forged, key_file(tmp_path))


def test_a_backup_of_other_keys_must_be_asked_for(backup: Path, target: Settings, tmp_path: Path) -> None:
    """Fresh keys have the same number as the old ones: told before anything is changed, not as broken seals afterwards."""
    fresh = KeySettings(ring={1: SecretStr(fresh_key())}, index=SecretStr(fresh_key()))
    other = target.model_copy(update={"keys": fresh})

    assert "not made with the keys of this configuration" in told(other, backup, key_file(tmp_path))
    assert not restore(other, backup, key_file(tmp_path), other_keys=True).keys_match


def test_rows_that_refer_to_nothing_are_refused(ctx: Context, tmp_path: Path, fresh_postgres: list[str]) -> None:
    """A backup of a broken database, sealed and marked as it should be."""
    source = demo_office.over(Database(f"sqlite:///{tmp_path}/loose.sqlite3"), ctx.settings)
    schema.upgrade(source.database)
    with source.database.writing() as db:
        rows.person(db, external_id="A")
    with source.database.engine.connect() as loose:
        loose.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
        with loose.begin():
            loose.exec_driver_sql("UPDATE person SET backup_id = 77")
    path = written(source, tmp_path / "loose.age")
    url = f"sqlite:///{tmp_path}/never.sqlite3" if ctx.database.is_sqlite else fresh_postgres[0]

    with pytest.raises((BackupRefusedError, DatabaseNotReadyError)):
        restore(at(ctx.settings, url), path, key_file(tmp_path))
    assert held(at(ctx.settings, url)).schema == ""
