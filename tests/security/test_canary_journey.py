"""The canary journey: every secret is marked, everything happens, and then the marks are searched for wherever data goes or lies.

Once with each database. What may stand where says `tests.security.allowed`; anything else that is found is a leak.
"""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from pydantic import BaseModel, SecretStr

from tests import postgres
from tests.conftest import IN_CI
from tests.security import allowed, journey
from tests.security import office as offices
from tests.security.office import CONTROL, Marked
from tests.security.rest import found_at_rest, opened_values
from tests.simulators.twilio import simulated
from tracker.privacy import places
from tracker.settings import Settings, load_settings
from tracker.storage import schema
from tracker.storage.engine import Database
from tracker.storage.sealed_columns import sealed_columns

ONLY_HASHED = {places.ACCOUNT_RECOVERY}
"""Recovery codes are kept as keyed marks."""
DERIVED = {
    places.MESSAGE_BODY: "made.link", places.AUDIT_REASON: places.OPENED_CASE_REASON, places.REVISION_BEFORE: places.HEARING_PANEL,
}  # fmt: skip
"""A message is marked by the token of its link; the log holds the reasons that people give; an entry as it was has its own marks."""
LOGGED = {
    "log: serve": [b"page.failed"],
    "log: worker": [b"worker.leads", b"worker.stopped"],
    "log: libraries at debug level": [b"INSERT INTO person_identity"],
}
"""What was logged for certain: the logs were really kept."""


@dataclass(frozen=True, slots=True)
class Travelled:
    """What the journey left: what was found, where; on the disk of SQLite before and after people were erased, too.

    PostgreSQL overwrites nothing that quickly: whatever lay open before lies there still.
    """

    office: Marked
    found: Mapping[str, set[str]]
    at_rest: Mapping[str, set[str]]
    sealed: Mapping[str, list[str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of everything."""
    (tmp_path / "tmp").mkdir()
    return tmp_path


@pytest.fixture(params=["sqlite", "postgresql"])
def url(folder: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a migrated, empty database; PostgreSQL has a server of its own, whose files are all ours, and logs every statement."""
    if request.param == "sqlite":
        path = folder / "tracker.sqlite3"
        shutil.copy(request.getfixturevalue("empty_sqlite"), path)
        yield f"sqlite:///{path}"
        return
    server = postgres.start()
    if server is None:
        if IN_CI:
            pytest.fail("PostgreSQL is needed in CI")
        pytest.skip("no PostgreSQL binaries")
    try:
        _log_everything(server.url)
        database = Database(server.url)
        schema.upgrade(database)
        database.close()
        yield server.url
    finally:
        server.stop()


def _log_everything(url: str) -> None:
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql("ALTER SYSTEM SET log_statement = 'all'")
        connection.exec_driver_sql("SELECT pg_reload_conf()")


@pytest.fixture
def travelled(url: str, folder: Path) -> Iterator[Travelled]:
    """The journey, made once with each database."""
    with simulated() as provider, pytest.MonkeyPatch.context() as machine:
        machine.setenv("TMPDIR", str(folder / "tmp"))
        machine.setattr(tempfile, "tempdir", None)
        office = offices.opened(folder, url, provider)
        journey.travel(office)
        before = found_at_rest(office) if office.ctx.database.is_sqlite else {}
        sealed = opened_values(office, load_settings(office.config).key_ring())
        journey.leave(office)
        at_rest = {place: kinds | before.get(place, set()) for place, kinds in found_at_rest(office).items()}
        yield Travelled(office, office.marks.found_in_all(office.heap), before | at_rest, sealed)
        office.ctx.database.close()


def leaks(travelled: Travelled) -> Iterator[object]:
    """Yield what stands where it must not: on a page, in a header, message, calendar, list, export, log, error, or in a file.

    No file of a database, no log of its server, no backup and no left-over holds a secret, before anybody is erased or after.
    """
    yield allowed.unexpected(travelled.found)
    yield allowed.unexpected(travelled.at_rest)


def not_searched(travelled: Travelled) -> Iterator[object]:
    """Yield where the search finds nothing although something stands there: what is allowed, and the seat of the court in each file."""
    is_sqlite = travelled.office.ctx.database.is_sqlite
    yield from allowed.unused({**travelled.found, **travelled.at_rest}, is_sqlite=is_sqlite)
    server = {"server: database", "server: write-ahead log", "server: log"}
    files = {"files: database", "files: write-ahead log"} if is_sqlite else server
    yield from (files | {"files: restored database"}) - {place for place, kinds in travelled.at_rest.items() if CONTROL in kinds}
    yield from {"files: backup"} - travelled.at_rest.keys()
    heap = {place: b"".join(pieces) for place, pieces in travelled.office.heap.items()}
    for place, words in LOGGED.items():
        yield from (f"{word!r} in {place}" for word in words if word not in heap[place])


def forgotten(travelled: Travelled) -> Iterator[object]:
    """Yield sealed columns that were not full of their mark, and secret settings that had none."""
    values = travelled.office.marks.by_kind()
    for column in sealed_columns():
        marked = values.get(DERIVED.get(column.place, column.place), [])
        texts = travelled.sealed[column.place]
        if not texts or not (column.place in ONLY_HASHED or any(value in text for value in marked for text in texts)):
            yield column.place
    yield from (
        name for name, is_set in secrets_of(travelled.office.ctx.settings).items() if f"settings.{name}" not in values or not is_set
    )


def test_no_secret_is_found_where_it_must_not_be(travelled: Travelled) -> None:
    """After the whole journey; one test, because the journey is long: nothing leaked, everything was searched, nothing was forgotten."""
    assert [leak for leak in leaks(travelled) if leak] == []
    assert list(not_searched(travelled)) == []
    assert list(forgotten(travelled)) == []


def secrets_of(section: BaseModel, prefix: str = "") -> dict[str, bool]:
    """Return the names of the secrets of a part of the settings, and whether each is set."""
    found: dict[str, bool] = {}
    for name in type(section).model_fields:
        value = getattr(section, name)
        if isinstance(value, BaseModel):
            found |= secrets_of(value, f"{prefix}{name}.")
        elif isinstance(value, SecretStr):
            found[prefix + name] = bool(value.get_secret_value())
        elif "SecretStr" in str(type(section).model_fields[name].annotation):
            found[prefix + name] = bool(value)
    return found


def test_the_secrets_of_settings_are_found() -> None:
    """A setting that is secret is noticed wherever it stands."""
    assert set(secrets_of(Settings())) == {"web.secret_key", "web.password_salt", "keys.ring", "keys.index", "twilio.auth_token"}
