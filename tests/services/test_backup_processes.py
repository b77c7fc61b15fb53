"""Backups between real processes: others write meanwhile, the power fails in the middle, the disk is full."""

import multiprocessing
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest
import sqlalchemy as sa

from bench._caseload import build
from tests import rows
from tests.backups import at, backing_up, contents, key_file, url_of, written
from tests.processes import configuration, kill, running
from tracker.domain.errors import TrackerError
from tracker.services.backup_restoring import prove, restore
from tracker.services.context import Context
from tracker.storage import schema
from tracker.storage.engine import Database

PROCEEDINGS = 600


def pairs(url: str) -> None:
    """Write a court and its proceeding in one transaction, again and again."""
    database = Database(url)
    for number in range(10**6):
        with database.writing() as db:
            rows.proceeding(db, rows.court(db, external_id=f"c{number}"), external_id=f"p{number}", ref=f"r{number}")
    database.close()


def test_a_backup_while_others_write_holds_one_moment(ctx: Context, tmp_path: Path) -> None:
    """As many proceedings as courts each time, and more from time to time; the writer never waits for the end of a backup."""
    writer = multiprocessing.get_context("spawn").Process(target=pairs, args=(url_of(ctx.database),), daemon=True)
    writer.start()
    key = key_file(tmp_path)
    counts: list[int] = []
    end = monotonic() + 30
    while len(counts) < 3 and monotonic() < end:
        tables = prove(ctx.settings, written(ctx, tmp_path / "one.age"), key).tables
        assert tables["court"] == tables["proceeding"]
        counts += [tables["court"]] if tables["court"] and tables["court"] not in counts else []
    writer.kill()
    writer.join()

    assert len(counts) == 3
    assert counts == sorted(counts)


@pytest.fixture
def large(sqlite_ctx: Context, tmp_path: Path) -> Path:
    """A backup of some thousand rows, so that there is a middle."""
    build(sqlite_ctx.database, PROCEEDINGS)
    return written(sqlite_ctx, tmp_path / "large.age")


def test_a_backup_that_is_killed_leaves_nothing_of_that_name(sqlite_ctx: Context, large: Path, tmp_path: Path) -> None:
    """Only a part beside, sealed; the next backup is whole."""
    config = configuration(tmp_path / "config.toml", backing_up(sqlite_ctx))
    file = tmp_path / "out" / "killed.age"
    file.parent.mkdir()
    with running("backup", str(file), "--config", str(config)) as process:
        while not (parts := list(file.parent.glob(".killed.age.*.part"))) and process.poll() is None:
            sleep(0.002)
        kill(process)

    assert parts
    assert not file.exists()
    assert b"proceeding" not in parts[0].read_bytes()
    assert prove(sqlite_ctx.settings, large, key_file(tmp_path)).tables["proceeding"] == PROCEEDINGS


@pytest.fixture
def place(ctx: Context, postgres_address: str) -> Iterator[Database]:
    """A database with something in it, of each kind, whose tables may be dropped."""
    if ctx.database.is_sqlite:
        yield ctx.database
        return
    server = sa.create_engine(postgres_address, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    name = f"killed_{uuid.uuid4().hex[:12]}"
    with server.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    database = Database(sa.make_url(postgres_address).set(database=name).render_as_string(hide_password=False))
    schema.upgrade(database)
    yield database
    database.close()
    with server.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


def test_a_restore_that_is_killed_leaves_the_old_or_the_new(ctx: Context, place: Database, tmp_path: Path) -> None:
    """At several moments; afterwards the same command does it."""
    source = Database(f"sqlite:///{tmp_path}/source.sqlite3")
    schema.upgrade(source)
    build(source, PROCEEDINGS)
    new = contents(source)
    file = written(Context(ctx.clock, source, ctx.keys, ctx.pack, ctx.settings), tmp_path / "new.age")
    source.close()
    with place.writing() as db:
        rows.court(db, name="Old court")
    old = contents(place)
    place.close()
    config, key = configuration(tmp_path / "config.toml", Context(ctx.clock, place, ctx.keys, ctx.pack, ctx.settings)), key_file(tmp_path)
    seen = []
    for wait in (0.0, 0.1, 0.3, 0.5):
        with running("restore", str(file), "--identity", str(key), "--replace", "--config", str(config)) as process:
            _begun(process, place)
            sleep(wait)
            kill(process)
        found = contents(place)
        place.close()
        assert found == old or found | {"audit_entry": None, "audit_head": None} == new | {"audit_entry": None, "audit_head": None}
        seen.append(found == old)
        if found != old:
            break
    restore(at(ctx.settings, url_of(place)), file, key, replace=True)

    assert seen[0]
    assert contents(place) == new
    assert not list(tmp_path.glob(".*restoring*"))


def _begun(process: subprocess.Popen[str], place: Database) -> None:
    """Wait until the new database is being filled."""
    path = Path(place.engine.url.database or "")
    while process.poll() is None:
        if place.is_sqlite:
            if path.with_name(f".{path.name}.restoring-wal").exists():
                return
        else:
            with place.engine.connect() as connection:
                query = "SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND pid <> pg_backend_pid() AND granted"
                if connection.exec_driver_sql(query).scalar():
                    return
        sleep(0.005)


def test_a_full_disk_is_told(sqlite_ctx: Context, large: Path, tmp_path: Path) -> None:
    """In one line, and nothing is left, not even over an older file."""
    config = configuration(tmp_path / "config.toml", backing_up(sqlite_ctx))
    sqlite_ctx.database.close()
    older = tmp_path / "older.age"
    older.write_bytes(b"older")
    limit = f"ulimit -f 40; exec '{sys.executable}' -m tracker backup '{older}' --replace --config '{config}'"
    refused = subprocess.run(["bash", "-c", limit], capture_output=True, text=True, check=False, env=dict(os.environ))  # noqa: S607, TID251

    assert large.stat().st_size > 40 * 1024
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == f"{older}: cannot be written (File too large)\n"
    assert older.read_bytes() == b"older"
    assert not list(tmp_path.glob(".*.part"))


def test_a_database_that_breaks_off_is_told(sqlite_ctx: Context, large: Path, tmp_path: Path) -> None:
    """A damaged page is no traceback and no backup."""
    sqlite_ctx.database.close()
    path = Path(sqlite_ctx.database.engine.url.database or "")
    content = bytearray(path.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 40_000] = b"\xff" * 40_000
    path.write_bytes(content)

    assert large.exists()
    with pytest.raises(TrackerError, match="broke off"):
        written(sqlite_ctx, tmp_path / "broken.age")
