"""A court's published calendar as CSV: rows in, each with its instant; what cannot be read is told with its place."""

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tracker.domain.errors import InvalidInputError, Problem
from tracker.domain.folding import fold
from tracker.formats.layouts import Layout
from tracker.formats.text_files import inspect

MOST_PROBLEMS = 100
MOST_ROWS = 1_000_000
LONGEST_CELL = 500
LONGEST_RESULT = 4000
YEARS = range(1990, 2100)
_FIELDS = ("court", "case_number", "date", "time", "room", "session_type", "panel", "result")


class Moment(NamedTuple):
    """When a hearing starts: an aware UTC instant, the court's date, and whether its time is known."""

    starts_at: datetime
    day: date
    time_known: bool


class CalendarRow(NamedTuple):
    """One hearing as a calendar lists it; ``row`` counts as a spreadsheet does, the heading is row 1."""

    row: int
    case_number: str
    moment: Moment
    room: str
    session_type: str
    panel: str
    result: str


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One thing wrong: ``row`` as in a spreadsheet, ``column`` as the file calls it; none where it is the whole file."""

    row: int | None
    column: str | None
    message: str


@dataclass(slots=True)
class CourtCalendar:
    """What was read: all rows that can be read, ``count`` of all data rows, and the problems (at most 100)."""

    sha256: str
    count: int = 0
    rows: list[CalendarRow] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)


class _UnfitError(Exception):
    """A cell that cannot be read."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


def read(path: Path, layout: Layout, zone: ZoneInfo, *, is_this_court: Callable[[str], bool]) -> CourtCalendar:
    """Return the calendar in a file; ``is_this_court`` tells whether a name in its court column is the court asked for.

    Raises:
        InvalidInputError: the file as a whole is no such calendar.
    """
    file = inspect(path, layout.encodings)
    calendar = CourtCalendar(file.sha256)
    with path.open(encoding=file.encoding, newline="") as text:
        lines = csv.reader(text, delimiter=layout.delimiter, strict=True)
        row = 0
        try:
            reader = _RowReader(layout, zone, is_this_court, next(lines, []), path.name)
            row = 1
            for row, cells in enumerate(lines, start=2):
                if cells:
                    _take(calendar, reader, row, cells)
                if len(calendar.problems) >= MOST_PROBLEMS or calendar.count >= MOST_ROWS:
                    calendar.problems.append(RowProblem(row, None, "reading stopped here: too many problems, or a million rows"))
                    break
        except csv.Error as error:
            calendar.problems.append(RowProblem(row + 1, None, _broken(error)))
    return calendar


def _broken(error: Exception) -> str:
    if "field larger" in str(error) or "end of data" in str(error):
        return "a quotation mark is opened here and not closed"
    return "is not well-formed CSV; expected a quotation mark inside quotation marks to be doubled"


def _take(calendar: CourtCalendar, reader: "_RowReader", row: int, cells: list[str]) -> None:
    calendar.count += 1
    try:
        calendar.rows.append(reader.row(row, cells))
    except _UnfitError as error:
        calendar.problems.append(RowProblem(row, reader.heading(error.name), str(error)))


class _RowReader:
    """Reads rows under one heading; what repeats from row to row is worked out once."""

    def __init__(self, layout: Layout, zone: ZoneInfo, is_this_court: Callable[[str], bool], header: Sequence[str], name: str) -> None:
        self._layout = layout
        self._zone = zone
        self._is_this_court = is_this_court
        self._names: dict[str, str | None] = layout.columns.model_dump()
        self._width = len(header)
        self._pick = itemgetter(*_positions(self._names, header, name))
        self._moments: dict[tuple[str, str], Moment] = {}
        self._courts: dict[str, bool] = {"": True}
        self._seen: dict[str, str] = {}

    def heading(self, name: str) -> str | None:
        """Return what the file calls one of our columns; empty for a whole row."""
        return self._names.get(name)

    def row(self, row: int, cells: list[str]) -> CalendarRow:
        """Return one row.

        Raises:
            _UnfitError: a cell cannot be read.
        """
        if len(cells) != self._width:
            raise _UnfitError("", f"has {len(cells)} cells; expected {self._width}, as in the heading")
        cells.append("")
        court, number, day, at, room, kind, panel, result = map(str.strip, self._pick(cells))
        if court not in self._courts:
            self._courts[court] = self._is_this_court(court)
        if not self._courts[court]:
            raise _UnfitError("court", "names another court than the one asked for")
        if not number:
            raise _UnfitError("case_number", "is empty; expected a case number")
        moment = self._moments.get((day, at)) or self._new_moment(day, at)
        if len(number) + len(room) + len(kind) + len(panel) + len(result) > LONGEST_CELL:
            _check_lengths(case_number=number, room=room, session_type=kind, panel=panel, result=result)
        once = self._seen.setdefault
        return CalendarRow(row, number, moment, once(room, room), once(kind, kind), once(panel, panel), once(result, result))

    def _new_moment(self, day_text: str, time_text: str) -> Moment:
        day = self._day(day_text)
        at = self._time(time_text)
        local = datetime.combine(day, at or time(), tzinfo=self._zone)
        instant = local.astimezone(UTC)
        if at is not None and instant.astimezone(self._zone).replace(tzinfo=None) != local.replace(tzinfo=None):
            raise _UnfitError("time", f"does not exist on that day: clocks in {self._zone.key} skip it")
        moment = Moment(instant, day, at is not None)
        self._moments[day_text, time_text] = moment
        return moment

    def _day(self, text: str) -> date:
        for form in self._layout.dates:
            with suppress(ValueError):
                day = datetime.strptime(text, form).date()  # noqa: DTZ007 - the zone is the court's
                if day.year in YEARS:
                    return day
        raise _UnfitError("date", f"expected a date that exists, such as {date(2021, 11, 30).strftime(self._layout.dates[0])}")

    def _time(self, text: str) -> time | None:
        if not text:
            return None
        for form in self._layout.times:
            with suppress(ValueError):
                return datetime.strptime(text, form).time()  # noqa: DTZ007 - the zone is the court's
        raise _UnfitError("time", f"expected a time such as {time(9, 5).strftime(self._layout.times[0])}, or nothing")


def _positions(names: dict[str, str | None], header: Sequence[str], file: str) -> Iterator[int]:
    """Yield where each of our columns stands; one that the layout does not have stands after the last, where nothing is."""
    found = [fold(title) for title in header]
    expected = [name for name in names.values() if name is not None]
    missing = ", ".join(f'"{name}"' for name in expected if fold(name) not in found)
    twice = ", ".join(f'"{name}"' for name in expected if found.count(fold(name)) > 1)
    told = (("missing column", missing), ("more than once", twice))
    problems = [Problem(f"{file}: row 1", f"{what}: {columns}") for what, columns in told if columns]
    if problems:
        raise InvalidInputError(problems)
    for ours in _FIELDS:
        name = names[ours]
        yield len(header) if name is None else found.index(fold(name))


def _check_lengths(**cells: str) -> None:
    for name, text in cells.items():
        if len(text) > (LONGEST_RESULT if name == "result" else LONGEST_CELL):
            raise _UnfitError(name, "is too long to be one")
