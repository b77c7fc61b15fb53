"""Who people are, still sealed: the victims of one case, and people of the office."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.storage.queries.binding import param
from tracker.storage.queries.visibility import is_theirs_here, is_visible_here
from tracker.storage.tables.people import Person, PersonIdentity
from tracker.storage.tables.proceedings import Proceeding
from tracker.storage.tables.victims import Victim, VictimIdentity


class VictimRow(NamedTuple):
    """One victim of a case that the person may see; everything is sealed under her external id.

    ``is_theirs`` tells that the person works on the case, rather than having opened it to read.
    """

    id: int
    external_id: str
    proceeding: str
    pseudonym: bytes | None
    name: bytes | None
    phone: bytes | None
    address: bytes | None
    note: bytes | None
    is_theirs: bool


class PersonRow(NamedTuple):
    """The name of one person of the office, sealed under the external id."""

    id: int
    external_id: str
    name: bytes


_VICTIMS = (
    sa.select(
        col(Victim.id), col(Victim.external_id), col(Proceeding.external_id), col(VictimIdentity.pseudonym_sealed),
        col(VictimIdentity.name_sealed), col(VictimIdentity.phone_sealed), col(VictimIdentity.address_sealed),
        col(VictimIdentity.note_sealed), is_theirs_here(),
    )
    .join(Proceeding, col(Proceeding.id) == col(Victim.proceeding_id))
    .outerjoin(VictimIdentity, col(VictimIdentity.victim_id) == col(Victim.id))
    .where(col(Proceeding.ref) == param("ref", col(Proceeding.ref)), is_visible_here())
    .order_by(col(Victim.id))
)  # fmt: skip


def victims(db: Session, person_id: int, ref: str, *, today: date, now: datetime) -> list[VictimRow]:
    """Return the victims of the proceeding called ``ref`` if the person may read it on ``today`` and at ``now``."""
    asked = {"person": person_id, "today": today, "now": now, "ref": ref}
    return [VictimRow._make(row) for row in db.connection().execute(_VICTIMS, asked)]


def lock_victim(db: Session, victim_id: int) -> None:
    """Let nobody else write to a victim before the transaction ends."""
    db.connection().execute(sa.select(col(Victim.id)).where(col(Victim.id) == victim_id).with_for_update())


def write(db: Session, victim_id: int, values: Mapping[str, bytes | None]) -> None:
    """Keep sealed values of a victim, in place of the older ones."""
    connection = db.connection()
    changed = connection.execute(sa.update(VictimIdentity).where(col(VictimIdentity.victim_id) == victim_id).values(**values))
    if not changed.rowcount:
        connection.execute(sa.insert(VictimIdentity).values(victim_id=victim_id, **values))


def people(db: Session, person_ids: Collection[int]) -> list[PersonRow]:
    """Return the sealed names of these people."""
    query = (
        sa.select(col(Person.id), col(Person.external_id), col(PersonIdentity.name_sealed))
        .join(PersonIdentity, col(PersonIdentity.person_id) == col(Person.id))
        .where(col(Person.id).in_(person_ids))
    )
    return [PersonRow._make(row) for row in db.connection().execute(query)]
