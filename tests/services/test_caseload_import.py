"""An updated document changes what it speaks of and nothing else; a bad one changes nothing."""

import copy
import logging
from collections.abc import Mapping
from time import perf_counter
from typing import Any

import pytest
import sqlalchemy as sa

from tests.factories.caseload import Document, said, small, spelt
from tracker.domain.errors import InvalidInputError
from tracker.services.caseload_export import export_caseload
from tracker.services.caseload_import import Imported, import_caseload
from tracker.services.context import Context
from tracker.storage.tables.catalogue import METADATA
from tracker.storage.tables.proceedings import DUE_NOW


def everything(ctx: Context) -> Mapping[str, list[tuple[Any, ...]]]:
    """Return every row of every table."""
    with ctx.database.engine.connect() as connection:
        return {table.name: [tuple(row) for row in connection.execute(sa.select(table))] for table in METADATA.sorted_tables}


def column(ctx: Context, table: str, name: str, where: str) -> object:
    """Return one column of the row that has the external id ``where``."""
    chosen = METADATA.tables[table]
    with ctx.database.engine.connect() as connection:
        return connection.execute(sa.select(chosen.c[name]).where(chosen.c.external_id == where)).scalar_one()


def run(ctx: Context, document: Document) -> Imported:
    """Import a document."""
    return import_caseload(ctx, spelt(document))


def swept(ctx: Context) -> None:
    """Make as if a sweep had looked at everything."""
    with ctx.database.engine.begin() as connection:
        connection.execute(METADATA.tables["proceeding"].update().values(review_on=sa.literal(ctx.office_today())))


def test_the_same_document_twice_writes_nothing(ctx: Context) -> None:
    """Every entry is unchanged, every row of every table stays as it was, byte by byte."""
    first = run(ctx, small())
    before = everything(ctx)

    again = run(ctx, small())

    assert again == Imported(unchanged=first.created)
    assert everything(ctx) == before


def test_what_a_document_leaves_out_stays(ctx: Context) -> None:
    """An absent entry is not a deletion: of no kind."""
    run(ctx, small())
    less = small()
    less["people"] = []
    less["proceedings"][0] = {name: less["proceedings"][0][name] for name in ("id", "court", "lead_offence")}

    imported = run(ctx, less)

    assert (imported.created, imported.updated) == ({}, {})
    assert said(export_caseload(ctx)) == said(small())


def test_a_changed_entry_is_updated_and_what_it_no_longer_says_is_emptied(ctx: Context) -> None:
    """An entry is stated whole: an optional property that it leaves out is not known any more."""
    run(ctx, small())
    changed = small()
    proceeding = changed["proceedings"][0]
    changed["courts"][1]["seat"] = "Niš"
    changed["people"][0]["phone"] = "+447700900199"
    del changed["people"][0]["email"]
    proceeding["victims"][0] = {"id": "v1", "pseudonym": "Lasta"}
    proceeding["measures"][0]["decision"] = "REVOKED"
    proceeding["hearings"][1]["summoned"] = ["v2"]
    proceeding["appearances"][0]["measures"][0]["applied"] = "YES"
    proceeding["claims"][0]["paid"] = 12.25

    imported = run(ctx, changed)

    assert imported.created == {}
    assert imported.updated == dict.fromkeys(("courts", "people", "victims", "hearings", "measures", "appearances", "claims"), 1)
    assert said(export_caseload(ctx)) == said(changed)


@pytest.mark.parametrize(
    ("kind", "entry", "updated"),
    [
        ("accused", {"label": "A1", "released_on": "2026-11-20"}, True),
        ("accused", {"label": "A2"}, False),
        ("case_numbers", {"court": "c1", "text": "К. бр. 11/2024", "to": "2026-01-01"}, True),
        ("case_numbers", {"court": "c2", "text": "K 11/24"}, False),
        ("stage_events", {"kind": "INDICTMENT_FILED", "on": "2024-03-11", "precision": "MONTH"}, True),
        ("stage_events", {"kind": "INDICTMENT_FILED", "on": "2026-03-11", "instance_round": 2}, False),
        ("assignments", {"person": "n1", "as": "ADVOCATE", "from": "2024-03-01", "to": "2026-11-01"}, True),
        ("assignments", {"person": "n1", "as": "ADVOCATE", "from": "2026-11-02"}, False),
        ("appearances", {"hearing": "h1", "victim": "v1", "attended": "PRESENT_NOT_HEARD"}, True),
        ("appearances", {"hearing": "h1", "victim": "v2", "attended": "NOT_SUMMONED"}, False),
        ("statements", {"victim": "v1", "body": "COURT_MAIN", "on": "2026-11-10", "recorded": "YES"}, True),
        ("statements", {"victim": "v1", "body": "POLICE", "on": "2026-11-10"}, False),
        ("assessments", {"victim": "v1", "on": "2026-09-01", "next_review_on": "2027-03-01"}, True),
        ("assessments", {"victim": "v2", "on": "2026-09-01"}, False),
    ],
)
def test_entries_without_ids_are_found_again(sqlite_ctx: Context, kind: str, entry: Document, updated: bool) -> None:  # noqa: FBT001
    """By what makes them themselves: label, number, kind and round, person and start, hearing and victim, day."""
    run(sqlite_ctx, small())
    changed = small()
    changed["proceedings"][0][kind] = [entry]

    imported = run(sqlite_ctx, changed)

    assert (imported.updated if updated else imported.created) == {kind: 1}
    assert (imported.created if updated else imported.updated) == {}


