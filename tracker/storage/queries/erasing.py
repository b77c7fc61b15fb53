"""Everything that hangs on a victim, a person of the office or a case: found, counted, taken away.

What refers to a victim or person by a foreign key is found in the schema itself, so that a new table cannot be forgotten.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.domain.messages import MessageState
from tracker.storage.tables.catalogue import METADATA
from tracker.storage.tables.compensation import Claim, Remedy
from tracker.storage.tables.flags import Flag
from tracker.storage.tables.hearings import Hearing
from tracker.storage.tables.outbox import Message
from tracker.storage.tables.proceedings import Assignment, Proceeding
from tracker.storage.tables.protection import Incident, Measure
from tracker.storage.tables.retention import ErasedVictims
from tracker.storage.tables.revisions import Revision
from tracker.storage.tables.victims import Victim

CASCADE = "CASCADE"
CHUNK = 500
GONE = "gone~"
LEFT_THE_QUEUE = (MessageState.SENDING, MessageState.UNKNOWN)
_VICTIM, _PERSON = METADATA.tables["victim"], METADATA.tables["person"]


class FlagText(NamedTuple):
    """What of a flag may name somebody."""

    id: int
    ref: str
    subject: str
    fact: str
    victim: str | None
    facts: Any


class Sent(NamedTuple):
    """One message, as far as blanking it is concerned."""

    id: int
    ref: str


def lock_cases(db: Session, proceeding_ids: Collection[int]) -> None:
    """Keep sweeps and imports away from these proceedings until the end of the transaction."""
    query = sa.select(col(Proceeding.id)).where(col(Proceeding.id).in_(proceeding_ids)).order_by(col(Proceeding.id)).with_for_update()
    db.connection().execute(query).all()


def hanging_on(db: Session, victim_ids: Collection[int]) -> dict[str, int]:
    """Return for each table how many rows belong to these victims; tables without any are left out."""
    found: dict[str, int] = {}
    for column in _referring(_VICTIM):
        number = db.connection().execute(sa.select(sa.func.count()).where(column.in_(victim_ids))).scalar_one()
        if number:
            found[column.table.name] = found.get(column.table.name, 0) + number
    return found


def delete_revisions(db: Session, proceeding_ids: Collection[int]) -> int:
    """Delete what entries of these proceedings said before: it may name somebody who is in them no longer; returns how many."""
    return int(db.connection().execute(sa.delete(Revision).where(col(Revision.proceeding_id).in_(proceeding_ids))).rowcount)


def names_of(db: Session, victim_ids: Collection[int]) -> set[str]:
    """Return the external ids of these victims and of whatever is theirs alone."""
    names = set(db.connection().execute(sa.select(col(Victim.external_id)).where(col(Victim.id).in_(victim_ids))).scalars())
    for table in (Measure, Claim, Remedy, Incident):
        names.update(db.connection().execute(sa.select(col(table.external_id)).where(col(table.victim_id).in_(victim_ids))).scalars())
    return names


def flags_of(db: Session, proceeding_ids: Collection[int]) -> list[FlagText]:
    """Return what may name somebody in every flag, open or closed, of these proceedings."""
    query = sa.select(col(Flag.id), col(Flag.ref), col(Flag.subject), col(Flag.fact), col(Flag.victim), col(Flag.facts)).order_by(
        col(Flag.id)
    )
    return [FlagText(*row) for row in db.connection().execute(query.where(col(Flag.proceeding_id).in_(proceeding_ids)))]


def rewrite_facts(db: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write ``facts`` over those of the flags that ``key`` names."""
    if rows:
        statement = sa.update(Flag).where(col(Flag.id) == sa.bindparam("key")).values(facts=sa.bindparam("facts"))
        db.connection().execute(statement, rows)


def delete_flags(db: Session, flag_ids: Sequence[int]) -> None:
    """Take flags away."""
    for part in _chunks(flag_ids):
        db.connection().execute(sa.delete(Flag).where(col(Flag.id).in_(part)))


def blank_close_notes(db: Session, proceeding_ids: Collection[int]) -> int:
    """Empty what people wrote when they closed flags of these proceedings: it may name anybody of the case; returns how many."""
    noted = (col(Flag.proceeding_id).in_(proceeding_ids), col(Flag.close_note_sealed).is_not(None))
    return int(db.connection().execute(sa.update(Flag).where(*noted).values(close_note_sealed=None)).rowcount)


def messages(db: Session, *conditions: sa.ColumnElement[bool]) -> list[Sent]:
    """Return the messages that ``conditions`` name and that still say something."""
    query = sa.select(col(Message.id), col(Message.ref)).where(*conditions, col(Message.subject) != "").order_by(col(Message.id))
    return [Sent(key, ref) for key, ref in db.connection().execute(query) if key is not None]


def about_flags(db: Session, flag_ids: Sequence[int]) -> list[Sent]:
    """Return the messages that told of these flags."""
    return [each for part in _chunks(flag_ids) for each in messages(db, col(Message.flag_id).in_(part))]


