"""What the clocks get to see of the record, in a fixed number of statements."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from tests import rows
from tracker.domain.clocks import FIRST_INSTANCE, Moment
from tracker.domain.codes.proceeding import StageKind
from tracker.storage.engine import Database
from tracker.storage.queries.durations import timed_proceedings

TODAY = date(2026, 11, 23)
KINDS = sorted(FIRST_INSTANCE.kinds)


def test_every_proceeding_with_its_earliest_milestones(database: Database) -> None:
    """Codes as plain text, unknown ones said so, other milestones not fetched."""
    with database.writing() as db:
        court = rows.court(db, external_id="court", level=None)
        first = rows.proceeding(db, court, disposition_mode="TRIAL", followed_since=date(2021, 1, 1))
        rows.stage(db, first, "INDICTMENT_FILED", "2020-05-31", "MONTH")
        rows.stage(db, first, "INDICTMENT_FILED", "2020-06-01")
        rows.stage(db, first, "REPORTED", "2019-01-01")
        rows.stage(db, first, "FINAL", "2027-01-01")
        rows.proceeding(db, court, end_cause="LOST_TO_FOLLOW_UP", ended_on=date(2022, 1, 1), lead_offence="OTHER")
    with database.reading() as db:
        seen, lost = timed_proceedings(db, KINDS, TODAY)
    assert (seen.lead_offence, seen.court, seen.court_level, seen.disposition_mode, seen.people) == (
        "THB_ADULT",
        "court",
        "UNKNOWN",
        "TRIAL",
        (),
    )
    assert seen.course.milestones == {StageKind.INDICTMENT_FILED: Moment(date(2020, 5, 15), imputed=True)}
    assert (seen.course.followed_since, seen.course.seen_until) == (date(2021, 1, 1), None)
    assert (lost.lead_offence, lost.disposition_mode, lost.course.seen_until) == ("OTHER", "UNKNOWN", date(2022, 1, 1))


def test_people_are_told_apart_by_same_person(database: Database) -> None:
    """One without a known victim is about somebody of its own."""
    with database.writing() as db:
        court = rows.court(db)
        first, second, third = (rows.proceeding(db, court) for _ in range(3))
        rows.victim(db, first, person_key="X")
        rows.victim(db, first, external_id="only-here")
        rows.victim(db, second, person_key="X")
    with database.reading() as db:
        people = [timed.people for timed in timed_proceedings(db, KINDS, TODAY, with_people=True)]
    assert [set(found) for found in people] == [{"X", "only-here"}, {"X"}, {f"of proceeding {third}"}]


def test_statements_do_not_grow_with_the_proceedings(database: Database) -> None:
    """Two a batch and one that finds no more, however many there are; three with people."""
    seen: list[str] = []

    def listen(*args: Any) -> None:  # noqa: ANN401 - the event's own arguments
        seen.append(args[2])

    with database.writing() as db:
        court = rows.court(db)
        for _ in range(30):
            rows.stage(db, rows.proceeding(db, court), "INDICTMENT_FILED", "2020-01-01")
    sa.event.listen(database.engine, "before_cursor_execute", listen)
    with database.reading() as db:
        assert len(list(timed_proceedings(db, KINDS, TODAY))) == 30
    plain = sum(statement.startswith("SELECT") for statement in seen)
    with database.reading() as db:
        list(timed_proceedings(db, KINDS, TODAY, with_people=True))
    sa.event.remove(database.engine, "before_cursor_execute", listen)
    assert plain == 3
    assert sum(statement.startswith("SELECT") for statement in seen) - plain == 4


@pytest.mark.parametrize("size", [1, 2, 3, 4, 100])
def test_batches_lose_and_double_nothing(sqlite_database: Database, size: int) -> None:
    """Whatever the size of a batch."""
    with sqlite_database.writing() as db:
        court = rows.court(db)
        for day in range(1, 8):
            rows.stage(db, rows.proceeding(db, court), "INDICTMENT_FILED", f"2020-01-{day:02}")
    with sqlite_database.reading() as db:
        starts = [timed.course.milestones[StageKind.INDICTMENT_FILED].on.day for timed in timed_proceedings(db, KINDS, TODAY, batch=size)]
    assert starts == list(range(1, 8))
