"""Tests of finding out which hearing of the record belongs to which number of a calendar."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col

from tests import calendars, rows
from tests.calendars import AT, COURT, bring_in, counts, line
from tracker.domain.case_numbers import normalise
from tracker.domain.folding import fold
from tracker.privacy import places
from tracker.services.context import Context
from tracker.storage.tables.hearings import Hearing
from tracker.storage.tables.proceedings import CaseNumber


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A calendar to write."""
    return tmp_path / "calendar.csv"


@pytest.fixture
def now(ctx: Context) -> Context:
    """The system at the moment of the capture."""
    return ctx.at(AT)


def number(db: Session, ctx: Context, court: int, text: str, proceeding: int | None = None) -> int:
    """Add a case number."""
    index = ctx.keys.index(places.CASE_NUMBER_INDEX, normalise(text).normal)
    ref = f"{court}-{text}-{proceeding}"
    sealed = ctx.keys.seal(places.CASE_NUMBER_TEXT, ref, text)
    return rows.add(
        db, CaseNumber, ref=ref, proceeding_id=proceeding, court_id=court, number_index=index, text_sealed=sealed, is_parsed=True
    )


def courts(db: Session) -> tuple[int, int]:
    """Add the court of the calendar and another one."""
    return rows.court(db, name=COURT, name_folded=fold(COURT), timezone="Europe/Warsaw"), rows.court(db)


def test_a_hearing_without_a_number_belongs_to_the_number_that_lists_it(now: Context, path: Path) -> None:
    """People record hearings without saying under which of two numbers; else it is the newest number's."""
    with now.database.writing() as db:
        court, _ = courts(db)
        proceeding = rows.proceeding(db, court)
        older, newer = number(db, now, court, "K 1/21", proceeding), number(db, now, court, "K 2/22", proceeding)
        rows.hearing(db, proceeding, AT.replace(day=20, hour=9), room="Sala 1")
        rows.hearing(db, proceeding, AT.replace(day=21, hour=9), room="Sala 1", court_id=court)
    report = bring_in(now, calendars.write(path, [line("K 1/21", "2022-01-20"), line("K 2/22", "2022-01-25")]))
    assert counts(report) == {"unchanged": 1, "moved": 1}
    with now.database.reading() as db:
        moved = (
            db.connection().execute(sa.select(col(Hearing.case_number_id)).where(col(Hearing.case_number_id).is_not(None))).scalars().all()
        )
    assert moved == [newer]
    assert older != newer


def test_hearings_elsewhere_are_none_of_this_court_s_business(now: Context, path: Path) -> None:
    """Neither a hearing at another court, nor one under another court's number, nor one without any number here."""
    with now.database.writing() as db:
        court, other = courts(db)
        proceeding, unnumbered = rows.proceeding(db, court), rows.proceeding(db, court)
        number(db, now, court, "K 1/22", proceeding)
        foreign = number(db, now, other, "K 1/22", proceeding)
        soon = AT.replace(day=20, hour=9)
        rows.hearing(db, proceeding, soon, court_id=other)
        rows.hearing(db, proceeding, soon, case_number_id=foreign)
        rows.hearing(db, unnumbered, soon)
    assert counts(bring_in(now, calendars.write(path, [line("K 9/22", "2022-02-01")]))) == {"added": 1}


def test_a_number_of_a_proceeding_goes_before_a_watched_one(now: Context, path: Path) -> None:
    """Where both exist, what is known of either is known of the case."""
    with now.database.writing() as db:
        court, _ = courts(db)
        watched = number(db, now, court, "K 1/22")
        proceeding = rows.proceeding(db, court)
        number(db, now, court, "K. br. 1/22", proceeding)
        rows.hearing(db, None, AT.replace(day=20, hour=9), case_number_id=watched, court_id=court, room="Sala 1")
    assert counts(bring_in(now, calendars.write(path, [line("K 1/22", "2022-01-20"), line("K 1/22", "2022-01-21")]))) == {
        "unchanged": 1,
        "added": 1,
    }
    with now.database.reading() as db:
        assert db.connection().execute(sa.select(col(Hearing.proceeding_id)).order_by(col(Hearing.id))).scalars().all() == [
            None,
            proceeding,
        ]
