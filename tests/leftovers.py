"""What is left of somebody: every table as text, every sealed value opened, every byte of SQLite's files."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from tracker.privacy import places
from tracker.privacy.keys import SealBrokenError
from tracker.services.context import Context
from tracker.storage.tables.catalogue import METADATA

SEALED = [value for name, value in vars(places).items() if name.isupper() and value.endswith("_sealed")]


def dump(ctx: Context) -> str:
    """Return every value of every table, the sealed ones in clear as well."""
    with ctx.database.reading() as db:
        people: dict[int, str] = dict(db.connection().execute(sa.text("SELECT id, external_id FROM person")).all())
        victims: dict[int, str] = dict(db.connection().execute(sa.text("SELECT id, external_id FROM victim")).all())
        return "\n".join(
            f"{table.name}.{name}: {text}"
            for table in METADATA.sorted_tables
            for row in db.connection().execute(sa.select(table)).mappings()
            for name, value in row.items()
            for text in _texts(ctx, table.name, name, value, [*row.values(), *_owners(row, people, victims)])
        )


def _owners(row: Mapping[Any, Any], people: dict[int, str], victims: dict[int, str]) -> list[str | None]:
    """Return under whose external id a row apart may be sealed."""
    return [people.get(int(row.get("person_id") or 0)), victims.get(int(row.get("victim_id") or 0))]


def _texts(ctx: Context, table: str, name: str, value: object, row: list[Any]) -> Iterator[str]:
    yield value.hex() if isinstance(value, bytes) else str(value)
    if isinstance(value, bytes) and f"{table}.{name}" in SEALED:
        yield next(_opened(ctx, f"{table}.{name}", value, row))


def _opened(ctx: Context, where: str, value: bytes, row: list[Any]) -> Iterator[str]:
    for key in row:
        try:
            yield ctx.keys.open(where, str(key), value)
        except SealBrokenError:
            continue
    raise AssertionError(f"{where} could not be opened")


def file_bytes(ctx: Context) -> bytes:
    """Return every byte of SQLite's files; nothing on PostgreSQL, whose files are the server's."""
    if not ctx.database.is_sqlite:
        return b""
    path = Path(str(ctx.database.engine.url.database))
    return b"".join(each.read_bytes() for each in sorted(path.parent.glob(f"{path.name}*")))
