"""Between an entry of the document, a row in clear and a row as it is stored."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import Session

from tracker.domain.case_numbers import normalise
from tracker.domain.folding import fold
from tracker.privacy import places
from tracker.privacy.keys import KeyRing
from tracker.schemas.columns import TEXT
from tracker.services.blind_indexes import name_index, panel_key, person_key
from tracker.services.caseload.kinds import Kind, Links, Row, Sealed
from tracker.storage.queries import caseload as queries

Ids = Mapping[str, Mapping[str, int]]
"""For each kind, the database's id of each external id."""


def wanted_row(kind: Kind, entry: Mapping[str, Any], ids: Ids, keys: KeyRing) -> Row:
    """Return the row in clear that an entry of the document asks for; what the entry leaves out is ``None``."""
    row: Row = {column: entry.get(name) for name, column in kind.columns.items()}
    for name, (column, target) in kind.references.items():
        row[column] = ids[target][entry[name]] if name in entry else None
    row |= {name: entry.get(name) for name in (*kind.own, *kind.sealed)}
    row |= {name: _listed(name, entry.get(name, ()), ids) for name in kind.links}
    return row | _derived(kind, row, keys)


def _listed(name: str, entries: Sequence[Any], ids: Ids) -> frozenset[tuple[object, ...]]:
    if name == "summoned":
        return frozenset((ids["victims"][victim],) for victim in entries)
    return frozenset((ids["measures"][entry["measure"]], entry["applied"]) for entry in entries)


def _derived(kind: Kind, row: Row, keys: KeyRing) -> Row:
    if kind.name == "courts":
        return {"name_folded": fold(row["name"])[:TEXT], "is_external_id_generated": False}
    if kind.name == "case_numbers":
        form = normalise(row["text"])
        return {"number_index": keys.index(places.CASE_NUMBER_INDEX, form.normal), "is_parsed": form.parsed}
    if kind.name == "victims":
        return {
            "person_key": person_key(keys, row["same_person"]),
            "pseudonym_index": name_index(keys, places.VICTIM_PSEUDONYM_INDEX, row["pseudonym"]),
        }
    if kind.name == "hearings":
        return {"panel_key": panel_key(keys, row["panel"])}
    return {}


def clear_rows(db: Session, kind: Kind, rows: list[Row], keys: KeyRing) -> list[Row]:
    """Return stored rows in clear: seals opened, references within the kind as external ids, linked lists as sets."""
    if kind.beside is not None:
        key = kind.beside_key
        beside = {row[key]: row for row in queries.rows_where(db, kind.beside, key, [row["id"] for row in rows])}
        nothing = dict.fromkeys(kind.beside.c.keys())
        rows = [row | beside.get(row["id"], nothing) for row in rows]
    linked = {name: _stored_links(db, links, rows) for name, links in kind.links.items()}
    known = {row["id"]: row["external_id"] for row in rows} if kind.own else {}
    missing = {row[column] for column in kind.own.values() for row in rows} - known.keys() - {None}
    known |= queries.external_ids(db, kind.table, missing) if missing else {}
    for row in rows:
        row.update((name, known.get(row[column])) for name, column in kind.own.items())
        row.update((name, opened(sealed, row, keys)) for name, sealed in kind.sealed.items())
        row.update((name, frozenset(found.get(row["id"], ()))) for name, found in linked.items())
    return rows


def opened(sealed: Sealed, row: Row, keys: KeyRing) -> str | date | None:
    """Return one sealed text or date of a stored row in clear."""
    blob = row[sealed.column]
    if blob is None:
        return None
    text = keys.open(sealed.where, row[sealed.row_key], blob)
    return date.fromisoformat(text) if sealed.is_date else text


def _stored_links(db: Session, links: Links, rows: Collection[Row]) -> dict[int, list[tuple[object, ...]]]:
    found: dict[int, list[tuple[object, ...]]] = {}
    for row in queries.rows_where(db, links.table, links.owner, [row["id"] for row in rows]):
        found.setdefault(row[links.owner], []).append(tuple(row[column] for column in links.columns))
    return found


def sealed_columns(kind: Kind, row: Row, keys: KeyRing) -> Row:
    """Return the sealed columns of a row in clear."""
    return {
        sealed.column: None if row[name] is None else keys.seal(sealed.where, row[sealed.row_key], str(row[name]))
        for name, sealed in kind.sealed.items()
    }


def fresh_ref() -> str:
    """Return a new opaque name."""
    return uuid.uuid4().hex
