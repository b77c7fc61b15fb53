"""Tests of importing a court's calendar: the real ones, edited copies, and what must not be believed."""

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import col

from tests import calendars, rows
from tests.calendars import AT, COURT, FOLDER, KRAKOW, KRAKOW_AT, bring_in, counts, everything, line
from tracker.domain.calendar_changes import Capture
from tracker.domain.errors import ConflictError, InvalidInputError
from tracker.domain.folding import fold
from tracker.services.context import Context
from tracker.storage.tables.courts import Court
from tracker.storage.tables.hearings import CalendarCapture, Hearing
from tracker.storage.tables.proceedings import CaseNumber


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A calendar to write."""
    return tmp_path / "calendar.csv"


@pytest.mark.parametrize(
    ("name", "court", "at", "added", "ignored", "outcomes"),
    [
        ("gdansk-2021-12-31", "w Gdańsku", "2021-12-31T04:28:46+01:00", 533, 0, {"HELD": 235, "CANCELLED": 9, "POSTPONED_ON_DAY": 5}),
        ("krakow-2021-12-31", "w Krakowie", "2021-12-31T04:28:48+01:00", 828, 0,
         {"HELD": 471, "CANCELLED": 35, "POSTPONED_IN_ADVANCE": 7, "POSTPONED_ON_DAY": 2, "UNKNOWN": 2}),
        ("lublin-2021-12-31", "w Lublinie", "2021-12-31T04:28:00+01:00", 495, 1, {"HELD": 304, "POSTPONED_ON_DAY": 3}),
        ("wroclaw-2022-01-18", "we Wrocławiu", "2022-01-18T20:18:52+01:00", 1155, 2, {"HELD": 508, "CANCELLED": 4, "POSTPONED_ON_DAY": 3}),
    ],
)  # fmt: skip
def test_the_real_calendars_load_and_load_again_without_a_change(  # noqa: PLR0913
    ctx: Context, *, name: str, court: str, at: str, added: int, ignored: int, outcomes: dict[str, int]
) -> None:
    """Every session arrives once with the outcome that the court told; the same document again writes not one row."""
    court = f"Wojewódzki Sąd Administracyjny {court}"
    first = bring_in(ctx, FOLDER / f"{name}.csv", court=court, at=datetime.fromisoformat(at))
    assert first.rows == added + ignored
    assert counts(first) == {"added": added} | ({"ignored": ignored} if ignored else {})
    with ctx.database.reading() as db:
        found = Counter(db.connection().execute(sa.select(col(Hearing.outcome))).scalars())
        assert set(db.connection().execute(sa.select(col(CaseNumber.is_parsed))).scalars()) == {True}
    assert {str(outcome): count for outcome, count in found.items() if outcome} == outcomes

    before = everything(ctx.database)
    second = bring_in(ctx, FOLDER / f"{name}.csv", court=court, at=datetime.fromisoformat(at))
    assert counts(second) == {"unchanged": added} | ({"ignored": ignored} if ignored else {})
    assert everything(ctx.database) == before


def test_an_edited_copy_yields_exactly_what_was_edited(ctx: Context, path: Path) -> None:
    """Ten moved, seven cancelled, five added, three decided; everything else stays."""
    lines = calendars.read(KRAKOW)
    bring_in(ctx, KRAKOW, at=KRAKOW_AT)
    alone = Counter(each["case_number"] for each in lines)
    ahead = [
        each
        for each in lines
        if each["date"] > "2022-01-05" and each["date"] < "2022-02-25" and not each["result"] and alone[each["case_number"]] == 1
    ]
    moved, cancelled = ahead[:10], ahead[10:17]
    for each in moved:
        each["room"] += " bis"
    kept = [each for each in lines if each not in cancelled]
    fresh = [line(f"I SA/Kr {number}/22", "2022-02-01") for number in range(1, 6)]
    report = bring_in(ctx, calendars.write(path, kept + fresh), at=KRAKOW_AT + timedelta(hours=1))
    assert report.rows == 826
    assert counts(report) == {"added": 5, "moved": 10, "cancelled": 7, "unchanged": 811}
    again = bring_in(ctx, path, at=KRAKOW_AT + timedelta(hours=1))
    assert counts(again) == {"unchanged": 826}


def test_results_become_outcomes_as_days_pass(ctx: Context, path: Path) -> None:
    """A later capture tells what became of hearings; one called off ahead of its day is told at once."""
    first = [line("K 1/22", "2022-01-12"), line("K 2/22", "2022-01-12", ""), line("K 3/22", "2022-01-20"), line("K 4/22", "2022-01-30")]
    bring_in(ctx, calendars.write(path, first))
    for each, result in zip(first, ["Oddalono skargę", "cokolwiek", "Zdjęto z wokandy", "Oddalono skargę"], strict=True):
        each["result"] = result
    later = AT + timedelta(days=3)
    assert counts(bring_in(ctx, calendars.write(path, first), at=later)) == {"outcomes": 3, "unchanged": 1}
    with ctx.database.reading() as db:
        query = sa.select(col(Hearing.outcome), col(Hearing.outcome_reported_on)).order_by(
            col(Hearing.starts_at), col(Hearing.time_known).desc()
        )
        found = [(str(outcome), told and told.isoformat()) for outcome, told in db.connection().execute(query)]
    assert sorted(found) == [("CANCELLED", "2022-01-13"), ("HELD", "2022-01-13"), ("None", None), ("UNKNOWN", "2022-01-13")]
    assert counts(bring_in(ctx, path, at=later)) == {"unchanged": 4}


def test_window_and_drop_off(ctx: Context, path: Path) -> None:
    """What began before the capture has dropped off, what lies after the last listed day is not covered."""
    first = [line("K 1/22", "2022-01-11"), line("K 2/22", "2022-01-20"), line("K 3/22", "2022-03-01"), line("K 4/22", "2022-02-01"),
             *(line(f"K {number}/22", "2022-01-25") for number in range(10, 20))]  # fmt: skip
    bring_in(ctx, calendars.write(path, first))
    later = [line("K 1/22", "2022-01-28"), *first[3:]]
    assert counts(bring_in(ctx, calendars.write(path, later), at=AT + timedelta(days=5))) == {"added": 1, "cancelled": 1, "unchanged": 11}
    with ctx.database.reading() as db:
        gone = db.connection().execute(sa.select(col(Hearing.starts_at)).where(col(Hearing.outcome) == "CANCELLED")).scalars().all()
    assert [each.date().isoformat() for each in gone] == ["2022-01-20"]


@pytest.mark.parametrize(("gone", "is_refused"), [(2, False), (3, True)])
def test_the_brake(ctx: Context, path: Path, gone: int, is_refused: bool) -> None:  # noqa: FBT001
    """Two of ten upcoming hearings may be cancelled; for three a person must insist."""
    lines = [line(f"K {number}/22", f"2022-02-{number:02}") for number in range(1, 11)]
    past = [line(f"K {number}/21", "2021-12-01") for number in range(1, 11)]
    bring_in(ctx, calendars.write(path, lines + past))
    before = everything(ctx.database)
    calendars.write(path, lines[gone:] + past)
    report = bring_in(ctx, path)
    assert report.cancelled == gone
    assert bool(report.errors) is is_refused
    if is_refused:
        assert "3 of the court's 10 upcoming hearings (more than 20 %)" in report.errors[0].message
        assert everything(ctx.database) == before
        assert counts(bring_in(ctx, path, replace=True)) == {"cancelled": 3, "unchanged": 17}


def test_a_document_without_rows_is_not_believed(ctx: Context, path: Path) -> None:
    """An empty answer of the court's site must not wipe every hearing, unless a person says so."""
    bring_in(ctx, calendars.write(path, [line("K 1/22", "2022-02-01"), line("K 1/21", "2021-02-01")]))
    before = everything(ctx.database)
    report = bring_in(ctx, calendars.write(path, []))
    assert "no row can be read" in report.errors[0].message
    assert everything(ctx.database) == before
    assert counts(bring_in(ctx, path, replace=True)) == {"cancelled": 1}


