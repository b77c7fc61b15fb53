"""Court calendars for tests: the four real ones, and small ones made up row by row."""

import csv
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from tracker.services.calendar_import import CalendarImport, CalendarReport, import_calendar
from tracker.services.context import Context
from tracker.storage.engine import Database
from tracker.storage.tables.catalogue import METADATA

FOLDER = Path(__file__).parent / "data" / "court-calendars"
COURT = "Wojewódzki Sąd Administracyjny w Krakowie"
KRAKOW = FOLDER / "krakow-2021-12-31.csv"
KRAKOW_AT = datetime.fromisoformat("2021-12-31T04:28:48+01:00")
HEADER = ("court", "case_number", "date", "time", "room", "session_type", "panel", "subject", "result")
AT = datetime.fromisoformat("2022-01-10T12:00:00+01:00")

Line = dict[str, str]


def line(case_number: str, date: str, time: str = "09:00", **cells: str) -> Line:
    """Return one row of a calendar."""
    return {"court": COURT, "case_number": case_number, "date": date, "time": time, "room": "Sala 1", "session_type": "jawne"} | cells


def read(path: Path) -> list[Line]:
    """Return the rows of a calendar."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, lines: Iterable[Mapping[str, str]]) -> Path:
    """Write a calendar of the ready-made layout."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADER, restval="")
        writer.writeheader()
        writer.writerows(lines)
    return path


def bring_in(ctx: Context, path: Path, *, court: str = COURT, at: datetime | None = AT, **options: Any) -> CalendarReport:  # noqa: ANN401
    """Import a calendar."""
    return import_calendar(ctx, CalendarImport(path, court, at, **options))


def counts(report: CalendarReport) -> dict[str, int]:
    """Return the counts that are not zero; fails if there are errors."""
    assert report.errors == ()
    return {name: count for name, count in report.as_json().items() if isinstance(count, int) and count and name != "rows"}


def everything(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table, to see whether anything at all was written."""
    with database.reading() as db:
        return {
            table.name: [tuple(row) for row in db.connection().execute(sa.select(table).order_by(*table.primary_key.columns))]
            for table in METADATA.sorted_tables
        }
