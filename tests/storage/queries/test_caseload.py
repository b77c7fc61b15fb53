"""Bulk statements: whole, in order, in parts that every database takes."""

import pytest
import sqlalchemy as sa

from tracker.storage.engine import Database
from tracker.storage.queries import caseload as queries
from tracker.storage.tables.catalogue import METADATA

COURT = METADATA.tables["court"]


def courts(count: int) -> list[queries.Row]:
    """Return rows of ``count`` courts."""
    return [
        {"external_id": f"c{number}", "name": f"Sud {number}", "name_folded": f"sud {number}", "timezone": "Europe/Belgrade",
         "is_external_id_generated": False}
        for number in range(count)
    ]  # fmt: skip


@pytest.mark.parametrize("count", [0, 1, queries.CHUNK, queries.CHUNK + 1])
def test_rows_come_back_in_the_order_in_which_they_went_in(database: Database, count: int) -> None:
    """Around the size of one statement, with their ids."""
    rows = courts(count)
    with database.writing() as db:
        queries.insert_plain(db, COURT, rows)
        ids = queries.ids_of(db, COURT, [row["external_id"] for row in rows])
        queries.gather_statistics(db)

    with database.reading() as db:
        stored = queries.all_rows(db, COURT)
        assert [row["name"] for row in stored] == [row["name"] for row in rows]
        assert {row["external_id"]: row["id"] for row in stored} == ids
        assert queries.external_ids(db, COURT, ids.values()) == {number: name for name, number in ids.items()}
        assert len(queries.rows_where(db, COURT, "external_id", ids)) == count
        assert queries.is_empty(db, COURT) is (count == 0)


def test_new_ids_are_returned_in_the_order_of_the_rows(database: Database) -> None:
    """Whatever order the database likes."""
    with database.writing() as db:
        ids = queries.insert(db, COURT, courts(40))
        assert [row["external_id"] for row in queries.rows_where(db, COURT, "id", ids)] == [f"c{number}" for number in range(40)]


def test_rows_are_written_over_by_their_key(database: Database) -> None:
    """Only those that were named; without rows, nothing happens."""
    with database.writing() as db:
        queries.insert_plain(db, COURT, courts(3))
        queries.update(db, COURT, [{"external_id": "c1", "name": "Novi"}], key="external_id")
        queries.update(db, COURT, [])

    with database.reading() as db:
        assert [row["name"] for row in queries.all_rows(db, COURT)] == ["Sud 0", "Novi", "Sud 2"]


def test_rows_are_deleted_by_all_that_is_said_of_them(database: Database) -> None:
    """A row that differs in one column stays."""
    with database.writing() as db:
        queries.insert_plain(db, COURT, courts(3))
        queries.delete_plain(db, COURT, [{"external_id": "c1", "name": "Sud 1"}, {"external_id": "c2", "name": "Sud 1"}])
        queries.delete_plain(db, COURT, [])
        left = db.connection().execute(sa.select(COURT.c.external_id).order_by(COURT.c.id)).scalars().all()

    assert left == ["c0", "c2"]