def test_an_older_capture_is_not_believed(ctx: Context, path: Path) -> None:
    """Yesterday's list does not undo today's."""
    bring_in(ctx, calendars.write(path, [line("K 1/22", "2022-02-01")]))
    before = everything(ctx.database)
    report = bring_in(ctx, calendars.write(path, [line("K 1/22", "2022-02-02")]), at=AT - timedelta(seconds=1))
    assert "a newer calendar of this court was imported already" in report.errors[0].message
    assert everything(ctx.database) == before
    assert counts(bring_in(ctx, path, at=AT - timedelta(seconds=1), replace=True)) == {"moved": 1}


def test_a_row_that_cannot_be_read_stops_the_whole_document(ctx: Context, path: Path) -> None:
    """All or nothing, with every problem told."""
    before = everything(ctx.database)
    report = bring_in(ctx, calendars.write(path, [line("K 1/22", "2022-02-30"), line("K 2/22", "2022-02-01"), line("", "2022-02-01")]))
    assert [(error.row, error.column) for error in report.errors] == [(2, "date"), (4, "case_number")]
    assert (report.rows, report.added) == (3, 0)
    path.write_bytes(b"")
    assert bring_in(ctx, path).errors[0].message == "calendar.csv: is empty"
    assert everything(ctx.database) == before


def test_a_dry_run_tells_and_writes_nothing(ctx: Context, path: Path) -> None:
    """The counts are those of the real run."""
    before = everything(ctx.database)
    calendars.write(path, [line("K 1/22", "2022-02-01"), line("K 1/22", "2022-02-01")])
    assert counts(bring_in(ctx, path, dry_run=True)) == {"added": 1, "ignored": 1}
    assert everything(ctx.database) == before
    assert counts(bring_in(ctx, path)) == {"added": 1, "ignored": 1}


