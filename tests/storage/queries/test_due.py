"""Which proceedings are due."""

from datetime import date

import pytest

from tests import rows
from tests.factories.facts import day
from tracker.storage.engine import Database
from tracker.storage.queries.due import claim, due_keys, last_key, mark_due, mark_range_due, settle, zones
from tracker.storage.tables.proceedings import DUE_NOW

TODAY = day("2026-11-23")


@pytest.mark.parametrize(
    ("review_on", "evaluated_on", "is_due"),
    [
        (DUE_NOW, DUE_NOW, True),
        ("2026-11-22", "2026-11-01", True),
        ("2026-11-23", "2026-11-23", True),
        ("2026-11-24", "2026-11-23", False),
        ("2026-11-24", "2026-11-24", True),
        (date.max, "2026-11-01", False),
    ],
)
def test_due_is_what_may_say_something_new_or_was_seen_on_a_later_day(
    database: Database,
    review_on: date | str,
    evaluated_on: date | str,
    is_due: bool,  # noqa: FBT001 - a table
) -> None:
    """From the day of review on, or when the clock went back."""
    dates = {
        "review_on": day(review_on) if isinstance(review_on, str) else review_on,
        "evaluated_on": day(evaluated_on) if isinstance(evaluated_on, str) else evaluated_on,
    }
    with database.writing() as db:
        key = rows.proceeding(db, rows.court(db), **dates)
        found = due_keys(db, "Europe/Belgrade", TODAY)
        claimed = claim(db, [key], TODAY)

    assert (list(found), claimed) == (([key], [key]) if is_due else ([], []))


def test_each_zone_has_its_own(database: Database) -> None:
    """Courts in several zones have several todays."""
    with database.writing() as db:
        here = rows.proceeding(db, rows.court(db))
        there = rows.proceeding(db, rows.court(db, timezone="Asia/Tokyo"))

        assert zones(db) == ["Asia/Tokyo", "Europe/Belgrade"]
        assert list(due_keys(db, "Asia/Tokyo", TODAY)) == [there]
        assert list(due_keys(db, "Europe/Belgrade", TODAY)) == [here]


def test_settled_is_no_longer_due_until_marked(database: Database) -> None:
    """One by one, or by a range of keys; what is due already is not written again."""
    with database.writing() as db:
        court = rows.court(db)
        keys = [rows.proceeding(db, court) for _ in range(3)]
        settle(db, [{"key": key, "review": date.max, "today": TODAY} for key in keys])
        settle(db, [])
        quiet = due_keys(db, "Europe/Belgrade", TODAY)
        mark_due(db, [])
        mark_due(db, keys[:1])
        one = due_keys(db, "Europe/Belgrade", TODAY)

        assert (list(quiet), list(one)) == ([], keys[:1])
        assert mark_range_due(db, 1, last_key(db)) == 2
        assert list(due_keys(db, "Europe/Belgrade", TODAY)) == keys


def test_an_empty_record_has_nothing(database: Database) -> None:
    """No key, no zone."""
    with database.reading() as db:
        assert (last_key(db), zones(db)) == (0, [])
