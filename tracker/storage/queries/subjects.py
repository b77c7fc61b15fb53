"""What the record holds about one person beside the case itself: flags, and for people of the office their work."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col

from tracker.storage.tables.accounts import Account
from tracker.storage.tables.debriefs import Debrief
from tracker.storage.tables.feeds import FeedToken
from tracker.storage.tables.flags import Flag
from tracker.storage.tables.opened_cases import OpenedCase
from tracker.storage.tables.outbox import Message
from tracker.storage.tables.passkeys import Passkey
from tracker.storage.tables.people import Person, PersonIdentity
from tracker.storage.tables.proceedings import Assignment
from tracker.storage.tables.sign_in_links import SignInLink
from tracker.storage.tables.victims import VictimIdentity

Row = Mapping[str, Any]
_FLAG = ("rule", "severity", "since", "opened_on", "closed_on", "close_reason", "facts")
_LINK = ("purpose", "created_at", "expires_at", "closed_at")
_MESSAGE = ("kind", "channel", "state", "created_at", "sent_at", "acknowledged_at", "ref", "body_sealed")


def flags_about(db: Session, victims: Collection[str]) -> list[Row]:
    """Return the flags, open and closed, of these victims."""
    return _rows(db, Flag, _FLAG, col(Flag.victim).in_(victims))


def identity_of(db: Session, victim_id: int) -> dict[str, bytes]:
    """Return what is kept of who a victim is, sealed, by the name of the field."""
    found = _rows(
        db, VictimIdentity, ("name_sealed", "phone_sealed", "address_sealed", "note_sealed"), col(VictimIdentity.victim_id) == victim_id
    )
    return {name.removesuffix("_sealed"): blob for row in found for name, blob in row.items() if blob is not None}


def person(db: Session, person_id: int) -> Row:
    """Return a person of the office with the sealed identity."""
    names = ("external_id", "role", "language", "sms_detail", "quiet_from", "quiet_to")
    (row,) = _rows(db, Person, names, col(Person.id) == person_id)
    (sealed,) = _rows(db, PersonIdentity, ("name_sealed", "phone_sealed", "email_sealed"), col(PersonIdentity.person_id) == person_id)
    return {**row, **sealed}


def work_of(db: Session, person_id: int) -> dict[str, list[Row]]:
    """Return a person's sign-in, links, calendar addresses and messages, and the openings and assignments without their cases."""
    return {
        "sign_ins": _rows(db, Account, ("login", "active", "language", "created_at", "last_seen_at"), col(Account.person_id) == person_id),
        "calendar_addresses": _rows(
            db, FeedToken, ("created_at", "revoked_at", "last_fetched_at"), col(FeedToken.person_id) == person_id
        ),
        "one_use_links": _rows(db, SignInLink, _LINK, col(SignInLink.person_id) == person_id),
        "opened_cases": _rows(db, OpenedCase, ("opened_at", "expires_at", "given_back_at"), col(OpenedCase.person_id) == person_id),
        "passkeys": _rows(db, Passkey, ("created_at", "last_used_at"), col(Passkey.account_id).in_(_sign_ins(person_id))),
        "hearings_written_down": _rows(db, Debrief, ("saved_at", "finished_at"), col(Debrief.person_id) == person_id),
        "assignments": _rows(db, Assignment, ("assigned_as", "from_on", "to_on"), col(Assignment.person_id) == person_id),
        "messages": _rows(db, Message, _MESSAGE, col(Message.person_id) == person_id),
    }  # fmt: skip


def _sign_ins(person_id: int) -> sa.Select[Any]:
    return sa.select(col(Account.id)).where(col(Account.person_id) == person_id)


def _rows(db: Session, table: type[SQLModel], names: Sequence[str], condition: sa.ColumnElement[bool]) -> list[Row]:
    columns = SQLModel.metadata.tables[str(table.__tablename__)].c
    query = sa.select(*(columns[name] for name in names)).where(condition).order_by(*columns[names[0]].table.primary_key.columns)
    return [dict(row) for row in db.connection().execute(query).mappings()]
