"""Tests of the statements behind a court's calendar."""

from datetime import UTC, datetime, timedelta

from tests import rows
from tracker.storage.engine import Database
from tracker.storage.queries import court_hearings as queries
from tracker.storage.queries.court_hearings import AT_ONCE

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def test_values_are_asked_for_in_lists_that_fit_a_statement() -> None:
    """Nothing is lost at the edge."""
    values = list(range(AT_ONCE + 1))
    assert [len(chunk) for chunk in queries.chunks(values)] == [AT_ONCE, 1]
    assert list(queries.chunks([])) == []


def test_upcoming_counts_what_is_open_at_the_court_from_the_instant_on(database: Database) -> None:
    """A hearing takes its proceeding's court where it names none; of a day without a time the whole day counts."""
    morning = NOON.replace(hour=0)
    with database.writing() as db:
        here, elsewhere = rows.court(db), rows.court(db)
        proceeding = rows.proceeding(db, here)
        rows.hearing(db, proceeding, NOON)
        rows.hearing(db, proceeding, NOON - timedelta(seconds=1))
        rows.hearing(db, proceeding, morning, time_known=False)
        rows.hearing(db, proceeding, morning - timedelta(seconds=1), time_known=False)
        rows.hearing(db, proceeding, NOON, outcome="HELD")
        rows.hearing(db, proceeding, NOON, court_id=elsewhere)
        newest = rows.hearing(db, rows.proceeding(db, elsewhere), NOON, court_id=here)
        rows.hearing(db, proceeding, NOON, superseded_by_id=newest)
        assert queries.upcoming_at(db, here, NOON, morning) == 3
        assert len(list(queries.hearings_at(db, here, NOON, NOON))) == 3
        assert list(queries.hearings_at(db, here, NOON + timedelta(seconds=1), NOON + timedelta(days=1))) == []


def test_an_update_of_nothing_asks_nothing(database: Database) -> None:
    """Empty lists are no statements."""
    with database.writing() as db:
        queries.update_hearings(db, [], is_revision=True)
        queries.hand_on_summons(db, [])
        assert queries.chains(db, []) == {}
