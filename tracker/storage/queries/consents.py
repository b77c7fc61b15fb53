"""Consents of victims' entries, by keys: no name, no pseudonym, no case number is read here."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.domain.consent import Consent, ConsentScope
from tracker.storage.tables.consents import ConsentEntry
from tracker.storage.tables.proceedings import Proceeding
from tracker.storage.tables.retention import LegalHold
from tracker.storage.tables.victims import Victim


class Entry(NamedTuple):
    """One victim's entry, as far as consent is concerned."""

    id: int
    external_id: str
    proceeding_id: int
    proceeding: str
    consent: Consent
    is_held: bool


class Act(NamedTuple):
    """One line of the history of a consent."""

    scope: ConsentScope
    given_on: date | None
    expires_on: date | None
    withdrawn_on: date | None
    recorded_at: Any


_ENTRIES = (
    sa.select(
        col(Victim.id), col(Victim.external_id), col(Victim.proceeding_id), col(Proceeding.external_id), col(Victim.consent_given_on),
        col(Victim.consent_expires_on), col(Victim.consent_withdrawn_on), col(Victim.consent_statistics),
        col(LegalHold.proceeding_id).is_not(None),
    )
    .join(Proceeding, col(Proceeding.id) == col(Victim.proceeding_id))
    .outerjoin(LegalHold, col(LegalHold.proceeding_id) == col(Victim.proceeding_id))
    .order_by(col(Victim.id))
)  # fmt: skip


def entries(db: Session, *conditions: sa.ColumnElement[bool]) -> list[Entry]:
    """Return the entries that ``conditions`` name, all without any."""
    rows = db.connection().execute(_ENTRIES.where(*conditions))
    return [
        Entry(key or 0, name, case, ref, Consent(given, expires, withdrawn, bool(counted)), bool(held))
        for key, name, case, ref, given, expires, withdrawn, counted, held in rows
    ]


def of_same_person(db: Session, external_id: str) -> list[Entry]:
    """Return the entry of that id and every other entry of the same person; none where there is no such entry."""
    person = sa.select(col(Victim.person_key)).where(col(Victim.external_id) == external_id).scalar_subquery()
    return entries(db, sa.or_(col(Victim.external_id) == external_id, col(Victim.person_key) == person))


def withdrawn_until(db: Session, last: date) -> list[Entry]:
    """Return the entries whose consent was withdrawn on ``last`` or before."""
    return entries(db, col(Victim.consent_withdrawn_on) <= last)


def change(db: Session, victim_ids: Collection[int], values: Mapping[str, Any]) -> None:
    """Write consent columns of these entries."""
    db.connection().execute(sa.update(Victim).where(col(Victim.id).in_(victim_ids)).values(values))


def note(db: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add lines to the history."""
    db.connection().execute(sa.insert(ConsentEntry), rows)


def history(db: Session, victim_id: int) -> list[Act]:
    """Return what was entered about the consent of one entry, newest first; not by whom."""
    query = (
        sa.select(
            col(ConsentEntry.scope), col(ConsentEntry.given_on), col(ConsentEntry.expires_on), col(ConsentEntry.withdrawn_on),
            col(ConsentEntry.recorded_at),
        )
        .where(col(ConsentEntry.victim_id) == victim_id)
        .order_by(col(ConsentEntry.id).desc())
    )  # fmt: skip
    return [Act(*row) for row in db.connection().execute(query)]


def declined(db: Session) -> dict[int, date]:
    """Return the entries whose last word here about figures was no, each with its day."""
    last = sa.select(sa.func.max(col(ConsentEntry.id))).where(col(ConsentEntry.scope) == ConsentScope.STATISTICS)
    query = sa.select(col(ConsentEntry.victim_id), col(ConsentEntry.withdrawn_on)).where(
        col(ConsentEntry.id).in_(last.group_by(col(ConsentEntry.victim_id))), col(ConsentEntry.withdrawn_on).is_not(None)
    )
    return {victim: on for victim, on in db.connection().execute(query) if on is not None}