def test_the_court_is_found_in_any_spelling(ctx: Context, path: Path) -> None:
    """Cyrillic, Latin, plain letters: one court; its own zone counts, not the layout's."""
    with ctx.database.writing() as db:
        rows.court(db, name="Виши суд у Нишу", name_folded=fold("Виши суд у Нишу"), timezone="Europe/Lisbon")
    for spelling in ("Viši sud u Nišu", "visi sud u nisu", "ВИШИ СУД У НИШУ"):
        bring_in(ctx, calendars.write(path, [line("K 1/22", "2022-02-01", court="VIŠI SUD U NIŠU")]), court=spelling)
    with ctx.database.reading() as db:
        assert db.connection().execute(sa.select(sa.func.count()).select_from(Court)).scalar() == 1
        assert [each.hour for each in db.connection().execute(sa.select(col(Hearing.starts_at))).scalars()] == [9]


def test_a_case_is_found_in_any_spelling(ctx: Context, path: Path) -> None:
    """The same number under two spellings is one case; the text is kept as first written, sealed."""
    bring_in(ctx, calendars.write(path, [line("K. br. 11/22", "2022-02-01")]))
    assert counts(bring_in(ctx, calendars.write(path, [line("К 11/2022", "2022-02-01")]))) == {"unchanged": 1}
    assert counts(bring_in(ctx, calendars.write(path, [line("K 11/22", "2022-02-01"), line("sprawa X", "2022-02-01")]))) == {
        "unchanged": 1,
        "added": 1,
    }
    with ctx.database.reading() as db:
        found = db.connection().execute(sa.select(col(CaseNumber.ref), col(CaseNumber.text_sealed), col(CaseNumber.is_parsed))).all()
    assert sorted((ctx.keys.open("case_number.text_sealed", ref, text), parsed) for ref, text, parsed in found) == [
        ("K. br. 11/22", True),
        ("sprawa X", False),
    ]


def test_where_hearings_were_learnt_from_is_kept(ctx: Context, path: Path) -> None:
    """Each capture leaves one note; the same document of the same instant none more."""
    calendars.write(path, [line("K 1/22", "2022-02-01")])
    for at in (AT, AT, AT + timedelta(days=1)):
        bring_in(ctx, path, at=at)
    with ctx.database.reading() as db:
        query = sa.select(
            col(CalendarCapture.captured_at), col(CalendarCapture.rows), col(CalendarCapture.added), col(CalendarCapture.imported_at)
        )
        found = [tuple(row) for row in db.connection().execute(query.order_by(col(CalendarCapture.captured_at)))]
    assert found == [(AT, 1, 1, ctx.now()), (AT + timedelta(days=1), 1, 0, ctx.now())]


def test_names_that_lead_nowhere(ctx: Context, path: Path) -> None:
    """No name, two courts of one name, a layout that is not there."""
    calendars.write(path, [line("K 1/22", "2022-02-01")])
    with pytest.raises(InvalidInputError, match="expected the name of a court"):
        bring_in(ctx, path, court=" ")
    with pytest.raises(InvalidInputError, match="expected a TOML file"):
        bring_in(ctx, path, mapping="none")
    with ctx.database.writing() as db:
        for name in ("Sąd A", "SĄD A", "Sad a"):
            rows.court(db, name=name, name_folded="sad a")
    with pytest.raises(ConflictError, match="several courts have this name"):
        bring_in(ctx, path, court="sąd a")
    assert bring_in(ctx, path, court="SĄD A").errors[0].message == "names another court than the one asked for"


def test_without_a_captured_instant_it_is_now(ctx: Context, path: Path) -> None:
    """What lies before now is past."""
    calendars.write(
        path, [line("K 1/22", "2026-11-23", "07:59", result="Oddalono"), line("K 2/22", "2026-11-23", "08:01", result="Oddalono")]
    )
    bring_in(ctx, path, at=None)
    with ctx.database.reading() as db:
        assert sorted(str(each) for each in db.connection().execute(sa.select(col(Hearing.outcome))).scalars()) == ["HELD", "None"]
    assert Capture(ctx.now(), ctx.now().date()).at == ctx.now()


@pytest.mark.parametrize(("day", "utc_hour"), [("2022-03-26", 8), ("2022-03-27", 7), ("2022-10-29", 7), ("2022-10-30", 8)])
def test_nine_o_clock_is_nine_at_the_court_on_both_sides_of_both_nights(ctx: Context, path: Path, day: str, utc_hour: int) -> None:
    """Instants are kept in UTC and compared as such, so a second import finds them."""
    calendars.write(path, [line("K 1/22", day), line("K 2/22", day, "")])
    bring_in(ctx, path)
    assert counts(bring_in(ctx, path)) == {"unchanged": 2}
    with ctx.database.reading() as db:
        hours = db.connection().execute(sa.select(col(Hearing.starts_at)).where(col(Hearing.time_known))).scalars().all()
    assert [each.hour for each in hours] == [utc_hour]


def test_a_court_not_known_is_made_in_the_layout_s_zone(ctx: Context, path: Path) -> None:
    """Its id is generated until a document claims the court."""
    bring_in(ctx, calendars.write(path, [line("K 1/22", "2022-02-01")]))
    with ctx.database.reading() as db:
        found = db.connection().execute(sa.select(col(Court.name), col(Court.timezone), col(Court.is_external_id_generated))).one()
    assert tuple(found) == (COURT, "Europe/Warsaw", True)
