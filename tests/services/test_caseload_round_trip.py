"""What is imported comes out again: every field, every code, on both databases."""

import pytest
from hypothesis import HealthCheck, given, settings

from tests.factories.caseload import Document, documents, said, small, spelt
from tracker.domain.errors import InvalidInputError, Problem
from tracker.formats.caseload import shape
from tracker.services.caseload.kinds import KINDS
from tracker.services.caseload_export import export_caseload
from tracker.services.caseload_import import Imported, import_caseload
from tracker.services.context import Context
from tracker.storage.tables.catalogue import METADATA


def emptied(ctx: Context) -> Context:
    """Empty every table but those of the audit log, which refuses, so that one database serves many documents."""
    with ctx.database.engine.begin() as connection:
        for table in reversed(METADATA.sorted_tables):
            if not table.name.startswith("audit_"):
                connection.execute(table.delete())
    return ctx


@given(document=documents())
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_document_comes_out_as_it_went_in(ctx: Context, document: Document) -> None:
    """Import, then export: the same facts, in a document that the format accepts; a second import changes nothing."""
    import_caseload(emptied(ctx), spelt(document))

    exported = export_caseload(ctx)
    assert said(exported) == said(document)

    again = import_caseload(ctx, spelt(exported))
    assert (again.created, again.updated) == ({}, {})
    assert export_caseload(ctx) == exported


def tried(ctx: Context, document: Document, *, rehearse: bool = False) -> Imported | tuple[Problem, ...]:
    """Import a document, and return the counts or what was wrong with it."""
    try:
        return import_caseload(ctx, spelt(document), rehearse=rehearse)
    except InvalidInputError as refused:
        return refused.problems


@given(before=documents(), after=documents())
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_rehearsal_tells_what_the_import_then_does(sqlite_ctx: Context, before: Document, after: Document) -> None:
    """A dry run over any record gives the answer of the real one and leaves the record as it was."""
    import_caseload(emptied(sqlite_ctx), spelt(before))
    exported = export_caseload(sqlite_ctx)

    rehearsed = tried(sqlite_ctx, after, rehearse=True)
    assert export_caseload(sqlite_ctx) == exported
    assert tried(sqlite_ctx, after) == rehearsed


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_property_of_the_format_has_a_place(kind: object) -> None:
    """No property is read and then forgotten: each one is a column, a reference, a sealed text or a list of links."""
    chosen = next(each for each in KINDS if each is kind)
    elsewhere = {*chosen.references, *chosen.own, *chosen.sealed, *chosen.links}
    lists = {name for name in shape.properties() if name in shape.properties()["proceedings"]} if chosen.name == "proceedings" else set()

    assert {*chosen.columns, *elsewhere, *lists} == set(shape.properties()[chosen.name])
    assert set(chosen.columns.values()) <= set(chosen.table.c.keys())


def test_every_kind_of_the_format_is_kept() -> None:
    """Each list of the document has a table."""
    assert {kind.name for kind in KINDS} == set(shape.properties())


def test_the_small_document_comes_out(ctx: Context) -> None:
    """The document of the other tests holds at least one entry of every kind."""
    imported = import_caseload(ctx, spelt(small()))

    assert set(imported.created) == set(shape.properties())
    assert said(export_caseload(ctx)) == said(small())