def about_case(db: Session, proceeding_id: int) -> list[Sent]:
    """Return the messages about one proceeding, its hearings and its flags."""
    hearings = sa.select(col(Hearing.id)).where(col(Hearing.proceeding_id) == proceeding_id)
    flags = sa.select(col(Flag.id)).where(col(Flag.proceeding_id) == proceeding_id)
    here = (col(Message.proceeding_id) == proceeding_id, col(Message.hearing_id).in_(hearings), col(Message.flag_id).in_(flags))
    return messages(db, sa.or_(*here))


def to_person(db: Session, person_id: int) -> list[Sent]:
    """Return the messages to one person."""
    return messages(db, col(Message.person_id) == person_id)


def blank(db: Session, found: Sequence[Sent], bodies: Mapping[int, bytes], now: datetime) -> None:
    """Take out of messages what they say and what they are about: recipient, state and times stay.

    Waiting ones are cancelled; one that may be on its way is not sent again. ``bodies`` are empty texts, each sealed for its row.
    """
    for part in _chunks([each.id for each in found]):
        here = col(Message.id).in_(part)
        cancelled = {"state": MessageState.CANCELLED, "settled_at": now}
        db.connection().execute(sa.update(Message).where(here, col(Message.state) == MessageState.QUEUED).values(cancelled))
        db.connection().execute(sa.update(Message).where(here, col(Message.state).in_(LEFT_THE_QUEUE)).values(expires_at=now))
    empty: dict[str, Any] = {
        "subject": "", "lead": "", "code": "", "provider_sid": None, "hearing_id": None, "flag_id": None, "proceeding_id": None,
        "dedupe_key": sa.bindparam("own_key"), "body_sealed": sa.bindparam("body"),
    }  # fmt: skip
    rows = [{"key": each.id, "own_key": f"{GONE}{each.ref}", "body": bodies[each.id]} for each in found]
    if rows:
        db.connection().execute(sa.update(Message).where(col(Message.id) == sa.bindparam("key")).values(empty), rows)


def delete_victims(db: Session, victims: Mapping[int, int]) -> None:
    """Take victims (keys, with their proceeding's) away with everything that hangs on them, and count them as erased."""
    db.connection().execute(sa.delete(Victim).where(col(Victim.id).in_(victims)))
    for proceeding in sorted(set(victims.values())):
        number = sum(owner == proceeding for owner in victims.values())
        more = sa.update(ErasedVictims).where(col(ErasedVictims.proceeding_id) == proceeding)
        if not db.connection().execute(more.values(victims=col(ErasedVictims.victims) + number)).rowcount:
            db.connection().execute(sa.insert(ErasedVictims), {"proceeding_id": proceeding, "victims": number})


def delete_case(db: Session, proceeding_id: int) -> None:
    """Take a proceeding away with everything that hangs on it."""
    own = sa.select(col(Hearing.id)).where(col(Hearing.proceeding_id) == proceeding_id)
    db.connection().execute(sa.update(Hearing).where(col(Hearing.superseded_by_id).in_(own)).values(superseded_by_id=None))
    db.connection().execute(sa.delete(Proceeding).where(col(Proceeding.id) == proceeding_id))


def own_things(db: Session, person_id: int) -> Iterator[tuple[sa.Column[Any], int]]:
    """Yield the columns by which rows belong to a person of the office alone, each with how many rows do."""
    for column in _referring(_PERSON):
        if any(key.ondelete == CASCADE for key in column.foreign_keys):
            yield column, db.connection().execute(sa.select(sa.func.count()).where(column == person_id)).scalar_one()


def delete_own(db: Session, column: sa.Column[Any], person_id: int) -> None:
    """Take away what belongs to a person by ``column``."""
    db.connection().execute(column.table.delete().where(column == person_id))


def make_opaque(db: Session, person_id: int, values: Mapping[str, Any], last_day: date) -> int:
    """Write ``values`` over a person, let nobody refer to the person as a colleague, end assignments; return how many these were."""
    for column in _referring(_PERSON):
        if column.table is _PERSON:
            db.connection().execute(_PERSON.update().where(column == person_id).values({column.name: None}))
    db.connection().execute(_PERSON.update().where(_PERSON.c.id == person_id).values(dict(values)))
    running = (col(Assignment.person_id) == person_id, sa.or_(col(Assignment.to_on).is_(None), col(Assignment.to_on) > last_day))
    unborn = sa.delete(Assignment).where(*running, col(Assignment.from_on) > last_day)
    gone = db.connection().execute(unborn).rowcount
    return gone + db.connection().execute(sa.update(Assignment).where(*running).values(to_on=last_day)).rowcount


def _referring(target: sa.Table) -> Iterator[sa.Column[Any]]:
    """Yield every column of the schema that refers to ``target``, in order of table and column."""
    for table in sorted(METADATA.tables.values(), key=lambda each: each.name):
        yield from (column for column in table.columns if any(key.column.table is target for key in column.foreign_keys))


def _chunks(values: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]
