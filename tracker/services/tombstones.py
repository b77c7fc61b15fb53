"""Know again what was erased: an old document must not bring it back."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session

from tracker.formats.caseload.problems import Place, Problems
from tracker.privacy.keys import KeyRing
from tracker.privacy.places import TOMBSTONE
from tracker.storage.queries import consents, tombstones

KINDS = {"victims": "victim", "people": "person", "proceedings": "proceeding"}
"""Lists of a caseload document whose entries can be erased, and what one of each is called."""


def index_of(keys: KeyRing, kind: str, external_id: str) -> bytes:
    """Return the blind index under which an erased victim, person or proceeding is known again."""
    return keys.index(TOMBSTONE, f"{kind} {external_id}")


def refuse_erased(db: Session, keys: KeyRing, name: str, entries: Sequence[tuple[Mapping[str, Any], Place]], problems: Problems) -> None:
    """Add a problem for each entry of the list ``name`` that was erased, or reduced for the figures; its id is not repeated."""
    if name not in KINDS or not tombstones.is_any(db):
        return
    indexes = [index_of(keys, KINDS[name], entry["id"]) for entry, _ in entries]
    erased = tombstones.known(db, indexes)
    for (_, place), index in zip(entries, indexes, strict=True):
        if index in erased:
            problems.add((place, "id"), "was erased from the record: take this entry, and what refers to it, out of the document")


def keep_withdrawals(db: Session, wanted: Sequence[dict[str, Any]], stored: Sequence[Mapping[str, Any] | None]) -> None:
    """Let a document that knows nothing of a withdrawal not lift it: only a consent given later does."""
    declined = consents.declined(db) if any(stored) else {}
    for row, old in zip(wanted, stored, strict=True):
        if old is None:
            continue
        given, withdrawn = row["consent_given_on"], old["consent_withdrawn_on"]
        if withdrawn is not None and row["consent_withdrawn_on"] is None and (given is None or given <= withdrawn):
            row |= {"consent_withdrawn_on": withdrawn, "consent_statistics": False}
        elif old["id"] in declined and (given is None or given <= declined[old["id"]]):
            row["consent_statistics"] = False
