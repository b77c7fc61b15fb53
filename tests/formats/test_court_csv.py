"""Tests of reading a court's calendar from CSV."""

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tracker.domain.errors import InvalidInputError
from tracker.formats.court_csv import MOST_PROBLEMS, CourtCalendar, RowProblem, read
from tracker.formats.layouts import load_layout

WARSAW = ZoneInfo("Europe/Warsaw")
HEADER = "court,case_number,date,time,room,session_type,panel,subject,result"
ROW = "Sąd,I SA/Kr 1/21,2021-11-30,09:00,Sala 2,jawne,panel-1,podatki,uchylono"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file to fill."""
    return tmp_path / "list.csv"


def calendar(path: Path, *lines: str, encoding: str = "utf-8", layout: str = "court-csv", court: str = "Sąd") -> CourtCalendar:
    """Return what is read from some lines."""
    path.write_bytes("\n".join([*lines, ""]).encode(encoding))
    return read(path, load_layout(layout), WARSAW, is_this_court=lambda name: name == court)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250", "utf-16"])
def test_a_row_is_read_in_each_encoding(path: Path, encoding: str) -> None:
    """Letters survive, the time is the court's, the subject is never read."""
    found = calendar(path, HEADER, ROW, encoding=encoding)
    assert found.problems == []
    assert found.count == 1
    row = found.rows[0]
    assert row.moment == (datetime(2021, 11, 30, 8, 0, tzinfo=UTC), date(2021, 11, 30), True)
    assert (row.row, row.case_number, row.room, row.panel, row.result) == (2, "I SA/Kr 1/21", "Sala 2", "panel-1", "uchylono")
    assert not any("podatki" in str(cell) for cell in row)


def test_columns_may_stand_in_any_order_and_blank_lines_do_not_count(path: Path) -> None:
    """Only names matter; a heading may be written in any case."""
    found = calendar(path, "Result,PANEL,room,session_type,time,date,case_number,court", "", "won,p,r,jawne,,2021-11-30,K 1/21,Sąd", "")
    assert found.count == 1
    assert found.rows[0].row == 3
    assert found.rows[0].moment.time_known is False
    assert found.rows[0].moment.starts_at == datetime(2021, 11, 29, 23, 0, tzinfo=UTC)


def test_the_serbian_spreadsheet(path: Path) -> None:
    """Semicolons, dots, Cyrillic."""
    found = calendar(
        path,
        "Суд;Број предмета;Датум;Време;Судница;Врста;Веће;Исход",
        "Sąd;К 11/24;30.11.2021.;09.30;3;Главни претрес;;",
        layout="serbian-spreadsheet",
    )
    assert found.problems == []
    assert found.rows[0].moment.starts_at == datetime(2021, 11, 30, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        (ROW.replace("2021-11-30", "2021-02-30"), "date", "expected a date that exists, such as 2021-11-30"),
        (ROW.replace("2021-11-30", "30.11.2021"), "date", "expected a date that exists, such as 2021-11-30"),
        (ROW.replace("2021-11-30", "0021-11-30"), "date", "expected a date that exists, such as 2021-11-30"),
        (ROW.replace("2021-11-30", ""), "date", "expected a date that exists, such as 2021-11-30"),
        (ROW.replace("09:00", "25:00"), "time", "expected a time such as 09:05, or nothing"),
        (ROW.replace("2021-11-30,09:00", "2021-03-28,02:30"), "time", "does not exist on that day: clocks in Europe/Warsaw skip it"),
        (ROW.replace("I SA/Kr 1/21", " "), "case_number", "is empty; expected a case number"),
        (ROW.replace("Sąd", "Another"), "court", "names another court than the one asked for"),
        (ROW.replace("I SA/Kr 1/21", "K" * 501), "case_number", "is too long to be one"),
        (ROW.replace("uchylono", "u" * 4001), "result", "is too long to be one"),
        (ROW + ",more", None, "has 10 cells; expected 9, as in the heading"),
        ("one", None, "has 1 cells; expected 9, as in the heading"),
    ],
)
def test_what_is_wrong_is_told_by_row_and_column(path: Path, row: str, column: str | None, message: str) -> None:
    """The other rows are read all the same, so that all problems are told at once."""
    found = calendar(path, HEADER, ROW, row, ROW)
    assert found.problems == [RowProblem(3, column, message)]
    assert [each.row for each in found.rows] == [2, 4]
    assert found.count == 3


@pytest.mark.parametrize(
    ("lines", "row", "message"),
    [
        ([HEADER, ROW, 'Sąd,"K 1/21,2021-11-30'], 3, "a quotation mark is opened here and not closed"),
        ([HEADER, '"' + "x" * 140_000], 2, "a quotation mark is opened here and not closed"),
        ([HEADER, ROW, 'Sąd,"K" 1/21,x'], 3, "is not well-formed CSV; expected a quotation mark inside quotation marks to be doubled"),
        (['"court'], 1, "a quotation mark is opened here and not closed"),
    ],
)
def test_a_broken_quotation_is_told_with_the_row_where_it_begins(path: Path, lines: list[str], row: int, message: str) -> None:
    """Not with the end of the file, where it is noticed."""
    found = calendar(path, *lines)
    assert found.problems == [RowProblem(row, None, message)]


def test_a_quoted_line_break_is_one_row(path: Path) -> None:
    """Rows are counted as a spreadsheet counts them."""
    found = calendar(path, HEADER, ROW.replace("podatki", '"two\nlines"'), ROW.replace("2021-11-30", "?"))
    assert [problem.row for problem in found.problems] == [3]


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (
            HEADER.replace(",date", "").replace("room,", ""),
            'list.csv: row 1: missing column: "date", "room"',
        ),
        (HEADER.replace("panel", "room"), 'list.csv: row 1: missing column: "panel"\nlist.csv: row 1: more than once: "room"'),
        (HEADER.replace(",", ";"), 'missing column: "case_number", "date"'),
    ],
)
def test_a_missing_column_is_told(path: Path, header: str, message: str) -> None:
    """Every column that the layout names must be there, once."""
    with pytest.raises(InvalidInputError) as refusal:
        calendar(path, header, ROW)
    assert message in str(refusal.value)


def test_many_problems_end_the_reading(path: Path) -> None:
    """A file of the wrong kind does not print a million lines."""
    found = calendar(path, HEADER, *["x"] * 500)
    assert len(found.problems) == MOST_PROBLEMS + 1
    assert found.problems[-1].message == "reading stopped here: too many problems, or a million rows"


@pytest.mark.parametrize(
    ("time", "instant"),
    [
        ("2021-10-31,01:30", datetime(2021, 10, 30, 23, 30, tzinfo=UTC)),
        ("2021-10-31,02:30", datetime(2021, 10, 31, 0, 30, tzinfo=UTC)),
        ("2021-10-31,03:00", datetime(2021, 10, 31, 2, 0, tzinfo=UTC)),
        ("2021-03-28,01:59", datetime(2021, 3, 28, 0, 59, tzinfo=UTC)),
        ("2021-03-28,03:00", datetime(2021, 3, 28, 1, 0, tzinfo=UTC)),
        ("2021-07-01,09:00", datetime(2021, 7, 1, 7, 0, tzinfo=UTC)),
    ],
)
def test_both_nights_of_daylight_saving(path: Path, time: str, instant: datetime) -> None:
    """An hour that comes twice means its first coming."""
    assert calendar(path, HEADER, ROW.replace("2021-11-30,09:00", time)).rows[0].moment.starts_at == instant
