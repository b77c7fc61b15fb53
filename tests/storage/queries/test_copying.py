"""Whole tables, in the same order on every database."""

from datetime import UTC, datetime

from tests import rows
from tracker.schemas.backup import TableShape
from tracker.storage.blueprint import blueprint
from tracker.storage.engine import Database
from tracker.storage.queries.copying import add, batches, counted

LEASES = ["b", "B", "a", "ä", "_", "ž", "aa", "Я"]
SHAPES: dict[str, TableShape] = {shape.name: shape for shape in blueprint("0001")}


def test_texts_are_ordered_by_their_bytes(database: Database) -> None:
    """Whatever the server's language would say."""
    with database.writing() as db:
        connection = db.connection()
        columns = [column.name for column in SHAPES["lease"].columns]
        values = {"holder": "", "expires_at": datetime(2026, 1, 1, tzinfo=UTC), "fence": 0}
        add(connection, SHAPES["lease"], [tuple(({"name": name} | values)[column] for column in columns) for name in LEASES])
        found = [row.name for batch in batches(connection, SHAPES["lease"]) for row in batch]

    assert found == sorted(LEASES, key=str.encode)


def test_what_is_read_can_be_added_again(database: Database) -> None:
    """Every value as it was, in batches."""
    with database.writing() as db:
        for _ in range(2300):
            rows.court(db)
        read = list(batches(db.connection(), SHAPES["court"]))
        db.connection().exec_driver_sql("DELETE FROM court")
        for batch in read:
            add(db.connection(), SHAPES["court"], batch)
        again = list(batches(db.connection(), SHAPES["court"]))

    assert [len(batch) for batch in read] == [1000, 1000, 300]
    assert again == read


def test_tables_are_counted_that_are_there(database: Database) -> None:
    """Others are left out."""
    with database.writing() as db:
        rows.court(db)
        assert counted(db.connection(), ["court", "person", "dragon"]) == {"court": 1, "person": 0}
