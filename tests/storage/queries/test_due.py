"""A write to a proceeding's facts makes it due."""

from tests.factories.caseload import small, spelt
from tracker.services.caseload_import import import_caseload
from tracker.services.context import Context
from tracker.storage.queries import caseload as queries
from tracker.storage.queries.due import mark_due
from tracker.storage.tables.catalogue import METADATA
from tracker.storage.tables.proceedings import DUE_NOW

PROCEEDING = METADATA.tables["proceeding"]


def test_only_what_is_named_becomes_due(ctx: Context) -> None:
    """The others keep their day; nothing named, nothing changed."""
    document = small()
    document["proceedings"].append({"id": "p2", "court": "c1", "lead_offence": "OTHER"})
    import_caseload(ctx, spelt(document))
    today = ctx.office_today()

    with ctx.database.writing() as db:
        first, second = queries.all_rows(db, PROCEEDING)
        queries.update(db, PROCEEDING, [{"id": row["id"], "review_on": today} for row in (first, second)])
        mark_due(db, [])
        mark_due(db, {second["id"]})
        assert [row["review_on"] for row in queries.all_rows(db, PROCEEDING)] == [today, DUE_NOW]
