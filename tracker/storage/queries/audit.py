"""The audit log: appended to at its head, walked from its start, asked about one case."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from tracker.storage.tables.audit import AuditAnchor, AuditEntry, AuditHead
from tracker.storage.tables.people import Person

BATCH = 5_000
HEAD = 1
Which = tuple[sa.ColumnElement[bool], ...]
"""Conditions on entries."""


class EntryRow(NamedTuple):
    """One entry as it is stored."""

    seq: int
    at: datetime
    person: str
    role: str
    program: str
    action: str
    case_id: str | None
    case_salt: bytes | None
    case_commitment: bytes | None
    subject_kind: str
    subject: str | None
    subject_salt: bytes | None
    subject_commitment: bytes | None
    reason_sealed: bytes | None
    reason_mark: bytes | None
    details: dict[str, Any]
    previous: bytes
    seal: bytes


class HeadRow(NamedTuple):
    """A number in the log and the seal of the entry that bears it."""

    seq: int
    seal: bytes


_COLUMNS = tuple(getattr(AuditEntry, name) for name in EntryRow._fields)


def take_numbers(db: Session, count: int, genesis: bytes) -> HeadRow:
    """Take the next ``count`` numbers, and return the head that they follow; other writers wait until this transaction ends."""
    connection = db.connection()
    taken = sa.update(AuditHead).where(col(AuditHead.id) == HEAD).values(seq=col(AuditHead.seq) + count)
    statement = taken.returning(col(AuditHead.seq), col(AuditHead.seal))
    found = connection.execute(statement).one_or_none()
    if found is None:
        insert = (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(AuditHead)
        connection.execute(insert.values(id=HEAD, seq=0, seal=genesis).on_conflict_do_nothing())
        found = connection.execute(statement).one()
    return HeadRow(found.seq - count, found.seal)


def append(db: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write entries whose numbers were taken, and move the head to the last of them."""
    connection = db.connection()
    connection.execute(sa.insert(AuditEntry), list(rows))
    connection.execute(sa.update(AuditHead).where(col(AuditHead.id) == HEAD).values(seal=rows[-1]["seal"]))


def head(db: Session) -> HeadRow | None:
    """Return the newest entry's number and seal, ``None`` before the first."""
    found = db.connection().execute(sa.select(col(AuditHead.seq), col(AuditHead.seal))).one_or_none()
    return None if found is None else HeadRow._make(found)


def entries(db: Session, batch: int = BATCH) -> Iterator[EntryRow]:
    """Yield every entry in order of its number."""
    after = 0
    query = sa.select(*_COLUMNS).where(col(AuditEntry.seq) > sa.bindparam("after")).order_by(col(AuditEntry.seq)).limit(batch)
    while found := db.connection().execute(query, {"after": after}).all():
        yield from (EntryRow._make(row) for row in found)
        after = found[-1].seq


def of_case(db: Session, case_id: str, *, before: int | None, limit: int) -> list[EntryRow]:
    """Return the entries about one case, newest first."""
    query = sa.select(*_COLUMNS).where(col(AuditEntry.case_id) == case_id)
    if before is not None:
        query = query.where(col(AuditEntry.seq) < before)
    return [EntryRow._make(row) for row in db.connection().execute(query.order_by(col(AuditEntry.seq).desc()).limit(limit))]


def by_action(
    db: Session, actions: Sequence[str], *, since: datetime, person: str | None = None, case: str | None = None
) -> list[EntryRow]:
    """Return the entries of some actions since an instant, oldest first; with ``person`` only theirs, with ``case`` only about it."""
    query = sa.select(*_COLUMNS).where(col(AuditEntry.action).in_(actions), col(AuditEntry.at) >= since)
    if person is not None:
        query = query.where(col(AuditEntry.person) == person)
    if case is not None:
        query = query.where(col(AuditEntry.case_id) == case)
    return [EntryRow._make(row) for row in db.connection().execute(query.order_by(col(AuditEntry.seq)))]


def forget_subject(db: Session, kind: str, subject: str) -> tuple[int, int]:
    """Empty the clear text of a subject wherever the log names it; return how many texts went, and how many reasons."""
    return _forget(db, (col(AuditEntry.subject_kind) == kind, col(AuditEntry.subject) == subject), ("subject",))


def forget_case(db: Session, case_id: str) -> tuple[int, int]:
    """Empty the clear text of a case and of every subject in it; return how many texts went, and how many reasons."""
    return _forget(db, (col(AuditEntry.case_id) == case_id,), ("case_id", "subject"))


def _forget(db: Session, which: tuple[sa.ColumnElement[bool], ...], names: tuple[str, ...]) -> tuple[int, int]:
    columns = [*(getattr(AuditEntry, name) for name in names), AuditEntry.reason_sealed]
    counted = sa.select(*(sa.func.count(column) for column in columns)).where(*which)
    *texts, reasons = db.connection().execute(counted).one()
    emptied: dict[str, None] = {"reason_sealed": None}
    for name in names:
        emptied |= {name: None, f"{name.removesuffix('_id')}_salt": None}
    db.connection().execute(sa.update(AuditEntry).where(*which).values(**emptied))
    return sum(texts), reasons


def reasons(db: Session, *which: sa.ColumnElement[bool]) -> int:
    """Return how many of these entries hold a reason."""
    return int(db.connection().execute(sa.select(sa.func.count(col(AuditEntry.reason_sealed))).where(*which)).scalar_one())


def forget_reasons(db: Session, *which: sa.ColumnElement[bool]) -> int:
    """Empty the reasons of these entries, and return how many went; everything else of them stays."""
    there = (*which, col(AuditEntry.reason_sealed).is_not(None))
    return db.connection().execute(sa.update(AuditEntry).where(*there).values(reason_sealed=None)).rowcount


def person_id(db: Session, key: int) -> str:
    """Return the external id of a person, empty where there is none."""
    return db.connection().scalar(sa.select(col(Person.external_id)).where(col(Person.id) == key)) or ""


def anchors(db: Session) -> list[AuditAnchor]:
    """Return every noted head, in order."""
    found = db.connection().execute(
        sa.select(col(AuditAnchor.id), col(AuditAnchor.noted_at), col(AuditAnchor.seq), col(AuditAnchor.seal)).order_by(
            col(AuditAnchor.seq)
        )
    )
    return [AuditAnchor.model_validate(dict(row)) for row in found.mappings()]