def test_equal_statements_are_counted_not_merged(sqlite_ctx: Context) -> None:
    """Telling the facts twice on one day is twice the burden."""
    document = small()
    document["proceedings"][0]["statements"] *= 3

    assert run(sqlite_ctx, document).created["statements"] == 3
    assert run(sqlite_ctx, document).unchanged["statements"] == 3


def test_a_new_place_or_time_is_a_new_version(sqlite_ctx: Context) -> None:
    """Its calendar entry keeps its name and gets the next revision; another room counts, another panel does not."""
    run(sqlite_ctx, small())
    uid = column(sqlite_ctx, "hearing", "calendar_uid", "h2")
    changed = small()
    changed["proceedings"][0]["hearings"][1]["panel"] = "b"
    run(sqlite_ctx, changed)
    assert column(sqlite_ctx, "hearing", "version", "h2") == 1

    changed["proceedings"][0]["hearings"][1]["room"] = "8"
    run(sqlite_ctx, changed)

    assert column(sqlite_ctx, "hearing", "version", "h2") == 2
    assert column(sqlite_ctx, "hearing", "calendar_sequence", "h2") == 1
    assert column(sqlite_ctx, "hearing", "calendar_uid", "h2") == uid


def test_a_move_hands_the_calendar_entry_on(ctx: Context) -> None:
    """Along the whole chain: one entry, each hearing its next revision."""
    run(ctx, small())
    uid = column(ctx, "hearing", "calendar_uid", "h1")
    changed = small()
    changed["proceedings"][0]["hearings"][0]["superseded_by"] = "h2"
    changed["proceedings"][0]["hearings"][1]["superseded_by"] = "h4"
    changed["proceedings"][0]["hearings"].append({"id": "h4", "starts_at": "2027-02-01T09:00:00+01:00"})
    run(ctx, changed)

    for sequence, hearing in enumerate(("h1", "h2", "h4")):
        assert column(ctx, "hearing", "calendar_uid", hearing) == uid
        assert column(ctx, "hearing", "calendar_sequence", hearing) == sequence
    assert column(ctx, "hearing", "calendar_uid", "h3") != uid
    assert said(export_caseload(ctx)) == said(changed)


def test_only_touched_proceedings_become_due(sqlite_ctx: Context) -> None:
    """The next sweep looks at what changed, and at all of a court whose clocks changed."""
    document = small()
    document["proceedings"].append({"id": "p2", "court": "c2", "lead_offence": "OTHER"})
    run(sqlite_ctx, document)
    swept(sqlite_ctx)

    run(sqlite_ctx, document)
    assert column(sqlite_ctx, "proceeding", "review_on", "p1") == sqlite_ctx.office_today()

    document["proceedings"][0]["incidents"][0]["kind"] = "BRIBE"
    run(sqlite_ctx, document)
    assert column(sqlite_ctx, "proceeding", "review_on", "p1") == DUE_NOW
    assert column(sqlite_ctx, "proceeding", "review_on", "p2") == sqlite_ctx.office_today()

    document["courts"][1]["timezone"] = "Europe/Athens"
    run(sqlite_ctx, document)
    assert column(sqlite_ctx, "proceeding", "review_on", "p2") == DUE_NOW


def test_a_court_that_a_calendar_named_is_adopted(sqlite_ctx: Context) -> None:
    """The document's court of the same name, in any spelling, is that court and gives it its id."""
    run(sqlite_ctx, {**small(), "courts": [{"id": "made-up", "name": "ВИШИ СУД  У НИШУ"}], "people": [], "proceedings": []})
    with sqlite_ctx.database.engine.begin() as connection:
        connection.execute(METADATA.tables["court"].update().values(is_external_id_generated=True))

    imported = run(sqlite_ctx, small())

    assert (imported.created["courts"], imported.updated["courts"]) == (1, 1)
    assert [court["id"] for court in export_caseload(sqlite_ctx)["courts"]] == ["c1", "c2"]


