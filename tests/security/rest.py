"""What lies on the disk: files of both databases, logs of the server, backups, copies, whatever a temporary folder still holds."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.canaries import files_below
from tests.security.office import Marked
from tracker.privacy.keys import KeyRing
from tracker.storage.queries import sealed_values
from tracker.storage.sealed_columns import sealed_columns

OURS = frozenset({
    "config.toml", "backup-key.txt", "caseload.json", "calendar.csv", "broken.json", "torn.json", "broken.csv", "broken.toml",
})  # fmt: skip
"""What the operator wrote, and the court: not what the program made of it."""
KINDS = {"-wal": "write-ahead log", "-shm": "shared memory", "-journal": "journal", ".sqlite3": "database", ".age": "backup"}


def found_at_rest(office: Marked) -> dict[str, set[str]]:
    """Return what is found in each kind of file, also in those where nothing is."""
    found: dict[str, set[str]] = {}
    for path, data in _files(office):
        found.setdefault(_kind(office, path), set()).update(office.marks.found_in(data.rstrip(b"\0")))
    return found


def _files(office: Marked) -> Iterator[tuple[Path, bytes]]:
    yield from ((path, data) for path, data in files_below([office.folder]) if path.name not in OURS)
    if not office.ctx.database.is_sqlite:
        with office.ctx.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("CHECKPOINT")
            data = Path(connection.exec_driver_sql("SHOW data_directory").scalar_one())
            own = str(connection.exec_driver_sql("SELECT oid FROM pg_database WHERE datname = current_database()").scalar_one())
        others = {path for path in (data / "base").iterdir() if path.name != own}
        yield from ((path, content) for path, content in files_below([data]) if not others & set(path.parents))
        yield data.parent / "log", (data.parent / "log").read_bytes()


def _kind(office: Marked, path: Path) -> str:
    if office.folder not in path.parents:
        return "server: log" if path.name == "log" else "server: write-ahead log" if path.parent.name == "pg_wal" else "server: database"
    if path.parent == office.folder / "tmp":
        return "files: left over"
    if path.parent.name == "restored":
        return "files: restored database"
    return next((f"files: {kind}" for end, kind in KINDS.items() if path.name.endswith(end)), f"files: {path.name}")


def opened_values(office: Marked, keys: KeyRing) -> Mapping[str, list[str]]:
    """Return every sealed value of the database in clear, by its column."""
    with office.ctx.database.reading() as db:
        return {
            column.place: [keys.open(column.place, value.row, value.blob) for value in sealed_values.batch(db, column, None, -1, 100_000)]
            for column in sealed_columns()
        }
