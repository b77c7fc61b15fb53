"""The whole caseload as one document: what an import of it makes again."""

import json
import os
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from tracker.domain.errors import InvalidInputError, Problem
from tracker.formats.caseload import shape
from tracker.services import audit
from tracker.services.caseload.kinds import KINDS, Kind, Row
from tracker.services.caseload.rows import clear_rows
from tracker.services.context import Context
from tracker.storage.queries import caseload as queries

MINUTE = timedelta(minutes=1)
Entry = dict[str, Any]


def export_caseload(ctx: Context) -> Entry:
    """Return the record as a caseload document, defaults spelt out, what is not known left out, instants in their court's time.

    Hearings of watched cases, which no proceeding has yet, are no part of it.
    """
    with ctx.database.reading() as db:
        document = _Export(db, ctx).document()
    audit.record(ctx, "caseload.exported", details={"proceedings": len(document["proceedings"]), "people": len(document["people"])})
    return document


def case_document(db: Session, ctx: Context, proceeding_id: int) -> Entry:
    """Return one proceeding as a document of its own, with the courts and without anybody of the office."""
    document = _Export(db, ctx, [proceeding_id]).document()
    for proceeding in document["proceedings"]:
        proceeding["assignments"] = []
    return document


def cases_of(db: Session, ctx: Context, proceeding_ids: Collection[int]) -> list[Entry]:
    """Return some proceedings as they stand in a caseload document, without anybody of the office; no name of one is even opened."""
    proceedings: list[Entry] = _Export(db, ctx, proceeding_ids).document()["proceedings"]
    return proceedings


def write_caseload(ctx: Context, path: Path) -> Entry:
    """Write the document to a file that only its owner can read, whole or not at all, over an older one; and return it.

    Raises:
        InvalidInputError: the file cannot be written there.
    """
    document = export_caseload(ctx)
    try:
        replace_file(path, json.dumps(document, ensure_ascii=False, indent=1) + "\n")
    except OSError as error:
        raise InvalidInputError([Problem(str(path), f"cannot be written ({error.strerror})")]) from None
    return document


def replace_file(path: Path, text: str) -> None:
    """Write a text to a file that only its owner can read, whole or not at all, over an older one."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


class _Export:
    """One export from one consistent state."""

    def __init__(self, db: Session, ctx: Context, only: Collection[int] | None = None) -> None:
        self.ctx, self.only = ctx, only
        self.rows = {kind.name: clear_rows(db, kind, self._stored(db, kind), ctx.keys) for kind in KINDS}
        self.names = {
            kind.name: {row["id"]: row["external_id"] for row in self.rows[kind.name]} for kind in KINDS if "external_id" in kind.table.c
        }
        self.zones = {row["id"]: ZoneInfo(row["timezone"]) for row in self.rows["courts"]}
        self.courts = {row["id"]: row["court_id"] for row in self.rows["proceedings"]}

    def _stored(self, db: Session, kind: Kind) -> list[Row]:
        if self.only is not None and kind.name != "courts":
            column = "proceeding_id" if kind.is_of_proceeding else "id"
            return [] if kind.name == "people" else queries.rows_where(db, kind.table, column, self.only)
        return queries.all_rows(db, kind.table, of_proceedings=kind.is_of_proceeding)

    def document(self) -> Entry:
        inside: dict[int, Entry] = {
            row["id"]: {kind.name: [] for kind in KINDS if kind.is_of_proceeding} for row in self.rows["proceedings"]
        }
        whole: Entry = {"format": "court-caseload/1", "jurisdiction": self.ctx.pack.code, "courts": [], "people": [], "proceedings": []}
        for kind in KINDS:
            for row in self.rows[kind.name]:
                entry = dict(self._properties(kind, row))
                if kind.is_of_proceeding:
                    inside[row["proceeding_id"]][kind.name].append(entry)
                else:
                    whole[kind.name].append(entry | inside.get(row["id"], {}) if kind.name == "proceedings" else entry)
        return whole

    def _properties(self, kind: Kind, row: Row) -> Iterator[tuple[str, object]]:
        """Yield what is known of an entry, in the order of the format."""
        columns = kind.columns
        for name in shape.properties()[kind.name]:
            if name in columns:
                value = row[columns[name]]
            elif name in kind.references:
                column, target = kind.references[name]
                value = self.names[target].get(row[column])
            elif name in kind.links:
                value = self._listed(name, row[name]) or None
            else:
                value = row.get(name)
            if value is not None:
                yield name, self._plain(value, row)

    def _listed(self, name: str, links: frozenset[tuple[Any, ...]]) -> list[object]:
        if name == "summoned":
            return [self.names["victims"][victim] for (victim,) in sorted(links)]
        return [{"measure": self.names["measures"][measure], "applied": str(applied)} for measure, applied in sorted(links)]

    def _plain(self, value: object, row: Row) -> object:
        if isinstance(value, datetime):
            return self._local(value, row).isoformat()
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, float) and value.is_integer():
            return int(value)
        return value.value if isinstance(value, StrEnum) else value

    def _local(self, instant: datetime, row: Mapping[str, Any]) -> datetime:
        zone = self.zones[row["court_id"] or self.courts[row["proceeding_id"]]]
        local = instant.astimezone(zone)
        return local if (local.utcoffset() or timedelta()) % MINUTE == timedelta() else instant.astimezone(UTC)