@pytest.mark.parametrize("kind", ["victims", "hearings", "measures", "claims", "assets", "remedies", "incidents"])
def test_an_id_of_another_proceeding_is_refused(ctx: Context, kind: str) -> None:
    """The record has it elsewhere: nothing is moved silently, and nothing of the document is kept."""
    run(ctx, small())
    before = everything(ctx)
    document = small()
    entry = {name: value for name, value in document["proceedings"][0][kind][0].items() if name not in {"summoned", "victim"}}
    if kind in {"measures", "claims"}:
        entry["victim"] = "w1"
    document["proceedings"] = [{"id": "p9", "court": "c1", "lead_offence": "OTHER", "victims": [{"id": "w1"}]}]
    document["proceedings"][0].setdefault(kind, []).append(entry)

    with pytest.raises(InvalidInputError) as refused:
        run(ctx, document)
    (problem,) = refused.value.problems
    assert problem.path == f"$.proceedings[0].{kind}[{len(document['proceedings'][0][kind]) - 1}].id"
    assert "another proceeding" in problem.message
    assert everything(ctx) == before


def test_a_refused_document_leaves_no_trace(ctx: Context, caplog: pytest.LogCaptureFixture) -> None:
    """Sound entries before the mistake are not kept either, and nothing of the document is said anywhere."""
    caplog.set_level(logging.DEBUG)
    before = everything(ctx)
    document: Document = copy.deepcopy(small())
    document["people"][0]["name"] = "CANARY-NAME"
    document["proceedings"][0]["case_numbers"][0]["text"] = "CANARY-NUMBER"
    document["proceedings"][0]["incidents"][0]["victim"] = "CANARY-VICTIM"

    with pytest.raises(InvalidInputError) as refused:
        run(ctx, document)

    assert "CANARY" not in str(refused.value) + caplog.text
    assert everything(ctx) == before


def test_what_identifies_people_is_never_stored_in_clear(ctx: Context) -> None:
    """Names, numbers, addresses, pseudonyms and case numbers are sealed before they reach the database."""
    document = small()
    document["people"][0] |= {"name": "CANARY-NAME", "email": "CANARY-MAIL"}
    document["proceedings"][0]["victims"][0]["pseudonym"] = "CANARY-PSEUDONYM"
    document["proceedings"][0]["case_numbers"][0]["text"] = "CANARY-NUMBER"

    run(ctx, document)

    assert "CANARY" not in repr(everything(ctx))
    assert "447700900101" not in repr(everything(ctx))


def test_a_new_number_may_be_tried_again(sqlite_ctx: Context) -> None:
    """A refused phone number is no longer held against a person who has another one."""
    run(sqlite_ctx, small())
    with sqlite_ctx.database.engine.begin() as connection:
        connection.execute(METADATA.tables["person"].update().values(number_refused_at=sqlite_ctx.now()))
    changed = small()
    changed["people"][0]["language"] = "en"
    run(sqlite_ctx, changed)
    assert column(sqlite_ctx, "person", "number_refused_at", "n1") is not None

    changed["people"][0]["phone"] = "+447700900199"
    run(sqlite_ctx, changed)
    assert column(sqlite_ctx, "person", "number_refused_at", "n1") is None


def test_a_large_document_is_loaded_in_few_statements(sqlite_ctx: Context) -> None:
    """Four hundred proceedings with twelve hearings each; how long it took is printed, not judged."""
    document: Document = {**small(), "people": []}
    document["proceedings"] = [
        {
            "id": f"p{number}", "court": "c1", "lead_offence": "OTHER", "victims": [{"id": f"v{number}"}],
            "hearings": [
                {"id": f"h{number}-{index}", "starts_at": f"2025-{index:02}-03T10:00:00+01:00", "summoned": [f"v{number}"]}
                for index in range(1, 13)
            ],
        }
        for number in range(400)
    ]  # fmt: skip
    statements: list[str] = []
    sa.event.listen(sqlite_ctx.database.engine, "before_cursor_execute", lambda *arguments: statements.append(arguments[2]))
    started = perf_counter()

    imported = run(sqlite_ctx, document)

    print(f"{imported.created['hearings']} hearings in {perf_counter() - started:.2f} s")  # noqa: T201 - told, not judged
    assert (imported.created["proceedings"], imported.created["hearings"]) == (400, 4800)
    assert len(statements) < 100
    assert run(sqlite_ctx, document) == Imported(unchanged=imported.created)
