"""Bring one kind of row to what a document says: insert, update, leave alone; nothing is ever deleted for being absent."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlmodel import Session

from tracker.formats.caseload.problems import Place, Problems
from tracker.services.caseload import bookkeeping, rows
from tracker.services.caseload.kinds import Kind, Links, Row
from tracker.services.caseload.matching import partners
from tracker.services.context import Context
from tracker.storage.queries import caseload as queries


@dataclass(slots=True)
class Written:
    """What became of one kind: rows in clear, with their database ids."""

    created: list[Row] = field(default_factory=list)
    updated: list[tuple[Row, Row]] = field(default_factory=list)
    """Pairs of the old and the new row."""
    unchanged: list[Row] = field(default_factory=list)

    @property
    def changed(self) -> list[Row]:
        """Return the rows that were created or updated, as they are now."""
        return [*self.created, *(new for _, new in self.updated)]

    @property
    def rows(self) -> list[Row]:
        """Return all rows that the document speaks of, as they are now."""
        return [*self.changed, *self.unchanged]


def stored_rows(db: Session, ctx: Context, kind: Kind, wanted: Sequence[Row], known_proceedings: Collection[int]) -> list[Row]:
    """Return the stored rows, in clear, among which those of the document are to be found.

    ``known_proceedings`` are the proceedings of the document that were there before.
    """
    if kind.has_ids:
        found = queries.rows_where(db, kind.table, "external_id", [row["external_id"] for row in wanted])
    else:
        found = queries.rows_where(db, kind.table, "proceeding_id", known_proceedings)
    if kind.name == "courts":
        names = {row["name_folded"] for row in wanted}
        known = {row["id"] for row in found}
        named = queries.rows_where(db, kind.table, "name_folded", names)
        found += [row for row in named if row["is_external_id_generated"] and row["id"] not in known]
    return rows.clear_rows(db, kind, found, ctx.keys)


def settled(kind: Kind, wanted: Sequence[Row], stored: Sequence[Row], places: Sequence[Place], problems: Problems) -> list[Row | None]:
    """Return for each wanted row the stored one that it means, and add a problem for each that belongs to another proceeding."""
    found = partners(wanted, stored, kind.found_by)
    if kind.name == "courts":
        found = _adopted(wanted, stored, found)
    for row, old, place in zip(wanted, found, places, strict=True):
        if kind.is_of_proceeding and old is not None and old["proceeding_id"] not in {None, row["proceeding_id"]}:
            problems.add((place, "id"), "expected an id of its own; the record has it in another proceeding")
    return found


def _adopted(wanted: Sequence[Row], stored: Sequence[Row], found: Sequence[Row | None]) -> list[Row | None]:
    """Give courts that only a calendar named so far to the courts of the document that have their name."""
    taken = {row["id"] for row in found if row is not None}
    free = [row for row in stored if row["id"] not in taken]
    homeless = [row for row, old in zip(wanted, found, strict=True) if old is None]
    adopted = iter(partners(homeless, free, (("name_folded",),)))
    return [next(adopted) if old is None else old for old in found]


def write(db: Session, ctx: Context, kind: Kind, pairs: Sequence[tuple[Row, Row | None]]) -> Written:
    """Write pairs of wanted and stored row, and return what became of them."""
    written, now = Written(), ctx.now()
    for row, old in pairs:
        if old is None:
            written.created.append(row | bookkeeping.born(kind, now))
        elif all(old[name] == row[name] for name in kind.compared):
            written.unchanged.append(old)
        else:
            written.updated.append((old, old | row | bookkeeping.revised(kind, old, row, now)))
    _insert(db, ctx, kind, written.created)
    queries.update(db, kind.table, [_columns(kind, new, ctx) for _, new in written.updated])
    _write_beside(db, ctx, kind, written)
    _write_own(db, kind, written)
    for name, links in kind.links.items():
        _write_links(db, name, links, written)
    return written


def _insert(db: Session, ctx: Context, kind: Kind, created: Sequence[Row]) -> None:
    """Insert rows and give them their database ids, where anything refers to them by it."""
    stored = [_columns(kind, row, ctx) for row in created]
    if kind.has_ids:
        queries.insert_plain(db, kind.table, stored)
        ids = queries.ids_of(db, kind.table, [row["external_id"] for row in created])
        for row in created:
            row["id"] = ids[row["external_id"]]
    elif kind.links:
        for row, number in zip(created, queries.insert(db, kind.table, stored), strict=True):
            row["id"] = number
    else:
        queries.insert_plain(db, kind.table, stored)


def _columns(kind: Kind, row: Row, ctx: Context) -> Row:
    sealed = {} if kind.beside is not None else rows.sealed_columns(kind, row, ctx.keys)
    return {name: value for name, value in row.items() if name in kind.table.c} | sealed


def _write_beside(db: Session, ctx: Context, kind: Kind, written: Written) -> None:
    if kind.beside is None:
        return
    key = kind.beside_key
    apart = [_beside(kind, kind.beside, new, ctx) for _, new in written.updated]
    known = {row[key] for row in queries.rows_where(db, kind.beside, key, [row[key] for row in apart])}
    queries.insert_plain(db, kind.beside, [_beside(kind, kind.beside, row, ctx) for row in written.created])
    queries.insert_plain(db, kind.beside, [row for row in apart if row[key] not in known])
    queries.update(db, kind.beside, [row for row in apart if row[key] in known], key=key)


def _beside(kind: Kind, table: sa.Table, row: Row, ctx: Context) -> Row:
    """Return what the table apart keeps of a row: what the format does not know stays as it is there."""
    indexes = {index: row[index] for name in kind.sealed if (index := f"{name}_index") in table.c}
    return {**indexes, kind.beside_key: row["id"], **rows.sealed_columns(kind, row, ctx.keys)}


def _write_own(db: Session, kind: Kind, written: Written) -> None:
    """Write references within the kind, now that everything they may lead to is there."""
    for name, column in kind.own.items():
        ids = {row["external_id"]: row["id"] for row in written.rows}
        news = [row for row in written.created if row[name] is not None]
        news += [new for old, new in written.updated if old[name] != new[name]]
        for row in news:
            row[column] = ids.get(row[name])
        queries.update(db, kind.table, [{"id": row["id"], column: row[column]} for row in news])


def _write_links(db: Session, name: str, links: Links, written: Written) -> None:
    gone = [_link(links, new, link) for old, new in written.updated for link in sorted(old[name] - new[name])]
    come = [_link(links, row, link) for row in written.created for link in sorted(row[name])]
    come += [_link(links, new, link) for old, new in written.updated for link in sorted(new[name] - old[name])]
    queries.delete_plain(db, links.table, gone)
    queries.insert_plain(db, links.table, come)


def _link(links: Links, row: Row, link: tuple[object, ...]) -> Row:
    return {links.owner: row["id"], **dict(zip(links.columns, link, strict=True))}
