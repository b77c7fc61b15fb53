"""Tests of the statements that bring watched cases to proceedings."""

from tests import rows
from tracker.storage.engine import Database
from tracker.storage.queries import case_links as queries
from tracker.storage.tables.proceedings import CaseNumber


def test_twins_are_of_the_same_court_and_number(database: Database) -> None:
    """Another court's case of the same number is another case."""
    with database.writing() as db:
        here, elsewhere = rows.court(db), rows.court(db)
        proceeding = rows.proceeding(db, here)

        def number(court: int, index: bytes, owner: int | None) -> int:
            ref = f"{court}-{index!r}-{owner}"
            values = {"ref": ref, "court_id": court, "number_index": index, "text_sealed": b"", "is_parsed": True}
            return rows.add(db, CaseNumber, proceeding_id=owner, **values)

        own = number(here, b"1", proceeding)
        twin = number(here, b"1", None)
        number(here, b"2", None)
        number(elsewhere, b"1", None)
        assert queries.watched_twins(db, [proceeding]) == [(twin, own, proceeding)]
        assert queries.watched_twins(db, [proceeding + 1]) == []
