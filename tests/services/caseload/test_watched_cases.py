"""A caseload and a court's calendar tell of the same cases, in whichever order they come."""

import uuid
from datetime import datetime

import sqlalchemy as sa

from tests.factories.caseload import Document, small, spelt
from tracker.domain.case_numbers import normalise
from tracker.privacy import places
from tracker.services.caseload_export import export_caseload
from tracker.services.caseload_import import import_caseload
from tracker.services.context import Context
from tracker.storage.tables.catalogue import METADATA


def hearings(ctx: Context) -> list[Document]:
    """Return the hearings of the small document's proceeding as they are exported."""
    found: list[Document] = export_caseload(ctx)["proceedings"][0]["hearings"]
    return found


def only_courts() -> Document:
    """Return the small document before it knew any case."""
    return {**small(), "people": [], "proceedings": []}


def watch(ctx: Context, starts_at: str, outcome: str | None = None) -> None:
    """Make a watched case with one hearing, as a calendar import does."""
    tables, ref = METADATA.tables, uuid.uuid4().hex
    with ctx.database.engine.begin() as db:
        court = db.execute(sa.select(tables["court"].c.id).where(tables["court"].c.external_id == "c1")).scalar_one()
        index = ctx.keys.index(places.CASE_NUMBER_INDEX, normalise("K. br. 11/2024").normal)
        sealed = ctx.keys.seal(places.CASE_NUMBER_TEXT, ref, "K. br. 11/2024")
        number = {"ref": ref, "court_id": court, "number_index": index, "text_sealed": sealed, "is_parsed": True}
        (number_id,) = db.execute(tables["case_number"].insert().values(number)).inserted_primary_key or (None,)
        fields = {
            "external_id": f"from-calendar-{ref}", "case_number_id": number_id, "court_id": court, "type": "MAIN", "time_known": True,
            "starts_at": datetime.fromisoformat(starts_at), "changed_at": ctx.now(), "version": 1, "calendar_uid": ref,
            "calendar_sequence": 0, "outcome": outcome,
        }  # fmt: skip
        db.execute(tables["hearing"].insert().values(fields))


def test_hearings_of_a_watched_case_come_along(ctx: Context) -> None:
    """The document gives the number to a proceeding, and gets the hearings that were only watched until then."""
    import_caseload(ctx, spelt(only_courts()))
    watch(ctx, "2026-12-15T09:00:00+01:00")

    import_caseload(ctx, spelt(small()))

    assert "2026-12-15T09:00:00+01:00" in {hearing["starts_at"] for hearing in hearings(ctx)}


def test_what_the_calendar_told_is_not_undone(ctx: Context) -> None:
    """The document's own hearing is kept once, with the calendar's outcome, also when the document is imported again."""
    document = small()
    document["proceedings"][0]["hearings"][2] |= {"court": "c1", "starts_at": "2026-11-16T09:00:00+01:00"}
    import_caseload(ctx, spelt(only_courts()))
    watch(ctx, "2026-11-16T09:00:00+01:00", "HELD")

    import_caseload(ctx, spelt(document))
    assert [hearing.get("outcome") for hearing in hearings(ctx)] == ["HELD", None, "HELD"]

    again = import_caseload(ctx, spelt(document))
    assert (again.created, again.updated) == ({}, {})
    assert [hearing.get("outcome") for hearing in hearings(ctx)] == ["HELD", None, "HELD"]
