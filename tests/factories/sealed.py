"""A value in every sealed column of the database, whatever columns there are: what the vault's tests turn over."""

from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from tests import rows
from tracker.privacy.keys import KeyRing
from tracker.services import audit
from tracker.services.context import Context
from tracker.storage.queries import sealed_values
from tracker.storage.sealed_columns import SealedColumn, sealed_columns
from tracker.storage.tables.flags import Flag
from tracker.storage.tables.opened_cases import OpenedCase
from tracker.storage.tables.outbox import Message
from tracker.storage.tables.passkeys import Passkey
from tracker.storage.tables.people import PersonIdentity
from tracker.storage.tables.proceedings import CaseNumber
from tracker.storage.tables.retention import LegalHold
from tracker.storage.tables.revisions import Revision
from tracker.storage.tables.victims import VictimIdentity

OLD, NEW = bytes(range(32)), bytes(range(32, 64))
INDEX = bytes(32)


def ring(current: int, *ids: int) -> KeyRing:
    """Return a ring with keys 1 and 2, or with those named."""
    known = {1: OLD, 2: NEW}
    return KeyRing(current=current, ring={number: known[number] for number in ids or known}, index=INDEX)


def under(ctx: Context, keys: KeyRing) -> Context:
    """Return the same system with other keys."""
    return replace(ctx, keys=keys)


def fill(ctx: Context, copies: int = 2) -> int:
    """Put ``copies`` rows with a value into every sealed column, and return how many values that makes."""
    with ctx.database.writing() as db:
        court = rows.court(db)
        for number in range(copies):
            _row_each(db, ctx, court, number)
    with ctx.database.writing() as db:
        return sum(_seal(db, ctx, column) for column in sealed_columns())


def _row_each(db: Session, ctx: Context, court: int, number: int) -> None:
    person = rows.person(db)
    case = rows.proceeding(db, court)
    account = rows.account(db, person, login=f"login{number}", is_demo=False)
    passkey: dict[str, Any] = {
        "ref": f"k{number}",
        "credential_id": bytes([number]),
        "public_key": b"",
        "name_sealed": b"",
        "sign_count": 0,
    }
    rows.add(db, Passkey, account_id=account, created_at=rows.LONG_AGO, **passkey)
    opened = {"ref": f"o{number}", "opened_at": rows.LONG_AGO, "expires_at": rows.LONG_AGO, "reason_sealed": b""}
    rows.add(db, OpenedCase, person_id=person, proceeding_id=case, **opened)
    rows.add(db, Revision, ref=f"v{number}", proceeding_id=case, kind="hearings", entry="h", written_at=rows.LONG_AGO)
    rows.add(db, LegalHold, proceeding_id=case, placed_at=rows.LONG_AGO, reason_sealed=b"")
    rows.add(db, PersonIdentity, person_id=person, name_sealed=b"")
    rows.add(db, VictimIdentity, victim_id=rows.victim(db, case))
    rows.hearing(db, case, rows.LONG_AGO)
    rows.add(db, CaseNumber, ref=f"n{number}", court_id=court, proceeding_id=case, text_sealed=b"", number_index=b"", is_parsed=True)
    on = {"opened_on": rows.LONG_AGO.date(), "since": rows.LONG_AGO.date(), "last_changed_on": rows.LONG_AGO.date()}
    what: dict[str, Any] = {"rule": "r", "rule_version": 1, "kind": "event", "subject_kind": "proceeding", "severity": 1, "facts": {}}
    rows.add(db, Flag, ref=f"f{number}", proceeding_id=case, subject=f"s{number}", fact="", **on, **what)
    made = {"created_at": rows.LONG_AGO, "due_at": rows.LONG_AGO, "state": "sent", "attempts": 1, "requeued": False, "subject_version": 1}
    about = {
        "kind": "hearing-ahead",
        "channel": "console",
        "subject_kind": "hearing",
        "subject": "h",
        "lead": "",
        "severity": 1,
        "code": "C",
    }
    key = {"ref": f"m{number}", "dedupe_key": f"m{number}", "token_hash": bytes([number]), "needs_ack": False, "body_sealed": b""}
    rows.add(db, Message, person_id=person, **made, **about, **key)
    audit.note(db, ctx, "case.read", case="c", reason="x")


def _seal(db: Session, ctx: Context, column: SealedColumn) -> int:
    """Seal a text of its own into each row of a column."""
    statement = sa.select(column.id_column, column.key_column).select_from(column.source).order_by(column.id_column)
    found = db.connection().execute(statement).all()
    for row_id, row in found:
        blob = ctx.keys.seal(column.place, str(row), text_of(column, row_id))
        put(db, column, row_id, blob)
    return len(found)


def text_of(column: SealedColumn, row_id: int) -> str:
    """Return what `fill` seals there."""
    return f"CANARY {column.place} {row_id}"


def put(db: Session, column: SealedColumn, row_id: int, blob: bytes) -> None:
    """Write bytes into one row of a sealed column, as somebody with the database would."""
    db.connection().execute(sa.update(column.table).where(column.id_column == row_id).values({column.column: blob}))


def stored(ctx: Context) -> dict[tuple[str, int], sealed_values.SealedValue]:
    """Return every sealed value, by its place and row."""
    with ctx.database.reading() as db:
        return {
            (column.place, value.id): value for column in sealed_columns() for value in sealed_values.batch(db, column, None, -1, 100_000)
        }
