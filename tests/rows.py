"""Rows for tests of queries and services: neutral defaults, one function an entity, no validation in between."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from tracker.storage.tables.accounts import Account
from tracker.storage.tables.courts import Court
from tracker.storage.tables.hearings import Hearing
from tracker.storage.tables.people import Person
from tracker.storage.tables.proceedings import Assignment, Proceeding, StageEvent
from tracker.storage.tables.victims import Victim

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
_numbers = count(1)


def add(db: Session, table: type[SQLModel], **values: Any) -> int:  # noqa: ANN401 - columns of any type
    """Insert one row as it is and return its id."""
    statement = sa.insert(table.metadata.tables[str(table.__tablename__)]).values(**values)
    key = db.connection().execute(statement).inserted_primary_key
    assert key is not None
    return int(key[0])


def court(db: Session, **values: Any) -> int:  # noqa: ANN401
    """Add a court in Belgrade."""
    number = next(_numbers)
    defaults = {"external_id": f"court-{number}", "name": f"Court {number}", "name_folded": f"court {number}", "level": "HIGHER"}
    return add(db, Court, **{"timezone": "Europe/Belgrade", "is_external_id_generated": False, **defaults, **values})


def proceeding(db: Session, court_id: int, **values: Any) -> int:  # noqa: ANN401
    """Add a proceeding without any milestone."""
    number = next(_numbers)
    defaults = {"external_id": f"proceeding-{number}", "ref": f"r{number}", "lead_offence": "THB_ADULT"}
    dates = {"created_at": LONG_AGO, "changed_at": LONG_AGO, "review_on": date(1970, 1, 1), "evaluated_on": date(1970, 1, 1)}
    return add(db, Proceeding, **{"court_id": court_id, **defaults, **dates, **values})


def stage(db: Session, proceeding_id: int, kind: str, on: str, precision: str = "DAY") -> int:
    """Add a milestone."""
    values = {"proceeding_id": proceeding_id, "kind": kind, "happened_on": date.fromisoformat(on), "precision": precision}
    return add(db, StageEvent, **{**values, "instance_round": 1})


def victim(db: Session, proceeding_id: int, **values: Any) -> int:  # noqa: ANN401
    """Add a victim."""
    defaults = {"external_id": f"victim-{next(_numbers)}", "consent_statistics": True}
    return add(db, Victim, **{"proceeding_id": proceeding_id, **defaults, **values})


def person(db: Session, **values: Any) -> int:  # noqa: ANN401
    """Add an advocate."""
    return add(db, Person, **{"external_id": f"person-{next(_numbers)}", "role": "ADVOCATE", "sms_detail": "TIME", **values})


def account(db: Session, person_id: int, **values: Any) -> int:  # noqa: ANN401
    """Add a sign-in that works."""
    number = next(_numbers)
    defaults = {"login": f"login-{number}", "password": "x", "active": True, "fs_uniquifier": f"u{number}", "created_at": LONG_AGO}
    return add(db, Account, **{"person_id": person_id, **defaults, **values})


def assignment(db: Session, proceeding_id: int, person_id: int, **values: Any) -> int:  # noqa: ANN401
    """Put a person on a proceeding, for good."""
    return add(db, Assignment, **{"proceeding_id": proceeding_id, "person_id": person_id, "assigned_as": "ADVOCATE", **values})


def hearing(db: Session, proceeding_id: int | None, starts_at: datetime, **values: Any) -> int:  # noqa: ANN401
    """Add an open hearing."""
    number = next(_numbers)
    identity = {"external_id": f"hearing-{number}", "calendar_uid": f"uid-{number}", "calendar_sequence": 0, "version": 1}
    state = {"type": "MAIN", "time_known": True, "changed_at": LONG_AGO}
    return add(db, Hearing, **{"proceeding_id": proceeding_id, "starts_at": starts_at.astimezone(UTC), **identity, **state, **values})
